"""How much each reason for a visit says: the authority's own setting, versioned, with who, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.planning import ReasonWeighting
from ...models.planning_words import VisitReason, Weight
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed
from ..rules.access import Actor, Permission, may
from ..rules.visit_reasons import FROM_THE_START, MOST_MONTHS, Weighed, Weighting
from .record_event import record_event

SHORTEST_WHY = 20
LONGEST_WHY = 2000


@dataclass(frozen=True, slots=True)
class Weighted:
    """A version of the setting; number 0, from nobody, is what holds from the start."""

    number: int
    weighting: Weighting
    why: str = ""
    at: datetime | None = None
    by: str = ""


def weighting_in_force(db: Session) -> Weighted:
    """The setting that holds now."""
    return list_weightings(db)[0]


def list_weightings(db: Session) -> Sequence[Weighted]:
    """Every version, the one in force first; the last is what held from the start."""
    rows = db.execute(
        select(ReasonWeighting, User.name)
        .join(User, User.id == ReasonWeighting.by_id)
        .order_by(ReasonWeighting.number.desc())
    )
    made = [Weighted(row.number, _read(row), row.why, row.at, name) for row, name in rows]
    return [*made, Weighted(0, FROM_THE_START)]


def _read(row: ReasonWeighting) -> Weighting:
    """A reason that came to the product after the version was set has what it has from the start."""
    return {
        reason: Weighed(Weight(row.weights[reason.value]["weight"]), int(row.weights[reason.value]["months"]))
        if reason.value in row.weights
        else FROM_THE_START[reason]
        for reason in VisitReason
    }


def weigh_reasons(
    db: Session, *, actor: Actor, weighting: Weighting, why: str, made_from: int, now: datetime
) -> ReasonWeighting:
    """A new version of the setting, made from version `made_from`.

    Raises NotAllowed, Invalid, or Conflict when somebody else set another in the meantime.
    """
    if not may(actor, Permission.WEIGH_REASONS):
        raise NotAllowed(N_("How much a reason says is decided by supervisors."))
    held = weighting_in_force(db)
    if held.number != made_from:
        raise Conflict(
            N_("%(name)s changed the weights while you were writing. Compare below, and save again."),
            {"name": held.by},
            version=held.number,
            by=held.by,
        )
    for reason, weighed in weighting.items():
        if not 1 <= weighed.months <= MOST_MONTHS:
            raise Invalid(
                N_("Write a number of months from 1 to %(most)s."),
                {"field": f"{reason.value}-months", "most": MOST_MONTHS},
            )
    if set(weighting) != set(VisitReason):
        raise Invalid(N_("Every reason needs a weight."), {"field": "why"})
    if dict(weighting) == dict(held.weighting):
        raise Invalid(N_("Nothing has been changed."), {"field": "why"})
    why = why.strip()
    if not SHORTEST_WHY <= len(why) <= LONGEST_WHY:
        raise Invalid(
            N_("Write why, in %(least)s to %(most)s characters: it is shown to everybody who plans."),
            {"field": "why", "least": SHORTEST_WHY, "most": LONGEST_WHY},
        )
    row = ReasonWeighting(
        number=held.number + 1,
        weights={
            reason.value: {"weight": weighed.weight.value, "months": weighed.months}
            for reason, weighed in weighting.items()
        },
        why=why,
        at=now,
        by_id=actor.user_id,
    )
    db.add(row)
    db.flush()
    record_event(db, EventKind.REASONS_WEIGHED, actor=actor, now=now, number=row.number)
    return row

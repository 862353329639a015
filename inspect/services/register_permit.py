"""Permits with their days: what a home may do, for whom and how many (SoL 2025:400, 26 kap. 1–2 §§).

They are public decisions. A changed permit is a new one; the one before it gets its last day.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.planning_words import PermitKind, RegisterPart
from ...models.register import Home, Permit
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Actor
from .record_event import record_event
from .register_history import change_and_keep, keep_registered
from .register_home import MOST_PLACES
from .register_municipality import check_may_change

OLDEST = 120


@dataclass(frozen=True, slots=True)
class PermitValues:
    kind: PermitKind
    from_on: date
    places: int
    number: str = ""
    to_on: date | None = None
    target_group: str = ""
    youngest: int | None = None
    oldest: int | None = None
    terms: str = ""


def save_permit(
    db: Session, *, actor: Actor, home: Home, permit: Permit | None, values: PermitValues, now: datetime
) -> Permit:
    """Register a permit of a home, or correct one. One without a last day ends the day before a later one.

    Raises NotAllowed, Invalid, or Conflict when its days run into another's.
    """
    check_may_change(actor)
    check_permit(values)
    others = list(db.scalars(select(Permit).where(Permit.home_id == home.id).order_by(Permit.from_on)))
    others = [one for one in others if permit is None or one.id != permit.id]
    if permit is None:
        _end_the_one_before(db, others, values.from_on, actor=actor, now=now)
    _refuse_overlap(others, values)
    if permit is None:
        permit = Permit(home_id=home.id, registered_at=now, by_id=actor.user_id, **asdict(values))
        db.add(permit)
        db.flush()
        keep_registered(db, RegisterPart.PERMIT, permit.id, actor=actor, now=now)
        kind = EventKind.PERMIT_REGISTERED
    else:
        change_and_keep(db, RegisterPart.PERMIT, permit, asdict(values), actor=actor, now=now)
        kind = EventKind.PERMIT_CHANGED
    record_event(db, kind, actor=actor, now=now, home=home.id, permit=permit.id)
    return permit


def check_permit(values: PermitValues) -> None:
    """Raises Invalid at the field that is wrong."""
    if not 1 <= values.places <= MOST_PLACES:
        raise Invalid(
            N_("Write how many places the home has: a number from 1 to %(most)s."),
            {"field": "places", "most": MOST_PLACES},
        )
    if values.to_on is not None and values.to_on < values.from_on:
        raise Invalid(N_("The last day comes before the first."), {"field": "to_on"})
    for field in ("youngest", "oldest"):
        age = getattr(values, field)
        if age is not None and not 0 <= age <= OLDEST:
            raise Invalid(N_("Write the age as a number of years, 0 to 120."), {"field": field})
    if values.youngest is not None and values.oldest is not None and values.oldest < values.youngest:
        raise Invalid(N_("The oldest is younger than the youngest."), {"field": "oldest"})


def _end_the_one_before(
    db: Session, others: list[Permit], from_on: date, *, actor: Actor, now: datetime
) -> None:
    """The one that holds without a last day gives way to a later one."""
    held = [one for one in others if one.to_on is None and one.from_on < from_on]
    for one in held:
        ends = {"to_on": from_on - timedelta(days=1)}
        change_and_keep(db, RegisterPart.PERMIT, one, ends, actor=actor, now=now)


def _refuse_overlap(others: Iterable[Permit], values: PermitValues) -> None:
    for one in others:
        begins_before_it_ends = one.to_on is None or values.from_on <= one.to_on
        ends_after_it_begins = values.to_on is None or values.to_on >= one.from_on
        if begins_before_it_ends and ends_after_it_begins:
            raise Conflict(
                N_("Another permit holds on some of these days, from %(day)s. Change its last day first."),
                {"field": "from_on", "day": one.from_on},
            )


def find_permit(db: Session, permit_id: UUID) -> Permit:
    """Raises NotFound."""
    permit = db.get(Permit, permit_id)
    if permit is None:
        raise NotFound(N_("There is no such permit in the register."))
    return permit


def permit_in_force(home: Home, on: date) -> Permit | None:
    """The permit that holds on a day; None when there is none."""
    return next(
        (one for one in home.permits if one.from_on <= on and (one.to_on is None or one.to_on >= on)), None
    )

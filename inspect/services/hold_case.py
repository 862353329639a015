"""Legal hold: a case is kept whatever a rule says, until another person lifts the hold."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.retention import HoldKind, LegalHold
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .find_disposed import disposed_of
from .find_inspection import is_no_secret
from .record_event import record_event

SHORTEST, LONGEST = 10, 2_000


def place_hold(
    db: Session,
    *,
    actor: Actor,
    dnr: str,
    reason: str,
    kind: HoldKind = HoldKind.OTHER,
    now: datetime,
) -> LegalHold:
    """Hold the case. Raises NotAllowed, Invalid naming the field.

    A visit that nobody may know of (OSL 17 kap. 1 §) is told of as a case that is not there.
    """
    _may_hold(actor)
    text = reason.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(
            N_("Write why the case is held, in %(least)s to %(most)s characters."),
            {"least": SHORTEST, "most": LONGEST, "field": "reason"},
        )
    case = db.scalar(select(Inspection).where(Inspection.dnr == dnr.strip(), is_no_secret()))
    if case is None:
        raise Invalid(N_("There is no case with this registration number."), {"field": "dnr"})
    gone = disposed_of(db, [case.id]).get(case.id)
    if gone is not None:
        raise Invalid(
            N_("The case was disposed of on %(when)s under decision %(number)s: nothing is left to hold.")
            if gone.decision_number
            else N_("The case is disposed of already: nothing is left to hold."),
            {"field": "dnr", "when": gone.at, "number": gone.decision_number},
        )
    hold = LegalHold(inspection_id=case.id, kind=kind, placed_at=now, placed_by_id=actor.user_id)
    hold.reason = text
    db.add(hold)
    db.flush()
    record_event(
        db, EventKind.HOLD_PLACED, actor=actor, now=now, inspection_id=case.id, hold=hold.id, kind=kind.value
    )
    return hold


def lift_hold(db: Session, *, actor: Actor, hold_id: UUID, now: datetime) -> LegalHold:
    """Lift a hold that another person placed. Raises NotAllowed, NotFound, NotPossibleNow."""
    _may_hold(actor)
    hold = db.get(LegalHold, hold_id)
    if hold is None:
        raise NotFound(N_("There is no such hold."))
    if hold.lifted_at is not None:
        raise NotPossibleNow(N_("The hold is lifted already."))
    if hold.placed_by_id == actor.user_id:
        raise NotAllowed(N_("You placed the hold yourself: another person lifts it."))
    hold.lifted_at, hold.lifted_by_id = now, actor.user_id
    record_event(
        db, EventKind.HOLD_LIFTED, actor=actor, now=now, inspection_id=hold.inspection_id, hold=hold.id
    )
    return hold


def _may_hold(actor: Actor) -> None:
    if not may(actor, Permission.SEE_RETENTION):
        raise NotAllowed(N_("Registrars and supervisors hold cases, and lift holds."))

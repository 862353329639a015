"""Move a case one step along its way, when its gate is open."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.inspections import Inspection, StateChange
from ...models.vocabulary import N_, EventKind, State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.inspection_flow import WAY, refusals
from .gather_facts import gather_facts
from .record_event import record_event


def move_inspection(
    db: Session, *, actor: Actor, inspection: Inspection, to: State, reason: str = "", now: datetime
) -> StateChange:
    """Take `inspection` to the state `to` and note who did it and when.

    Raises NotAllowed; NotPossibleNow with the first thing that is missing; Invalid when a step
    back is taken without saying why.
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("Only the responsible inspector or the decision-maker moves the case."))
    missing = refusals(gather_facts(db, inspection, now=now), to)
    if missing:
        raise NotPossibleNow(missing[0].text, missing[0].values)
    step = next(step for step in WAY[inspection.state] if step.to is to)
    if step.needs_reason and len(reason.strip()) < 10:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "reason"})
    change = StateChange(
        inspection_id=inspection.id,
        from_state=inspection.state,
        to_state=to,
        at=now,
        by_id=actor.user_id,
        reason=reason.strip(),
    )
    record_event(
        db,
        EventKind.STATE_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        **{"from": inspection.state.value, "to": to.value},
    )
    inspection.changes.append(change)
    _note_the_visit(inspection, to, now)
    inspection.state = to
    inspection.state_since = now
    return change


def _note_the_visit(inspection: Inspection, to: State, now: datetime) -> None:
    """The visit begins with the children, and is over when the documents are reached."""
    if to is State.CHILDREN and inspection.visit_started_at is None:
        inspection.visit_started_at = now
    if (
        to is State.DOCUMENTS
        and inspection.visit_ended_at is None
        and inspection.visit_started_at is not None
    ):
        inspection.visit_ended_at = now

"""Move a case one step along its way, when its gate is open."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, StateChange
from ...models.notices import NoticeKind
from ...models.vocabulary import N_, State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.inspection_flow import ENDS, WAY, left_behind, refusals
from .gather_facts import gather_facts
from .left_to_pass_on import left_to_pass_on
from .record_event import record_event
from .tell import tell
from .whom_to_tell import DECIDERS, in_team, managing

LEAST_REASON = 10
"""Characters of a reason."""


def move_inspection(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    to: State,
    reason: str = "",
    began: datetime | None = None,
    now: datetime,
) -> StateChange:
    """Take `inspection` to the state `to` and note who did it and when.

    `began`: when the visit that this step begins or ends did so in the home; `now` when not given.
    Raises NotAllowed; NotPossibleNow with the first thing that is missing; Invalid when a step
    back is taken, or the case ends with something left to pass on, without saying why.
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("Only the responsible inspector or the decision-maker moves the case."))
    facts = gather_facts(db, inspection, now=now)
    missing = refusals(facts, to)
    if missing:
        raise NotPossibleNow(missing[0].text, missing[0].values)
    step = next(step for step in WAY[inspection.state] if step.to is to)
    argued = len(reason.strip()) >= LEAST_REASON
    if step.needs_reason and not argued:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "reason"})
    if to in ENDS and not argued:
        waits = left_to_pass_on(db, [inspection]).get(inspection.id, ())
        left = left_behind(replace(facts, to_pass_on=len(waits)), to)
        if left:
            raise Invalid(left.text, {"field": "reason", **left.values})
    change = StateChange(
        inspection_id=inspection.id,
        from_state=inspection.state,
        to_state=to,
        began_at=inspection.state_since,
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
    _note_the_visit(inspection, to, began or now)
    inspection.state = to
    inspection.state_since = now
    _tell(db, inspection, actor, now)
    return change


def _tell(db: Session, inspection: Inspection, actor: Actor, now: datetime) -> None:
    """Those on whom the case waits from this step on."""
    if inspection.state is State.PREPARED and inspection.announced:
        users, kind = managing(db, inspection.home_id), NoticeKind.SELF_ASSESSMENT_ASKED
    elif inspection.state is State.DECISION:
        users, kind = in_team(db, inspection.id, DECIDERS, but=actor.user_id), NoticeKind.DECISION_WAITS
    else:
        return
    db.flush()
    tell(db, users=users, kind=kind, inspection=inspection.id, now=now)


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

"""End a talk, also when the person wants to stop in the middle; and go on with one ended by mistake."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import N_, ChildOutcome, EventKind, StatementStatus
from ..errors import Invalid
from ..rules.access import Actor
from .hold_interview import begin_recording, note_change
from .record_event import record_event


def end_interview(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    talk: Interview,
    read_back: bool,
    feedback_channel: str = "",
    now: datetime,
) -> Interview:
    """End a talk, also when the person wants to stop in the middle. Ending twice changes nothing.

    A child who has told something gets the outcome "talked" (unless it stands already); a child who
    stopped before saying anything keeps the outcome it had, for a person to decide.
    """
    begin_recording(db, actor, inspection, talk.informant)
    if len(feedback_channel) > 500:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(feedback_channel), "limit": 500, "field": "feedback_channel"},
        )
    if read_back:
        talk.read_back = True
    if feedback_channel.strip():
        talk.feedback_channel = feedback_channel.strip()
    if talk.ended_at is None:
        talk.ended_at = now
        record_event(
            db,
            EventKind.INTERVIEW_ENDED,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            interview=talk.id,
        )
    else:
        note_change(db, actor, inspection, talk, now)
    told = any(statement.status is not StatementStatus.WITHDRAWN for statement in talk.statements)
    resident = next((r for r in inspection.residents if r.id == talk.resident_id), None)
    if resident is not None and told and resident.outcome is not ChildOutcome.TALKED:
        resident.outcome = ChildOutcome.TALKED
        resident.outcome_at = now
        resident.outcome_by_id = actor.user_id
        record_event(
            db,
            EventKind.CHILD_OUTCOME_SET,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            resident=resident.id,
            outcome=ChildOutcome.TALKED.value,
        )
    return talk


def resume_interview(
    db: Session, *, actor: Actor, inspection: Inspection, talk: Interview, now: datetime
) -> Interview:
    """Go on with a talk that was ended by mistake, or after a pause."""
    begin_recording(db, actor, inspection, talk.informant)
    if talk.ended_at is not None:
        talk.ended_at = None
        note_change(db, actor, inspection, talk, now)
    return talk

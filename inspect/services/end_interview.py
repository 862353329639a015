"""End a talk, also when the person wants to stop in the middle; and go on with one ended by mistake."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import N_, ChildOutcome, StatementStatus
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
    ended_at: datetime | None = None,
    now: datetime,
) -> Interview:
    """End a talk, also when the person wants to stop in the middle. Ending twice changes nothing.

    A child who has told something gets the outcome "talked" (unless it stands already); a child who
    stopped before saying anything keeps the outcome it had, for a person to decide. `ended_at` is when it
    ended, `now` when not given; never before it began.
    """
    begin_recording(db, actor, inspection, talk.informant)
    _close(talk, read_back or talk.read_back, feedback_channel.strip() or talk.feedback_channel)
    ended_at = max(talk.started_at, ended_at or now)
    if talk.ended_at is None:
        talk.ended_at = ended_at
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
    note_told(db, actor=actor, inspection=inspection, talk=talk, at=ended_at, now=now)
    return talk


def note_told(
    db: Session, *, actor: Actor, inspection: Inspection, talk: Interview, at: datetime, now: datetime
) -> None:
    """Note the outcome "talked", of the time `at`, for the child who has told something in this talk."""
    told = any(statement.status is not StatementStatus.WITHDRAWN for statement in talk.statements)
    resident = next((r for r in inspection.residents if r.id == talk.resident_id), None)
    if resident is not None and told and resident.outcome is not ChildOutcome.TALKED:
        resident.outcome = ChildOutcome.TALKED
        resident.outcome_at = at
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


def note_closing(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    talk: Interview,
    read_back: bool,
    feedback_channel: str,
    now: datetime,
) -> Interview:
    """Note whether a talk was read back and how the person wants to hear of it, without ending it."""
    begin_recording(db, actor, inspection, talk.informant)
    if (talk.read_back, talk.feedback_channel) != (read_back, feedback_channel.strip()):
        _close(talk, read_back, feedback_channel.strip())
        note_change(db, actor, inspection, talk, now)
    return talk


def _close(talk: Interview, read_back: bool, feedback_channel: str) -> None:
    if len(feedback_channel) > 500:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(feedback_channel), "limit": 500, "field": "feedback_channel"},
        )
    talk.read_back = read_back
    talk.feedback_channel = feedback_channel


def resume_interview(
    db: Session, *, actor: Actor, inspection: Inspection, talk: Interview, now: datetime
) -> Interview:
    """Go on with a talk that was ended by mistake, or after a pause."""
    begin_recording(db, actor, inspection, talk.informant)
    if talk.ended_at is not None:
        talk.ended_at = None
        note_change(db, actor, inspection, talk, now)
    return talk

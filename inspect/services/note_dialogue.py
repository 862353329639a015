"""Note a meeting with the provider: promptly, with when and by whom (FL 24, 27 §§). Notes are only added."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.decisions import DialogueMeeting
from ...models.dialogue import AgendaItem
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.vocabulary import N_, State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .communicate_facts import TOO_LONG
from .record_event import record_event

MEETINGS_IN = frozenset({State.COMMUNICATION, State.DIALOGUE, State.FOLLOW_UP})
"""While the provider can reply, and when it has the letter that invites it to talk (SoL 28 kap. 3 §)."""


def may_note(actor: Actor, inspection: Inspection) -> bool:
    return may(actor, Permission.RECORD_IN_INSPECTION, inspection) or may(
        actor, Permission.LEAD_INSPECTION, inspection
    )


def note_dialogue(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    held_at: datetime,
    present: str,
    note: str,
    now: datetime,
) -> DialogueMeeting:
    """Add the note of a meeting; what stood on the agenda is taken up by it.

    Raises NotAllowed, NotPossibleNow (wrong state), Invalid.
    """
    if not may_note(actor, inspection):
        raise NotAllowed(N_("Those who inspect or decide in the case note its meetings."))
    if inspection.state not in MEETINGS_IN:
        raise NotPossibleNow(
            N_("Meetings are noted while the provider can reply, and again when it has the letter.")
        )
    if held_at > now:
        raise Invalid(N_("The meeting has not been held yet. Note it afterwards."), {"field": "held_on"})
    for field, text, message in (
        ("present", present, N_("Write who took part.")),
        ("note", note, N_("Write what was said that matters to the case.")),
    ):
        if not text.strip():
            raise Invalid(message, {"field": field})
    if len(present) > 500:
        raise Invalid(TOO_LONG, {"field": "present", "num": len(present), "most": 500})
    if len(note) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "note", "num": len(note), "most": MAX_PARAGRAPH})
    meeting = DialogueMeeting(
        inspection_id=inspection.id,
        held_at=held_at,
        present=present.strip(),
        noted_at=now,
        by_id=actor.user_id,
    )
    db.add(meeting)
    db.flush()
    meeting.note = note.strip()
    db.execute(
        update(AgendaItem)
        .where(AgendaItem.inspection_id == inspection.id, AgendaItem.meeting_id.is_(None))
        .values(meeting_id=meeting.id)
    )
    record_event(
        db, EventKind.DIALOGUE_NOTED, actor=actor, now=now, inspection_id=inspection.id, meeting=meeting.id
    )
    return meeting


def list_meetings(db: Session, inspection: Inspection) -> Sequence[DialogueMeeting]:
    return db.scalars(
        select(DialogueMeeting)
        .where(DialogueMeeting.inspection_id == inspection.id)
        .order_by(DialogueMeeting.held_at)
    ).all()

"""The note of a meeting is shared, and each side says that it is right or what it remembers otherwise.

The note itself stands as it was written (FL 27 §); what the sides say of it is added beside it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import DialogueMeeting
from ...models.dialogue import MeetingConfirmation
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.notices import NoticeKind
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor
from .both_sides import allow_speaking_for, is_known, is_provider_of, tell_other_side
from .communicate_facts import TOO_LONG
from .note_dialogue import list_meetings, may_note
from .record_event import record_event


def find_meeting(db: Session, inspection: Inspection, meeting_id: UUID) -> DialogueMeeting:
    """The meeting of this case. Raises NotFound."""
    for one in list_meetings(db, inspection):
        if one.id == meeting_id:
            return one
    raise NotFound(N_("There is no such meeting."))


def confirmations(db: Session, meeting: DialogueMeeting) -> Sequence[MeetingConfirmation]:
    """What the sides have said of the note, the first first."""
    return db.scalars(
        select(MeetingConfirmation)
        .where(MeetingConfirmation.meeting_id == meeting.id)
        .order_by(MeetingConfirmation.at, MeetingConfirmation.id)
    ).all()


def is_confirmed(said: Sequence[MeetingConfirmation]) -> bool:
    """Whether both sides say that the note is right; the last word of each holds."""
    last = {one.by_provider: one.agrees for one in said}
    return last.get(True, False) and last.get(False, False)


def share_note(
    db: Session, *, actor: Actor, inspection: Inspection, meeting_id: UUID, now: datetime
) -> DialogueMeeting:
    """Let the provider read the note; whoever shares it says for the authority that it is right.

    Raises NotAllowed, NotFound, NotPossibleNow: the provider has nothing of the case yet.
    """
    if not may_note(actor, inspection):
        raise NotAllowed(N_("Those who inspect or decide in the case note its meetings."))
    meeting = find_meeting(db, inspection, meeting_id)
    if meeting.shared_at is not None:
        return meeting
    if not is_known(db, inspection):
        raise NotPossibleNow(N_("The provider has nothing of this case yet. Send the facts first."))
    meeting.shared_at, meeting.shared_by_id = now, actor.user_id
    db.flush()
    _say(db, meeting, by_provider=False, agrees=True, remark="", actor=actor, now=now)
    record_event(
        db, EventKind.NOTE_SHARED, actor=actor, now=now, inspection_id=inspection.id, meeting=meeting.id
    )
    tell_other_side(db, inspection, NoticeKind.MEETING_NOTED, by_provider=False, now=now)
    return meeting


def confirm_note(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    meeting_id: UUID,
    agrees: bool,
    remark: str = "",
    now: datetime,
) -> MeetingConfirmation:
    """Say that a shared note is right, or what is remembered otherwise; from the actor's side.

    Raises NotAllowed, NotFound (not shared: not there for the provider), Invalid (otherwise, without a word).
    """
    by_provider = is_provider_of(actor, inspection)
    if not (by_provider or may_note(actor, inspection)):
        raise NotAllowed(N_("Those who inspect or decide in the case note its meetings."))
    allow_speaking_for(actor, inspection)
    meeting = find_meeting(db, inspection, meeting_id)
    if meeting.shared_at is None:
        raise NotFound(N_("There is no such meeting."))
    if not agrees and not remark.strip():
        raise Invalid(N_("Write what you remember otherwise, or what is missing."), {"field": "remark"})
    if len(remark) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "remark", "num": len(remark), "most": MAX_PARAGRAPH})
    said = _say(
        db, meeting, by_provider=by_provider, agrees=agrees, remark=remark.strip(), actor=actor, now=now
    )
    record_event(
        db, EventKind.NOTE_CONFIRMED, actor=actor, now=now, inspection_id=inspection.id,
        meeting=meeting.id, agrees=agrees,
    )  # fmt: skip
    tell_other_side(db, inspection, NoticeKind.MEETING_NOTED, by_provider=by_provider, now=now)
    return said


def _say(
    db: Session,
    meeting: DialogueMeeting,
    *,
    by_provider: bool,
    agrees: bool,
    remark: str,
    actor: Actor,
    now: datetime,
) -> MeetingConfirmation:
    said = MeetingConfirmation(
        meeting_id=meeting.id, by_provider=by_provider, agrees=agrees, at=now, by_id=actor.user_id
    )
    said.remark = remark
    db.add(said)
    db.flush()
    return said

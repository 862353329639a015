"""Note what the provider says instead of writing: promptly, with when and by whom (FL 24, 27 §§)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.dialogue import SpokenReply
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor
from .communicate_facts import REPLIES_ARE_READ, TOO_LONG, find_communication, sent_facts
from .note_dialogue import may_note
from .record_event import record_event
from .reply_to_facts import NO_POINTS, Points, check_points, keep_points

MOST_NAME = 200


def list_spoken(db: Session, inspection: Inspection) -> Sequence[SpokenReply]:
    """What has been said aloud, the first first."""
    return db.scalars(
        select(SpokenReply)
        .where(SpokenReply.inspection_id == inspection.id)
        .order_by(SpokenReply.said_at, SpokenReply.id)
    ).all()


def note_spoken_reply(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    said_at: datetime,
    said_by: str,
    note: str,
    points: Points = NO_POINTS,
    is_reply: bool = False,
    now: datetime,
) -> SpokenReply:
    """Note what was said, and which facts it calls wrong; each of those is answered like a written one.

    `is_reply`: the provider does not want to write too, so this is its reply. Raises NotAllowed,
    NotPossibleNow (state), Invalid.
    """
    if not may_note(actor, inspection):
        raise NotAllowed(N_("Those who inspect or decide in the case note what is said."))
    if inspection.state not in REPLIES_ARE_READ:
        raise NotPossibleNow(N_("What the provider says is noted here until the decision is prepared."))
    _check(said_at, said_by, note, now)
    communication = find_communication(db, inspection)
    facts = sent_facts(db, communication, inspection) if communication and communication.sent_at else ()
    said = check_points([UUID(one.finding) for one in facts], points)
    spoken = SpokenReply(
        inspection_id=inspection.id, said_at=said_at, said_by=said_by.strip(), noted_at=now,
        by_id=actor.user_id,
    )  # fmt: skip
    db.add(spoken)
    db.flush()
    spoken.note = note.strip()
    if communication is not None and communication.sent_at is not None:
        keep_points(db, communication, said, actor=actor, now=now, spoken_id=spoken.id)
        if is_reply and communication.replied_at is None:
            communication.replied_at = said_at
            communication.draft = ""
            record_event(db, EventKind.REPLY_RECEIVED, actor=actor, now=now, inspection_id=inspection.id)
    db.flush()
    record_event(
        db, EventKind.SPOKEN_REPLY_NOTED, actor=actor, now=now, inspection_id=inspection.id, spoken=spoken.id
    )
    return spoken


def _check(said_at: datetime, said_by: str, note: str, now: datetime) -> None:
    if said_at > now:
        raise Invalid(N_("That has not been said yet. Note it afterwards."), {"field": "said_on"})
    for field, text, message, most in (
        ("said_by", said_by, N_("Write who said it."), MOST_NAME),
        ("note", note, N_("Write what was said that matters to the case."), MAX_PARAGRAPH),
    ):
        if not text.strip():
            raise Invalid(message, {"field": field})
        if len(text) > most:
            raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": most})

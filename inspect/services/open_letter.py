"""The provider opens a sent letter: the first time is an event of the case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.letters import Letter
from ..rules.access import Actor
from .read_sent_letter import find_sent_letter
from .record_event import record_event


def is_opened(db: Session, letter: Letter) -> bool:
    """Whether somebody at the provider has opened this letter before."""
    opened = exists().where(
        Event.kind == EventKind.LETTER_OPENED,
        Event.inspection_id == letter.inspection_id,
        Event.details["letter"].as_string() == str(letter.id),
    )
    return bool(db.scalar(select(opened)))


def open_letter(db: Session, *, actor: Actor, letter_id: UUID, now: datetime) -> Letter:
    """Record that the letter has reached the provider; opening it again records nothing. Raises NotFound."""
    letter = find_sent_letter(db, actor, letter_id).letter
    if not is_opened(db, letter):
        record_event(
            db, EventKind.LETTER_OPENED, actor=actor, now=now, inspection_id=letter.inspection_id,
            letter=letter.id,
        )  # fmt: skip
    return letter

"""When something was last done in a case that its letter could tell of, by the log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.events import Event

SAYS_NOTHING_NEW = (
    EventKind.INSPECTION_READ,
    EventKind.CASE_SEARCHED,
    EventKind.INSPECTION_EXPORTED,
    EventKind.PARAGRAPH_CHANGED,
    EventKind.PARAGRAPH_TIED,
    EventKind.OBSTACLE_ANSWERED,
    EventKind.REMARK_MADE,
    EventKind.REMARK_RESOLVED,
    EventKind.LETTER_RENDERED,
    EventKind.LETTER_OPENED,
    EventKind.LOG_READ,
    EventKind.IDENTITIES_TICKED,
)
"""What is logged of a case without changing whom it is about or what a letter is composed from."""

# Built once: each page of a letter asks it twice.
_LAST = (
    select(Event.at, Event.id)
    .where(Event.inspection_id == bindparam("inspection"), Event.kind.not_in(SAYS_NOTHING_NEW))
    .order_by(Event.at.desc(), Event.id.desc())
    .limit(1)
)


def last_change(db: Session, inspection_id: UUID) -> tuple[datetime, UUID] | None:
    """The moment and the id of the last line of the log that says something new; None without one."""
    found = db.execute(_LAST, {"inspection": inspection_id}).first()
    return None if found is None else (found[0], found[1])

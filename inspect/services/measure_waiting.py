"""How much waits for the worker, and how long it has waited: numbers for those who run the service."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.events import Event
from ...models.field import ArrivedNotes
from ...models.notices import OutgoingMail
from ...models.retention import Disposal


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts, and ages in seconds (0 when nothing waits). Nobody and no case can be told from them."""

    mails: int
    """That are due now and have not left."""
    oldest_mail: float
    arrivals: int
    """Rows of notes that devices have sent and that are not yet taken into their cases."""
    oldest_arrival: float
    disposals: int
    """That two have decided on and that are not done."""
    newest_event: float | None
    """Since the newest line of the log was written; None while the log is empty."""


def measure_waiting(db: Session, *, now: datetime) -> Waiting:
    mails, due_at = db.execute(
        select(func.count(), func.min(OutgoingMail.due_at)).where(
            OutgoingMail.sent_at.is_(None), OutgoingMail.dropped_at.is_(None), OutgoingMail.due_at <= now
        )
    ).one()
    arrivals, received_at = db.execute(select(func.count(), func.min(ArrivedNotes.received_at))).one()
    disposals = db.scalar(
        select(func.count()).where(Disposal.approved_at.is_not(None), Disposal.done_at.is_(None))
    )
    newest = db.scalar(select(Event.at).order_by(Event.at.desc()).limit(1))
    return Waiting(
        mails,
        _age(due_at, now),
        arrivals,
        _age(received_at, now),
        disposals or 0,
        None if newest is None else _age(newest, now),
    )


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())

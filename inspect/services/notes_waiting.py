"""Notes that devices have sent, and that are not yet taken into their cases: how many, and since when.

A busy server acknowledges what comes, and takes it in when somebody opens the case (keep_arrivals.py). Until
then no page says what stands in them, and so pages that do not open the case say that they wait.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import ArrivedNotes


@dataclass(frozen=True, slots=True)
class NotesWaiting:
    """How many notes of one case wait, and when the first of them came."""

    number: int
    since: datetime


def notes_waiting(db: Session, cases: Collection[UUID]) -> dict[UUID, NotesWaiting]:
    """Of these cases, those for which notes wait: the longest waiting first."""
    if not cases:
        return {}
    first = func.min(ArrivedNotes.received_at).label("first")
    rows = db.execute(
        select(
            ArrivedNotes.inspection_id, func.sum(ArrivedNotes.last_seq - ArrivedNotes.first_seq + 1), first
        )
        .where(among(ArrivedNotes.inspection_id, cases))
        .group_by(ArrivedNotes.inspection_id)
        .order_by(first)
    )
    return {case: NotesWaiting(int(number), since) for case, number, since in rows}

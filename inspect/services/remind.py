"""Remind of dates: visits, replies, what is to be put right, measures, letters that wait for review."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.asked_of_provider import DocumentRequest
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterState
from ...models.letters import Letter, Measure
from ...models.notices import NoticeKind
from ..outside.clock import SWEDEN
from ..rules.reminders import Side, days_of_reminders, is_time_to_remind, reminder, review_due_on, side
from .list_deadlines import FINISHED, list_deadlines
from .tell import tell
from .whom_to_tell import INSPECTORS, REVIEWERS, at_provider, in_team, managing

LONGEST = timedelta(days=60)
"""Letters that have been in review for longer have been told of already."""


def remind(db: Session, *, now: datetime, review_days: int) -> int:
    """Tell what is near or has passed today; how many dates. Asked again the same day: nothing new.

    `review_days`: working days that a letter may wait for review. Nothing outside the hours of
    rules/reminders.py.
    """
    local = now.astimezone(SWEDEN)
    if not is_time_to_remind(local):
        return 0
    today = local.date()
    told = 0
    for case_id, home_id, kind, on in _dates(db, today):
        notice = reminder(on, today)
        if notice is None:
            continue
        users = _on_whom(db, case_id, home_id, side(kind, notice))
        tell(db, users=users, kind=notice, inspection=case_id, now=now, due_on=on)
        told += 1
    for case_id, letter_id, on in _waiting_reviews(db, now, today, review_days):
        tell(
            db,
            users=in_team(db, case_id, REVIEWERS),
            kind=NoticeKind.REVIEW_WAITS_LONG,
            inspection=case_id,
            letter=letter_id,
            now=now,
            due_on=on,
        )
        told += 1
    return told


def _dates(db: Session, today: date) -> Iterator[tuple[UUID, UUID, str, date]]:
    """Case, home, kind and day of each date near today that still asks for something."""
    within = days_of_reminders(today)
    found = list_deadlines(db, None, within=within)
    cases = {one.inspection_id for one in found}
    rows = db.execute(select(Inspection.id, Inspection.home_id).where(among(Inspection.id, cases)))
    homes: dict[UUID, UUID] = dict(iter(rows))
    for one in found:
        yield one.inspection_id, homes[one.inspection_id], one.kind.name, one.on
    measures = db.execute(
        select(Inspection.id, Inspection.home_id, Measure.due_on)
        .join(Letter, Letter.id == Measure.letter_id)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .where(
            Measure.due_on.between(*within),
            Measure.outcome.is_(None),
            Letter.state == LetterState.SENT,
            Inspection.state.not_in(FINISHED),
        )
        .distinct()
    )
    for case_id, home_id, on in measures:
        yield case_id, home_id, "MEASURE", on
    documents = db.execute(
        select(Inspection.id, Inspection.home_id, DocumentRequest.due_on)
        .join(Inspection, Inspection.id == DocumentRequest.inspection_id)
        .where(
            DocumentRequest.due_on.between(*within),
            DocumentRequest.answer.is_(None),
            DocumentRequest.settled_at.is_(None),
            Inspection.state.not_in(FINISHED),
        )
        .distinct()
    )
    for case_id, home_id, on in documents:
        yield case_id, home_id, "DOCUMENTS", on


def _on_whom(db: Session, case_id: UUID, home_id: UUID, on: Side) -> Collection[UUID]:
    if on is Side.INSPECTORS:
        return in_team(db, case_id, INSPECTORS)
    return at_provider(db, home_id) | managing(db, home_id)


def _waiting_reviews(
    db: Session, now: datetime, today: date, review_days: int
) -> Iterator[tuple[UUID, UUID, date]]:
    rows = db.execute(
        select(Letter.inspection_id, Letter.id, Letter.submitted_at).where(
            Letter.state == LetterState.IN_REVIEW,
            Letter.submitted_at > now - LONGEST,
        )
    )
    for case_id, letter_id, submitted_at in rows:
        if submitted_at is None:
            continue
        due_on = review_due_on(submitted_at.astimezone(SWEDEN).date(), review_days)
        if due_on < today:
            yield case_id, letter_id, due_on

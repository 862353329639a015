"""Read the log: of one case, and across the authority (SoLPuL 10 §)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ...models.events import Event
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import EventKind
from ..outside.clock import SWEDEN

PER_PAGE = 50
NIGHTS = 31


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event with the names that a reader needs; `actor` is None for what nobody signed in did."""

    event: Event
    actor: str | None
    dnr: str | None


@dataclass(frozen=True, slots=True)
class LogPage:
    lines: tuple[LogLine, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def case_log(db: Session, inspection_id: UUID, *, page: int = 1) -> LogPage:
    """The events of one case, latest first. Access to the case is asked by the caller."""
    return _page(db, select(Event).where(Event.inspection_id == inspection_id), page)


def whole_log(
    db: Session,
    *,
    actor_id: UUID | None = None,
    kind: EventKind | None = None,
    first: date | None = None,
    last: date | None = None,
    nights: date | None = None,
    page: int = 1,
) -> LogPage:
    """Events of the whole authority, latest first; `first` and `last` are days in Sweden, inclusive.

    `nights`, when given, keeps what happened between 22 and 06 in the NIGHTS nights that end with that
    day's evening.
    """
    chosen = select(Event)
    if actor_id is not None:
        chosen = chosen.where(Event.actor_id == actor_id)
    if kind is not None:
        chosen = chosen.where(Event.kind == kind)
    if first is not None:
        chosen = chosen.where(Event.at >= _midnight(first))
    if last is not None:
        chosen = chosen.where(Event.at < _midnight(last + timedelta(days=1)))
    if nights is not None:
        chosen = chosen.where(or_(*(_at_night(nights - timedelta(days=back)) for back in range(NIGHTS))))
    return _page(db, chosen, page)


def _at_night(day: date) -> ColumnElement[bool]:
    """From 22 on `day` until 06 the day after, as people in Sweden lived it."""
    evening = datetime.combine(day, time(22), SWEDEN)
    morning = datetime.combine(day + timedelta(days=1), time(6), SWEDEN)
    return and_(Event.at >= evening, Event.at < morning)


def everybody(db: Session) -> Sequence[User]:
    """All accounts by name, closed ones too: they stand in the log."""
    return db.scalars(select(User).order_by(User.name, User.id)).all()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)


def _page(db: Session, chosen: Select[Event], page: int) -> LogPage:
    total = db.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = db.execute(
        chosen.add_columns(User.name, Inspection.dnr)
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Inspection, Inspection.id == Event.inspection_id)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return LogPage(tuple(LogLine(event, name, dnr) for event, name, dnr in rows), total, number)

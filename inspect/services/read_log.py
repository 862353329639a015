"""Read the log: of one case, and across the authority (SoLPuL 10 §)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.people import User, UserRole
from ...models.vocabulary import Role
from ..outside.clock import SWEDEN
from .find_inspection import is_no_secret
from .long_lists import number_of

PER_PAGE = 50
NIGHTS = 31
COUNTED = 10_000
"""So many events are counted exactly: to count a million takes longer than to show a page of them."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event with the names that a reader needs; `actor` is None for what nobody signed in did.

    `is_withheld`: of an unannounced visit that has not begun, whose number is told when it has (OSL 17:1).
    """

    event: Event
    actor: str | None
    dnr: str | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page; `total` is at most COUNTED + 1, which means: more than COUNTED.

    `newer` and `older`: whether there are events on that side of the page.
    """

    lines: tuple[LogLine, ...]
    total: int
    number: int
    newer: bool
    older: bool

    @property
    def pages(self) -> int | None:
        """How many pages; None when there are too many to be counted."""
        return max(1, -(-self.total // PER_PAGE)) if self.total <= COUNTED else None


def case_log(db: Session, inspection_id: UUID, *, page: int = 1) -> LogPage:
    """The events of one case, latest first. Access to the case is asked by the caller."""
    chosen = select(Event).where(Event.inspection_id == inspection_id)
    total = _total(db, chosen)
    number = number_of(page, total, PER_PAGE)
    lines = _lines(db, chosen.order_by(*LATEST_FIRST).limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    return LogPage(lines, total, number, newer=number > 1, older=number * PER_PAGE < total)


def whole_log(
    db: Session,
    *,
    actor_id: UUID | None = None,
    kind: EventKind | None = None,
    first: date | None = None,
    last: date | None = None,
    nights: date | None = None,
    older_than: UUID | None = None,
    newer_than: UUID | None = None,
    page: int = 1,
) -> LogPage:
    """Events of the whole authority, latest first; `first` and `last` are days in Sweden, inclusive.

    `older_than`, `newer_than`: the event that the page begins after or ends before; `page` is only the
    number to show with it. So the last page of a long log is found as soon as the first.

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
    total = _total(db, chosen)
    beside = db.get(Event, newer_than or older_than) if newer_than or older_than else None
    turned = beside is not None and newer_than is not None
    part = chosen
    if beside is not None:
        part = chosen.where(_newer(beside) if turned else _older(beside))
    order = EARLIEST_FIRST if turned else LATEST_FIRST
    lines = _lines(db, part.order_by(*order).limit(PER_PAGE + 1))
    more, lines = len(lines) > PER_PAGE, lines[:PER_PAGE]
    if turned:
        return LogPage(lines[::-1], total, page, newer=more, older=True)
    return LogPage(lines, total, page if beside else 1, newer=beside is not None, older=more)


LATEST_FIRST = (Event.at.desc(), Event.id.desc())
EARLIEST_FIRST = (Event.at.asc(), Event.id.asc())


def _older(event: Event) -> ColumnElement[bool]:
    return and_(Event.at <= event.at, or_(Event.at < event.at, Event.id < event.id))


def _newer(event: Event) -> ColumnElement[bool]:
    return and_(Event.at >= event.at, or_(Event.at > event.at, Event.id > event.id))


def _at_night(day: date) -> ColumnElement[bool]:
    """From 22 on `day` until 06 the day after, as people in Sweden lived it."""
    evening = datetime.combine(day, time(22), SWEDEN)
    morning = datetime.combine(day + timedelta(days=1), time(6), SWEDEN)
    return and_(Event.at >= evening, Event.at < morning)


def people_of_the_authority(db: Session, but: UUID | None = None) -> Sequence[User]:
    """Accounts of the authority by name, closed ones too: they stand in the log. `but`: this one as well."""
    outside = select(UserRole.user_id).where(UserRole.role.in_((Role.PROVIDER, Role.HOME_MANAGER)))
    chosen = select(User).where(or_(User.id.not_in(outside), User.id == but))
    return db.scalars(chosen.order_by(User.search_key, User.id)).all()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)


def _total(db: Session, chosen: Select[Event]) -> int:
    """How many there are, but COUNTED + 1 for all that is more."""
    few = chosen.with_only_columns(Event.id).limit(COUNTED + 1).subquery()
    return db.scalar(select(func.count()).select_from(few)) or 0


def _lines(db: Session, chosen: Select[Event]) -> tuple[LogLine, ...]:
    rows = db.execute(
        chosen.add_columns(User.name, Inspection.dnr, is_no_secret())
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Inspection, Inspection.id == Event.inspection_id)
    )
    return tuple(
        LogLine(event, name, dnr, is_withheld=dnr is not None and not open_)
        for event, name, dnr, open_ in rows
    )

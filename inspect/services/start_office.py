"""What the registrar, the log reviewer and the administrator meet first: figures, no contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.people import User
from ...models.register import Home, Provider
from ...models.vocabulary import State
from ..outside.clock import SWEDEN

LATEST = 5
NUMBERS = 20
LATELY = timedelta(days=30)
WEEK = timedelta(days=7)
UNTIL_THE_VISIT_IS_OVER = (State.PLANNED, State.PREPARED, State.CHILDREN, State.OTHER_TALKS)


@dataclass(frozen=True, slots=True)
class Registry:
    """For the registrar: what the register holds, its latest homes, and numbers to check."""

    providers: int
    homes: int
    new_homes: Sequence[Home]
    new_numbers: tuple[tuple[str, datetime], ...]


def registry(db: Session, *, now: datetime) -> Registry:
    """Nobody outside the team learns of an unannounced visit before it is over (OSL 17 kap. 1 §)."""
    numbers = db.execute(
        select(Inspection.dnr, Inspection.created_at)
        .where(
            or_(Inspection.announced, Inspection.state.not_in(UNTIL_THE_VISIT_IS_OVER)),
            Inspection.created_at >= now - LATELY,
        )
        .order_by(Inspection.created_at.desc(), Inspection.dnr)
        .limit(NUMBERS)
    )
    homes = select(Home).options(joinedload(Home.provider)).order_by(Home.created_at.desc(), Home.name)
    return Registry(
        providers=db.scalar(select(func.count(Provider.id))) or 0,
        homes=db.scalar(select(func.count(Home.id))) or 0,
        new_homes=db.scalars(homes.limit(LATEST)).all(),
        new_numbers=tuple((dnr, at) for dnr, at in numbers),
    )


@dataclass(frozen=True, slots=True)
class Accounts:
    """For the administrator: how many can sign in, how many are closed, and the latest added."""

    open: int
    closed: int
    latest: Sequence[User]


def accounts(db: Session) -> Accounts:
    total, still_open = db.execute(
        select(func.count(User.id), func.count(User.id).filter(User.disabled_at.is_(None)))
    ).one()
    latest = db.scalars(select(User).order_by(User.created_at.desc(), User.name).limit(LATEST)).all()
    return Accounts(open=still_open, closed=total - still_open, latest=latest)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has opened cases: how many different ones, since the day that was asked about."""

    user_id: UUID
    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class Readings:
    """For the log reviewer: readings of cases today and in seven days, and who opened most cases."""

    today: int
    week: int
    all_events: int
    since: date
    most: tuple[Reader, ...]


def readings(db: Session, *, now: datetime) -> Readings:
    """Days are days in Sweden; the seven days end with today."""
    today = now.astimezone(SWEDEN).date()
    since = today - WEEK + timedelta(days=1)
    read = Event.kind == EventKind.INSPECTION_READ
    in_the_week = Event.at >= _midnight(since)
    of_today, of_week, all_events = db.execute(
        select(
            func.count(Event.id).filter(read, Event.at >= _midnight(today)),
            func.count(Event.id).filter(read),
            func.count(Event.id),
        ).where(in_the_week)
    ).one()
    different = func.count(Event.inspection_id.distinct()).label("cases")
    most = db.execute(
        select(User.id, User.name, different)
        .join(Event, Event.actor_id == User.id)
        .where(read, in_the_week)
        .group_by(User.id, User.name)
        .order_by(different.desc(), User.name)
        .limit(LATEST)
    )
    return Readings(of_today, of_week, all_events, since, tuple(Reader(*row) for row in most))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)

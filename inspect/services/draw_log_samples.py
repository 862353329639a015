"""Draw readings to look at from a period of the log (SoLPuL 10 § p 3)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import or_, select, union_all
from sqlalchemy.orm import Session

from ...models.base import new_id
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection, TeamMember
from ...models.log_review import LogDraw, LogSample
from ...models.people import User, UserRole
from ...models.register import Home, Provider
from ...models.vocabulary import N_, Role
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.log_review import MOST_DAYS, Reading, Surroundings, draw
from ..rules.name_parts import shared_by_kin, words_in
from .record_event import record_event

READ = (
    EventKind.INSPECTION_READ,
    EventKind.CASE_SEARCHED,
    EventKind.INSPECTION_EXPORTED,
    EventKind.FILE_READ,
    EventKind.ANSWER_FILE_READ,
    EventKind.DISCLOSURE_FILE_READ,
    EventKind.IDENTITY_OPENED,
    EventKind.LETTER_RENDERED,
    EventKind.PACKAGE_MADE,
    EventKind.CODES_EXPORTED,
    EventKind.CONTENT_BY_COMMAND,
    EventKind.CASE_TAKEN_ALONG,
    EventKind.LOG_READ,
    EventKind.SIGNAL_READ,
)
"""The kinds of event that are a reading: of a case, or of what belongs to none (OF_NO_CASE)."""
OF_NO_CASE = (EventKind.LOG_READ, EventKind.SIGNAL_READ)
"""Of the log itself, and of what came in about a home: what a person read so on one day is one reading."""
OUTSIDE = (Role.PROVIDER, Role.HOME_MANAGER)


def draw_log_samples(
    db: Session, *, actor: Actor, first: date, last: date, chance: Random, now: datetime
) -> LogDraw:
    """Draw from the days `first` to `last` in Sweden, of what the authority's people have read.

    What was drawn before is not drawn again, and nothing that the actor read themselves is. Raises
    NotAllowed, Invalid for a period that is no period, NotPossibleNow when there is nothing to draw from.
    """
    if not may(actor, Permission.REVIEW_LOG):
        raise NotAllowed(N_("Only a log reviewer draws from the log."))
    today = now.astimezone(SWEDEN).date()
    if not first <= last < today:
        raise Invalid(N_("Choose days that are over, the first before the last."), {"field": "last"})
    if (last - first).days >= MOST_DAYS:
        raise Invalid(N_("Choose at most %(days)s days at a time."), {"days": MOST_DAYS, "field": "last"})
    readings = _readings(db, first, last)
    if not any(one.actor_id != actor.user_id for one in readings):
        raise NotPossibleNow(
            N_("Nobody else has read anything on those days that has not been drawn already.")
        )
    found = draw(readings, _surroundings(db, readings), chance=chance, zone=SWEDEN, but=actor.user_id)
    made = LogDraw(
        drawn_by_id=actor.user_id,
        drawn_at=now,
        first_on=first,
        last_on=last,
        readings=found.readings,
        found={reason.value: number for reason, number in found.found.items()},
    )
    db.add(made)
    db.flush()
    for one in found.drawn:
        db.add(
            LogSample(
                id=new_id(),
                draw_id=made.id,
                actor_id=one.reading.actor_id,
                inspection_id=one.reading.case_id,
                day=one.reading.day,
                events=len(one.reading.times),
                reasons=[reason.value for reason in one.reasons],
            )
        )
    record_event(db, EventKind.LOG_DRAWN, actor=actor, now=now, draw=made.id, number=len(found.drawn))
    return made


def _readings(db: Session, first: date, last: date) -> list[Reading]:
    outside = select(UserRole.user_id).where(UserRole.role.in_(OUTSIDE))
    rows = db.execute(
        select(Event.actor_id, Event.inspection_id, Event.at, Event.kind, Event.details)
        .where(
            Event.kind.in_(READ),
            or_(Event.inspection_id.is_not(None), Event.kind.in_(OF_NO_CASE)),
            Event.at >= _midnight(first),
            Event.at < _midnight(last + timedelta(days=1)),
            Event.actor_id.is_not(None),
            Event.actor_id.not_in(outside),
        )
        .order_by(Event.at, Event.id)
    )
    grouped: dict[tuple[UUID, UUID | None, date], list[datetime]] = {}
    by_command = set()
    homes: dict[tuple[UUID, UUID | None, date], set[UUID]] = {}
    for actor, case, at, kind, details in rows:
        if actor is not None:
            key = (actor, case, at.astimezone(SWEDEN).date())
            grouped.setdefault(key, []).append(at)
            if kind is EventKind.CONTENT_BY_COMMAND:
                by_command.add(key)
            if kind is EventKind.SIGNAL_READ and "home" in details:
                homes.setdefault(key, set()).add(UUID(details["home"]))
    drawn = db.execute(
        select(LogSample.actor_id, LogSample.inspection_id, LogSample.day).where(
            LogSample.day.between(first, last), LogSample.draw_id.is_not(None)
        )
    )
    for reader, of, day in drawn:
        grouped.pop((reader, of, day), None)
    return [
        Reading(*key, tuple(times), key in by_command, frozenset(homes.get(key, ())))
        for key, times in grouped.items()
    ]


def _surroundings(db: Session, readings: Iterable[Reading]) -> Surroundings:
    cases = {one.case_id for one in readings if one.case_id is not None}
    people = {one.actor_id for one in readings}
    teams: dict[UUID, set[UUID]] = {}
    for case, member in db.execute(
        select(TeamMember.inspection_id, TeamMember.user_id).where(
            TeamMember.inspection_id.in_(cases), TeamMember.user_id.is_not(None)
        )
    ):
        if member is not None:
            teams.setdefault(case, set()).add(member)
    homes = {home for one in readings for home in one.homes}
    at_provider = _names_at_provider(db, cases, homes)
    names = db.execute(select(User.id, User.name).where(User.id.in_(people)))
    reviewers = db.scalars(select(UserRole.user_id).where(UserRole.role == Role.LOG_REVIEWER))
    return Surroundings(
        names={id: shared_by_kin(name) for id, name in names},
        at_provider=at_provider,
        teams={case: frozenset(found) for case, found in teams.items()},
        reviewers=frozenset(reviewers),
    )


def _names_at_provider(
    db: Session, cases: Iterable[UUID], homes: Iterable[UUID]
) -> dict[UUID, frozenset[str]]:
    """By case and by home, parts of the names that the register and accounts have in clear.

    Who a child is, and what somebody wrote, is sealed and is not opened for this (SoLPuL 7 a §: no search for
    people over cases).
    """
    found: dict[UUID, set[str]] = {}
    of_case = select(Inspection.id, Home.id.label("home")).join(Home).where(Inspection.id.in_(cases))
    of_home = select(Home.id, Home.id.label("home")).where(Home.id.in_(homes))
    places = union_all(of_case, of_home).subquery()
    for of, home, provider in db.execute(
        select(places.c.id, Home.name, Provider.name)
        .join(Home, Home.id == places.c.home)
        .join(Provider, Provider.id == Home.provider_id)
    ):
        found.setdefault(of, set()).update(words_in(home) | words_in(provider))
    for of, name in db.execute(
        select(places.c.id, User.name)
        .join(Home, Home.id == places.c.home)
        .join(User, or_(User.provider_id == Home.provider_id, User.home_id == Home.id))
    ):
        found.setdefault(of, set()).update(shared_by_kin(name))
    return {of: frozenset(parts) for of, parts in found.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)

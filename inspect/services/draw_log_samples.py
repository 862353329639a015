"""Draw readings to look at from a period of the log (SoLPuL 10 § p 3)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.base import new_id
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection, TeamMember
from ...models.log_review import LogDraw, LogSample
from ...models.people import User, UserRole
from ...models.register import Home
from ...models.vocabulary import N_, Role
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.log_review import MOST_DAYS, Reading, Surroundings, draw, surname
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
)
"""The kinds of event that are a reading: of a case, or (LOG_READ) of the log itself."""
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
        select(Event.actor_id, Event.inspection_id, Event.at, Event.kind)
        .where(
            Event.kind.in_(READ),
            or_(Event.inspection_id.is_not(None), Event.kind == EventKind.LOG_READ),
            Event.at >= _midnight(first),
            Event.at < _midnight(last + timedelta(days=1)),
            Event.actor_id.is_not(None),
            Event.actor_id.not_in(outside),
        )
        .order_by(Event.at, Event.id)
    )
    grouped: dict[tuple[UUID, UUID | None, date], list[datetime]] = {}
    by_command = set()
    for actor, case, at, kind in rows:
        if actor is not None:
            key = (actor, case, at.astimezone(SWEDEN).date())
            grouped.setdefault(key, []).append(at)
            if kind is EventKind.CONTENT_BY_COMMAND:
                by_command.add(key)
    drawn = db.execute(
        select(LogSample.actor_id, LogSample.inspection_id, LogSample.day).where(
            LogSample.day.between(first, last), LogSample.draw_id.is_not(None)
        )
    )
    for reader, of, day in drawn:
        grouped.pop((reader, of, day), None)
    return [Reading(*key, tuple(times), key in by_command) for key, times in grouped.items()]


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
    at_provider: dict[UUID, set[str]] = {}
    for case, name in db.execute(
        select(Inspection.id, User.name)
        .join(Home, Home.id == Inspection.home_id)
        .join(User, or_(User.provider_id == Home.provider_id, User.home_id == Home.id))
        .where(Inspection.id.in_(cases))
    ):
        at_provider.setdefault(case, set()).add(surname(name))
    names = db.execute(select(User.id, User.name).where(User.id.in_(people)))
    reviewers = db.scalars(select(UserRole.user_id).where(UserRole.role == Role.LOG_REVIEWER))
    return Surroundings(
        surnames={id: surname(name) for id, name in names},
        at_provider={case: frozenset(found) for case, found in at_provider.items()},
        teams={case: frozenset(found) for case, found in teams.items()},
        reviewers=frozenset(reviewers),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)

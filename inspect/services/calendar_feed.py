"""A person's visits for their own calendar program, at a secret address: that they are busy, never where.

A calendar program shows and shares what it holds with others. So an entry says one neutral word: no home, no
registration number, no person, and an id that tells nothing. Only the person's own visits are in it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...models.calendar import CalendarFeed
from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound
from ..outside.clock import SWEDEN
from ..outside.reach import reach_instead
from ..rules.access import Actor, Permission, may
from .list_visits import visits_of
from .reach_of import reach_of
from .record_event import record_event

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
NO_FEED = N_("There is no calendar at this address. It may have been revoked.")


@dataclass(frozen=True, slots=True)
class Busy:
    """A day that the person is out on supervision; `uid` is the same each time, and tells nothing."""

    on: date
    uid: str


def feed_of(db: Session, actor: Actor) -> CalendarFeed | None:
    """The address that the person has, as far as we know it: when it was made."""
    return db.scalar(select(CalendarFeed).where(CalendarFeed.user_id == actor.user_id))


def open_feed(db: Session, *, actor: Actor, now: datetime) -> str:
    """Make an address, and revoke the one before; the token in it is told once. Raises NotAllowed."""
    if not may(actor, Permission.SEE_INSPECTIONS):
        raise NotAllowed(N_("Only those who take part in inspections have a calendar."))
    db.execute(delete(CalendarFeed).where(CalendarFeed.user_id == actor.user_id))
    token = secrets.token_urlsafe(32)
    db.add(CalendarFeed(user_id=actor.user_id, token_hash=_hash(token), made_at=now))
    db.flush()
    record_event(db, EventKind.CALENDAR_OPENED, actor=actor, now=now)
    return token


def close_feed(db: Session, *, actor: Actor, now: datetime) -> None:
    """Revoke the address: it answers nobody from now on. Without one nothing happens."""
    feed = feed_of(db, actor)
    if feed is not None:
        db.delete(feed)
        db.flush()
        record_event(db, EventKind.CALENDAR_CLOSED, actor=actor, now=now)


def read_feed(db: Session, token: str, *, now: datetime) -> list[Busy]:
    """The days, from BACK to AHEAD. Raises NotFound for an unknown address or a closed account."""
    row = db.execute(
        select(CalendarFeed.id, User)
        .join(User, User.id == CalendarFeed.user_id)
        .where(CalendarFeed.token_hash == _hash(token), User.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(NO_FEED)
    feed_id, user = row
    actor = Actor(user.id, user.name, frozenset(item.role for item in user.roles))
    if not may(actor, Permission.SEE_INSPECTIONS):
        raise NotFound(NO_FEED)
    reach_instead(db, reach_of(actor))
    today = now.astimezone(SWEDEN).date()
    found = visits_of(db, actor, first=today - BACK, last=today + AHEAD)
    return [Busy(one.on, _uid(feed_id, one.inspection.id, one.on)) for one in found]


def _uid(feed_id: UUID, inspection_id: UUID, day: date) -> str:
    """Of this feed, so that nobody can tell from two feeds who goes together."""
    return hashlib.sha256(f"{feed_id}:{inspection_id}:{day}".encode()).hexdigest()[:32]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""Where somebody is signed in: listed for themselves, and ended by themselves or by an administrator."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import SignInSession, User
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound
from ..rules.access import Actor, Permission, may
from .record_event import record_event


def list_sessions(
    db: Session, *, user_id: UUID, idle: timedelta, absolute: timedelta, now: datetime
) -> Sequence[SignInSession]:
    """The living ones, the one used last first."""
    alive = (
        SignInSession.user_id == user_id,
        SignInSession.revoked_at.is_(None),
        SignInSession.last_seen_at > now - idle,
        SignInSession.created_at > now - absolute,
    )
    return db.scalars(select(SignInSession).where(*alive).order_by(SignInSession.last_seen_at.desc())).all()


def end_session(db: Session, *, actor: Actor, session_id: UUID, now: datetime) -> None:
    """End one of one's own. Raises NotFound for what is not one's own."""
    found = db.get(SignInSession, session_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound(N_("There is no such sign-in."))
    if found.revoked_at is None:
        found.revoked_at = now
        record_event(db, EventKind.SESSIONS_ENDED, actor=actor, now=now, user=actor.user_id, number=1)


def end_other_sessions(db: Session, *, actor: Actor, keep: bytes | None, now: datetime) -> int:
    """End all of one's own but this (its token's hash). How many there were."""
    return _end(db, actor, actor.user_id, now, keep=keep)


def end_sessions_of(db: Session, *, actor: Actor, user_id: UUID, now: datetime) -> User:
    """An administrator signs somebody out everywhere. Raises NotAllowed, NotFound."""
    if not may(actor, Permission.MANAGE_USERS):
        raise NotAllowed(N_("Administrators end the sign-ins of others."))
    user = db.get(User, user_id)
    if user is None:
        raise NotFound(N_("There is no such account."))
    _end(db, actor, user_id, now)
    return user


def _end(db: Session, actor: Actor, user_id: UUID, now: datetime, keep: bytes | None = None) -> int:
    alive = update(SignInSession).where(SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None))
    if keep is not None:
        alive = alive.where(SignInSession.token_hash != keep)
    number = int(db.execute(alive.values(revoked_at=now)).rowcount)  # type: ignore[attr-defined]
    if number:
        record_event(db, EventKind.SESSIONS_ENDED, actor=actor, now=now, user=user_id, number=number)
    return number

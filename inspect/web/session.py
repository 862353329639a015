"""Who is signed in: a random token in the signed cookie, its SHA-256 and its limits on the server.

A session ends when it is signed out, revoked, idle too long or too old; the row tells which
are alive, so that they can be listed and revoked (docs/decisions/0004-own-sessions.md).
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import cast

from flask import current_app, g, session
from sqlalchemy import select, update

from ...models.people import SignInSession, User
from ..rules.access import Actor
from ..settings import Settings
from .database import db, new_session, now

TOKEN = "token"  # noqa: S105 - the name of a field
SEEN_EVERY = timedelta(minutes=1)
"""How often the time of last use is written; a page view in between writes nothing."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])


def open_session(user: User) -> None:
    """Sign `user` in with a fresh token; what the anonymous session held is dropped, but the language."""
    language = session.get("language")
    session.clear()
    g.pop("csrf_token", None)  # pages of this answer must carry the token of the new session
    token = secrets.token_urlsafe(32)
    session[TOKEN] = token
    if language:
        session["language"] = language
    db().add(SignInSession(token_hash=_hash(token), user_id=user.id, created_at=now(), last_seen_at=now()))


def close_session() -> None:
    """Sign out: the row is revoked and the cookie emptied."""
    token = session.get(TOKEN)
    if token:
        db().execute(
            update(SignInSession).where(SignInSession.token_hash == _hash(token)).values(revoked_at=now())
        )
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def is_alive(row: SignInSession, at: datetime, limits: Settings) -> bool:
    return (
        row.revoked_at is None
        and at - row.last_seen_at < limits.session_idle
        and at - row.created_at < limits.session_absolute
    )


def load_actor() -> None:
    """Before each request: set `g.user` and `g.actor` from a living session, or None."""
    g.user = g.actor = None
    token = session.get(TOKEN)
    if not token:
        return
    found = (
        db()
        .execute(
            select(SignInSession, User)
            .join(User, User.id == SignInSession.user_id)
            .where(SignInSession.token_hash == _hash(token), User.disabled_at.is_(None))
        )
        .first()
    )
    if found is None:
        return
    row, user = found
    g.last_user_id = user.id
    if not is_alive(row, now(), settings()):
        return
    g.user = user
    g.actor = actor_of(user)
    if now() - row.last_seen_at > SEEN_EVERY:
        _touch(row)


def actor_of(user: User) -> Actor:
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
    )


def current_actor() -> Actor:
    """The actor of this request; for views behind `@access`, where there always is one."""
    return cast(Actor, g.actor)


def _touch(row: SignInSession) -> None:
    statement = update(SignInSession).where(SignInSession.id == row.id).values(last_seen_at=now())
    if db().get_transaction() is not None and db().connection().get_execution_options().get("tillsyn_begin"):
        db().execute(statement)  # this request holds the write lock already
        return
    with new_session() as own:
        own.execute(statement)
        own.commit()

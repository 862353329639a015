"""Who is signed in: a random token in the signed cookie, its SHA-256 and its limits on the server.

A session ends when it is signed out, revoked, idle too long or too old; the row tells which
are alive, so that they can be listed and revoked (docs/decisions/0004-own-sessions.md).
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import cast

from flask import current_app, g, request, session
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from ...models.notices import Notice
from ...models.people import SignInSession, User
from ...models.reached_rows import DEVICE, LETTER, SURVEY
from ...models.sign_in import WayIn
from ..rules.access import Actor, Permission
from ..rules.second_factor import is_demanded, is_lacking
from ..settings import Settings
from .browser_words import browser_and_system
from .database import db, new_session, now, reach_for

TOKEN = "token"  # noqa: S105 - the name of a field  # nosec B105
ASK_THEMSELVES = frozenset({"api.sync"})
"""Endpoints that call `load_actor` when they need it: where many send at once, each question counts."""
BY_WHAT_IS_ASKED = {Permission.ANSWER_SURVEY: SURVEY, Permission.VERIFY_LETTER: LETTER}
"""Pages that need no account, and the rows that they are about (models/reached_rows.py)."""
SEEN_EVERY = timedelta(minutes=1)
"""How often the time of last use is written; a page view in between writes nothing."""


# Built once: every request asks it. The number in the frame comes with it, and costs no question of its own.
_UNREAD = (
    select(func.count())
    .select_from(Notice)
    .where(Notice.user_id == User.id, Notice.read_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)
_BY_TOKEN = (
    select(SignInSession, User, _UNREAD)
    .join(User, User.id == SignInSession.user_id)
    .where(SignInSession.token_hash == bindparam("token_hash"), User.disabled_at.is_(None))
)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def own_session() -> bytes | None:
    """The hash by which the session of this request is stored; None when there is none."""
    token = session.get(TOKEN)
    return _hash(token) if token else None


def settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])


def open_session(user: User, way: WayIn = WayIn.PASSWORD, opened_in: Session | None = None) -> None:
    """Sign `user` in with a fresh token; what the anonymous session held is dropped, but the language.

    `opened_in`: the transaction that keeps it, where it is not the request's own.
    """
    language = session.get("language")
    session.clear()
    g.pop("csrf_token", None)  # pages of this answer must carry the token of the new session
    token = secrets.token_urlsafe(32)
    session[TOKEN] = token
    if language:
        session["language"] = language
    browser, system = browser_and_system(request.user_agent)
    (opened_in or db()).add(
        SignInSession(
            token_hash=_hash(token),
            user_id=user.id,
            created_at=now(),
            last_seen_at=now(),
            proved_at=now(),
            way=way,
            browser=browser,
            system=system,
        )
    )


def prove_session(way: WayIn, kept_in: Session | None = None) -> None:
    """The person of this session has proved anew who they are."""
    mine = SignInSession.token_hash == own_session()
    (kept_in or db()).execute(update(SignInSession).where(mine).values(proved_at=now(), way=way))


def demands_second_factor(user: User) -> bool:
    rules = settings().sign_in
    return is_demanded(
        {item.role for item in user.roles},
        of_authority=rules.second_factor,
        of_providers=rules.second_factor_providers,
    )


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
    return row.revoked_at is None and _lasts(row.created_at, row.last_seen_at, at, limits)


def _lasts(since: datetime, last_seen_at: datetime, at: datetime, limits: Settings) -> bool:
    return at - last_seen_at < limits.session_idle and at - since < limits.session_absolute


def is_in_use(since: datetime, last_seen_at: datetime, at: datetime, limits: Settings) -> bool:
    """Does a session that is not revoked last, and need its time of last use not be written now?"""
    return at - last_seen_at <= SEEN_EVERY and _lasts(since, last_seen_at, at, limits)


def load_actor_first() -> None:
    """Before each request, but of those who look up device and person in one question of their own."""
    g.user = g.actor = g.proved_at = g.way = None
    g.lacks_second_factor = False
    g.unread = 0
    words = _words()
    reach_for(None, *words)
    if request.endpoint not in ASK_THEMSELVES:
        load_actor()
    if g.actor is not None:
        reach_for(g.actor, *words)


def _words() -> tuple[str, ...]:
    """What the address that is asked for reaches beside what whoever asks does."""
    if request.blueprint == "api":
        return (DEVICE,)
    view = current_app.view_functions.get(request.endpoint or "")
    permission: Permission | None = getattr(view, "permission", None)
    word = BY_WHAT_IS_ASKED.get(permission) if permission else None
    return (word,) if word else ()


def load_actor() -> None:
    """Set `g.user` and `g.actor` from a living session, or None.

    `g.unread` is how many notices the person has not read, `g.proved_at` when they last proved who they are
    and `g.way` how.
    """
    g.user = g.actor = g.proved_at = g.way = None
    g.lacks_second_factor = False
    g.unread = 0
    token = session.get(TOKEN)
    if not token:
        return
    found = db().execute(_BY_TOKEN, {"token_hash": _hash(token)}).first()
    if found is None:
        return
    row, user, g.unread = found
    g.last_user_id = user.id
    if not is_alive(row, now(), settings()):
        return
    g.user = user
    g.actor = actor_of(user)
    g.proved_at, g.way = row.proved_at, row.way
    g.lacks_second_factor = is_lacking(row.way, demands_second_factor(user))
    if now() - row.last_seen_at > SEEN_EVERY:
        _touch(row)


def actor_of(user: User) -> Actor:
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
        standing=user.standing,
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

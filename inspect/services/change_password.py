"""A person changes their own password, or chooses a first one; other sessions of theirs end."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import SignInSession, User
from ...models.vocabulary import N_
from ..errors import Invalid
from ..outside.passwords import fault_of_password, hash_password, password_is_right
from ..rules.access import Actor
from .record_event import record_event
from .sign_in import count_failure, refuse_if_too_many
from .tell_of_ways_in import tell_of_changed_ways


class WrongPassword(Invalid):
    """The old password is not right. The failure is counted: the transaction is to be committed."""


def change_password(
    db: Session,
    *,
    actor: Actor,
    old: str,
    new: str,
    keep_session: bytes | None,
    origin: str,
    secret_key: str,
    now: datetime,
) -> User:
    """Set a new password. `old` is not asked of whoever has none; `keep_session`: this (its token's hash).

    Raises SignInThrottled, WrongPassword (field `old`) after counting it, Invalid (field `new`).
    """
    user = db.get_one(User, actor.user_id)
    account = f"own password:{user.id}"
    refuse_if_too_many(db, account=account, origin=origin, secret_key=secret_key, now=now)
    if user.password_hash and not password_is_right(old, user.password_hash):
        count_failure(db, account=account, origin=origin, secret_key=secret_key, now=now)
        raise WrongPassword(N_("That is not your password. Check it and try again."), {"field": "old"})
    fault = fault_of_password(new, user.email)
    if fault:
        raise Invalid(fault, {"field": "new"})
    user.password_hash = hash_password(new)
    others = update(SignInSession).where(SignInSession.user_id == user.id, SignInSession.revoked_at.is_(None))
    if keep_session is not None:
        others = others.where(SignInSession.token_hash != keep_session)
    db.execute(others.values(revoked_at=now))
    record_event(db, EventKind.PASSWORD_CHANGED, actor=actor, now=now)
    tell_of_changed_ways(db, user.id, now=now)
    return user

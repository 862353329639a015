"""Sign a person in with e-mail and password, slowly for those who guess.

The throttle counts failures in a table, per account and per origin, as keyed hashes: after
`LIMIT` failures within `WINDOW` the answer is a time to wait, whether the account exists or not.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import SignInAttempt, User
from ...models.sign_in import Authenticator, WayIn
from ...models.vocabulary import N_
from ..errors import Invalid, NotPossibleNow
from ..outside.passwords import password_is_right
from ..rules.access import Actor
from .record_event import record_event

WINDOW = timedelta(minutes=15)
LIMIT_PER_ACCOUNT = 10
LIMIT_PER_ORIGIN = 50

WRONG = N_("The e-mail address or the password is not right. Check both and try again.")
CODE_TOO = N_("Write the code that your program shows now, too.")
WAIT = N_("Too many attempts. Wait %(minutes)s minutes and try again.")


_CONFIRMED = select(Authenticator.id).where(Authenticator.confirmed_at.is_not(None))


class SignInRefused(Invalid):
    """Wrong e-mail or password. The failure is recorded, so the transaction is to be committed."""


class CodeNeeded(Invalid):
    """The password is right, and the account has a second factor: nobody is signed in yet."""

    def __init__(self, user: User) -> None:
        super().__init__(CODE_TOO, {"field": "code"})
        self.user = user


class SignInThrottled(NotPossibleNow):
    """Too many failures lately."""


def sign_in(db: Session, *, email: str, password: str, origin: str, secret_key: str, now: datetime) -> User:
    """The user with this e-mail and password.

    Raises SignInThrottled or SignInRefused, both after recording what happened; and CodeNeeded where the
    account has a second factor (services/second_factor.py takes the next step).
    """
    user = check_password(db, email=email, password=password, origin=origin, secret_key=secret_key, now=now)
    if db.scalar(_CONFIRMED.where(Authenticator.user_id == user.id)):
        raise CodeNeeded(user)
    actor = Actor(user_id=user.id, name=user.name)
    record_event(db, EventKind.SIGNED_IN, actor=actor, now=now, way=WayIn.PASSWORD.value)
    return user


def check_password(
    db: Session, *, email: str, password: str, origin: str, secret_key: str, now: datetime
) -> User:
    """The user with this e-mail and password, who is not signed in by it. Raises as `sign_in` does."""
    address = email.strip().lower()
    refuse_if_too_many(db, account=address, origin=origin, secret_key=secret_key, now=now)
    user = db.scalar(select(User).where(User.email == email.strip().lower()))
    usable = user is not None and user.disabled_at is None
    stored = user.password_hash if user and usable else None
    if not password_is_right(password, stored or None) or user is None:  # empty: a passkey only
        count_failure(db, account=address, origin=origin, secret_key=secret_key, now=now)
        record_event(db, EventKind.SIGN_IN_FAILED, actor=None, now=now, why="wrong")
        raise SignInRefused(WRONG)
    forget_failures(db, account=address, secret_key=secret_key)
    return user


def refuse_if_too_many(db: Session, *, account: str, origin: str, secret_key: str, now: datetime) -> None:
    """Raises SignInThrottled after too many failures for this account, or from there."""
    db.execute(delete(SignInAttempt).where(SignInAttempt.at < now - WINDOW))
    if (
        is_stopped(db, account=account, secret_key=secret_key)
        or _failures(db, SignInAttempt.origin_hash == _keyed(secret_key, "origin", origin))
        >= LIMIT_PER_ORIGIN
    ):
        raise SignInThrottled(WAIT, {"minutes": int(WINDOW.total_seconds() // 60)})


def is_stopped(db: Session, *, account: str, secret_key: str) -> bool:
    """Have there been so many failures for this account that no more attempts are taken for a while?"""
    of_account = SignInAttempt.account_hash == _keyed(secret_key, "account", account)
    return _failures(db, of_account) >= LIMIT_PER_ACCOUNT


def count_failure(db: Session, *, account: str, origin: str, secret_key: str, now: datetime) -> None:
    """Remember a failure, by keyed hashes; the transaction is to be committed."""
    hashes = {"account_hash": ("account", account), "origin_hash": ("origin", origin)}
    db.add(SignInAttempt(at=now, **{name: _keyed(secret_key, *of) for name, of in hashes.items()}))


def forget_failures(db: Session, *, account: str, secret_key: str) -> None:
    db.execute(
        delete(SignInAttempt).where(SignInAttempt.account_hash == _keyed(secret_key, "account", account))
    )


def _failures(db: Session, condition: object) -> int:
    return db.scalar(select(func.count()).select_from(SignInAttempt).where(condition)) or 0  # type: ignore[arg-type]


def _keyed(secret_key: str, what: str, value: str) -> bytes:
    return hmac.new(secret_key.encode(), f"{what}:{value}".encode(), hashlib.sha256).digest()

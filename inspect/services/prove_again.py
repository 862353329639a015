"""Somebody who is signed in proves anew who they are, before a step that binds or lets out."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.sign_in import WayIn
from ..outside.passkeys import Site
from ..rules.access import Actor
from .record_event import record_event
from .second_factor import check_code, needs_code
from .sign_in import SignInRefused, check_password
from .sign_in_with_passkey import WRONG_KEY, check_passkey


def prove_with_password(
    db: Session, *, user: User, password: str, code: str, origin: str, secret_key: str, now: datetime
) -> WayIn:
    """With the password, and the second factor where the account has one.

    Raises SignInThrottled, or SignInRefused after counting it: the transaction is to be committed.
    """
    check_password(db, email=user.email, password=password, origin=origin, secret_key=secret_key, now=now)
    way = WayIn.PASSWORD
    if needs_code(db, user.id):
        way = check_code(db, user=user, typed=code, origin=origin, secret_key=secret_key, now=now)
    _note(db, user, way, now)
    return way


def prove_with_passkey(
    db: Session, *, user: User, site: Site, challenge_id: str, answer: str, origin: str, secret_key: str,
    now: datetime,
) -> WayIn:  # fmt: skip
    """With a passkey of theirs; somebody else's is no proof. Raises as `prove_with_password`."""
    whose = check_passkey(
        db, site=site, challenge_id=challenge_id, answer=answer, origin=origin, secret_key=secret_key, now=now
    )
    if whose.id != user.id:
        raise SignInRefused(WRONG_KEY)
    _note(db, user, WayIn.PASSKEY, now)
    return WayIn.PASSKEY


def _note(db: Session, user: User, way: WayIn, now: datetime) -> None:
    actor = Actor(user_id=user.id, name=user.name)
    record_event(db, EventKind.PROVED_AGAIN, actor=actor, now=now, way=way.value)
    db.flush()

"""Sign a person in with a passkey: the device says which key it has, and signs what it is asked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.sign_in import WayIn
from ...models.vocabulary import N_
from ...models.ways_in import Passkey
from ..errors import Invalid
from ..outside.passkeys import PasskeyRefused, Site, check_signed, credential_id_of
from ..rules.access import Actor
from .keep_passkey import take_challenge
from .record_event import record_event
from .sign_in import SignInRefused, count_failure, refuse_if_too_many

WRONG_KEY = N_("That passkey does not open an account here. Try another, or sign in with your password.")


def sign_in_with_passkey(
    db: Session,
    *,
    site: Site,
    challenge_id: str,
    answer: str,
    origin: str,
    secret_key: str,
    now: datetime,
) -> User:
    """The user whose key signed the question. Raises SignInThrottled, or SignInRefused after counting it."""
    user = check_passkey(
        db, site=site, challenge_id=challenge_id, answer=answer, origin=origin, secret_key=secret_key, now=now
    )
    actor = Actor(user_id=user.id, name=user.name)
    record_event(db, EventKind.SIGNED_IN, actor=actor, now=now, way=WayIn.PASSKEY.value)
    return user


def check_passkey(
    db: Session,
    *,
    site: Site,
    challenge_id: str,
    answer: str,
    origin: str,
    secret_key: str,
    now: datetime,
) -> User:
    """The user whose key signed, who is not signed in by it. Raises as `sign_in_with_passkey`."""
    refuse_if_too_many(db, account="passkey", origin=origin, secret_key=secret_key, now=now)
    try:
        challenge = take_challenge(db, challenge_id=challenge_id, now=now)
        passkey = db.scalar(select(Passkey).where(Passkey.credential_id == credential_id_of(answer)))
        user = db.get(User, passkey.user_id) if passkey else None
        if passkey is None or user is None or user.disabled_at is not None:
            raise PasskeyRefused("unknown")
        passkey.sign_count = check_signed(site, challenge, answer, passkey.public_key, passkey.sign_count)
    except (PasskeyRefused, Invalid) as fault:
        count_failure(db, account=f"passkey:{origin}", origin=origin, secret_key=secret_key, now=now)
        record_event(db, EventKind.SIGN_IN_FAILED, actor=None, now=now, why="wrong")
        raise SignInRefused(fault.reason if isinstance(fault, Invalid) else WRONG_KEY) from fault
    passkey.last_used_at = now
    return user

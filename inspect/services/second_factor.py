"""The second factor beside a password: six digits from one's own program, or a code from paper, once."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.sign_in import Authenticator, RecoveryCode, WayIn
from ...models.vocabulary import N_
from ..errors import NotPossibleNow
from ..outside.one_time_codes import DIGITS, new_secret, step_of_code
from ..rules.access import Actor
from ..rules.invitation_codes import new_invitation_code, read_invitation_code
from .record_event import record_event
from .sign_in import SignInRefused, count_failure, forget_failures, is_stopped, refuse_if_too_many
from .tell_of_ways_in import tell_of_changed_ways, tell_of_guessed_codes

CODES_ON_PAPER = 10
WRONG_CODE = N_(
    "That code is not right, or has been used. Wait for the next one in your program, or take one from paper."
)


def authenticator_of(db: Session, user_id: UUID) -> Authenticator | None:
    """The person's program; only when `confirmed_at` is set does it count."""
    return db.scalar(select(Authenticator).where(Authenticator.user_id == user_id))


def needs_code(db: Session, user_id: UUID) -> bool:
    """Is a password alone not enough for this account?"""
    found = authenticator_of(db, user_id)
    return found is not None and found.confirmed_at is not None


def begin_authenticator(db: Session, *, actor: Actor, now: datetime) -> Authenticator:
    """A new secret to be taken into the person's program; one that was never confirmed gives way to it.

    Raises NotPossibleNow when there is one in use.
    """
    found = authenticator_of(db, actor.user_id)
    if found is not None and found.confirmed_at is not None:
        raise NotPossibleNow(N_("You have a program for codes already. Take it away before you add another."))
    if found is None:
        found = Authenticator(user_id=actor.user_id, made_at=now)
        db.add(found)
        db.flush()
    found.secret, found.made_at = new_secret(), now
    db.flush()
    return found


def confirm_authenticator(
    db: Session, *, actor: Actor, typed: str, origin: str, secret_key: str, now: datetime
) -> list[str]:
    """The program shows the right code, and counts from now on. Gives the codes for paper, to be shown once.

    Raises NotPossibleNow (none begun), SignInThrottled, SignInRefused after counting.
    """
    found = authenticator_of(db, actor.user_id)
    if found is None or found.confirmed_at is not None:
        raise NotPossibleNow(N_("Begin anew: the page is old."))
    account = f"code:{actor.user_id}"
    refuse_if_too_many(db, account=account, origin=origin, secret_key=secret_key, now=now)
    step = step_of_code(found.secret, _digits(typed), now)
    if step is None:
        count_failure(db, account=account, origin=origin, secret_key=secret_key, now=now)
        raise SignInRefused(WRONG_CODE, {"field": "code"})
    found.confirmed_at, found.last_step = now, step
    record_event(db, EventKind.SECOND_FACTOR_ADDED, actor=actor, now=now)
    return make_recovery_codes(db, actor=actor, secret_key=secret_key, now=now)


def make_recovery_codes(db: Session, *, actor: Actor, secret_key: str, now: datetime) -> list[str]:
    """New codes for paper, shown once; the old ones no longer work."""
    db.execute(delete(RecoveryCode).where(RecoveryCode.user_id == actor.user_id))
    codes = [new_invitation_code(secrets.choice) for _ in range(CODES_ON_PAPER)]
    for code in codes:
        db.add(
            RecoveryCode(
                user_id=actor.user_id, code_hash=_keyed(secret_key, actor.user_id, code), made_at=now
            )
        )
    record_event(db, EventKind.RECOVERY_CODES_MADE, actor=actor, now=now, number=len(codes))
    tell_of_changed_ways(db, actor.user_id, now=now)
    db.flush()
    return codes


def codes_left(db: Session, user_id: UUID) -> int:
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.scalar(unused) or 0


def remove_authenticator(db: Session, *, actor: Actor, required: bool, now: datetime) -> None:
    """Take the program away, and the codes on paper with it.

    Raises NotPossibleNow when there is none, or when one is demanded of the person.
    """
    found = authenticator_of(db, actor.user_id)
    if found is None or found.confirmed_at is None:
        raise NotPossibleNow(N_("You have no program for codes."))
    if required:
        raise NotPossibleNow(N_("A second factor is demanded of you. Ask for the way back if yours is lost."))
    db.execute(delete(RecoveryCode).where(RecoveryCode.user_id == actor.user_id))
    db.delete(found)
    record_event(db, EventKind.SECOND_FACTOR_REMOVED, actor=actor, now=now)
    tell_of_changed_ways(db, actor.user_id, now=now)
    db.flush()


def sign_in_with_code(
    db: Session, *, user_id: UUID, typed: str, origin: str, secret_key: str, now: datetime
) -> tuple[User, WayIn]:
    """The second step, of whoever has given the right password. Raises as `check_code` does."""
    user = db.get(User, user_id)
    if user is None or user.disabled_at is not None:
        raise SignInRefused(WRONG_CODE, {"field": "code"})
    way = check_code(db, user=user, typed=typed, origin=origin, secret_key=secret_key, now=now)
    actor = Actor(user_id=user.id, name=user.name)
    record_event(db, EventKind.SIGNED_IN, actor=actor, now=now, way=way.value)
    return user, way


def check_code(db: Session, *, user: User, typed: str, origin: str, secret_key: str, now: datetime) -> WayIn:
    """Which kind of code this is, used up with the question. Works for no moment twice.

    Raises SignInThrottled, or SignInRefused (field `code`) after counting it; that is to be committed.
    """
    account = f"code:{user.id}"
    refuse_if_too_many(db, account=account, origin=origin, secret_key=secret_key, now=now)
    way = _use_digits(db, user.id, typed, now) or _use_paper(db, user.id, typed, secret_key, now)
    if way is None:
        count_failure(db, account=account, origin=origin, secret_key=secret_key, now=now)
        record_event(db, EventKind.SIGN_IN_FAILED, actor=None, now=now, why="code")
        if is_stopped(db, account=account, secret_key=secret_key):
            tell_of_guessed_codes(db, user.id, now=now)
        raise SignInRefused(WRONG_CODE, {"field": "code"})
    forget_failures(db, account=account, secret_key=secret_key)
    return way


def _use_digits(db: Session, user_id: UUID, typed: str, now: datetime) -> WayIn | None:
    found, digits = authenticator_of(db, user_id), _digits(typed)
    if found is None or found.confirmed_at is None or len(digits) != DIGITS:
        return None
    step = step_of_code(found.secret, digits, now)
    if step is None:
        return None
    newer = or_(Authenticator.last_step.is_(None), Authenticator.last_step < step)
    used = db.execute(update(Authenticator).where(Authenticator.id == found.id, newer).values(last_step=step))
    return WayIn.CODE if used.rowcount == 1 else None  # type: ignore[attr-defined]


def _use_paper(db: Session, user_id: UUID, typed: str, secret_key: str, now: datetime) -> WayIn | None:
    hashed = _keyed(secret_key, user_id, read_invitation_code(typed))
    used = db.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == hashed,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return WayIn.RECOVERY_CODE if used.rowcount == 1 else None  # type: ignore[attr-defined]


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed[:40] if sign in "0123456789")


def _keyed(secret_key: str, user_id: UUID, code: str) -> bytes:
    said = f"recovery code:{user_id}:{code}".encode()
    return hmac.new(secret_key.encode(), said, hashlib.sha256).digest()

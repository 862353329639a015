"""The way back into an account whose ways in are lost: one begins, another confirms, the person has a code.

Each of the two is shown half of the code, once. Neither can open the account with theirs; the person needs
both. When it is confirmed, all that opened the account is taken away: password, passkeys, second factor,
sessions, and the tie to the identity provider. The code works once, for a day, and nothing else does.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import SignInSession, User, UserRole
from ...models.sign_in import Authenticator, IdentityLink, Recovery, RecoveryCode
from ...models.vocabulary import N_, Role
from ...models.ways_in import Passkey
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.passwords import fault_of_password, hash_password
from ..rules.access import Actor, Permission, may
from ..rules.recovery import HALF, WORKS_FOR, WayBack, new_half, read_code, way_back
from .record_event import record_event
from .sign_in import count_failure, refuse_if_too_many
from .tell_of_ways_in import tell_of_changed_ways

CONFIRM_WITHIN = timedelta(days=7)
REFUSED = N_(
    "The address and the code do not belong together, or the code has been used or is too old."
    " Ask those who gave it to you."
)


class RecoveryRefused(Invalid):
    """The code does not work for this address. The failure is counted: the transaction is to be committed."""


def begin_recovery(
    db: Session, *, actor: Actor, user_id: UUID, secret_key: str, now: datetime
) -> tuple[Recovery, str]:
    """An administrator begins, and is given the first half of the code. Nothing changes for the account yet.

    Raises NotAllowed, NotFound, Invalid (one's own account), NotPossibleNow (begun already).
    """
    if not may(actor, Permission.MANAGE_USERS):
        raise NotAllowed(N_("An administrator begins the way back into an account."))
    user = db.get(User, user_id)
    if user is None:
        raise NotFound(N_("There is no such account."))
    if user.disabled_at is not None:
        raise NotPossibleNow(N_("The account is closed."))
    if user_id == actor.user_id:
        raise Invalid(N_("Nobody opens the way back into their own account. Ask another administrator."))
    if waiting_recovery(db, user_id, now) is not None:
        raise NotPossibleNow(N_("It is begun already, and waits for another person to confirm it."))
    half = new_half(secrets.choice)
    made = Recovery(
        user_id=user_id, begun_by_id=actor.user_id, begun_at=now,
        first_hash=_keyed(secret_key, user_id, "first", half),
    )  # fmt: skip
    db.add(made)
    db.flush()
    record_event(db, EventKind.RECOVERY_BEGUN, actor=actor, now=now, user=user_id, recovery=made.id)
    return made, half


def way_back_here(db: Session) -> WayBack:
    """For whom the open accounts of this installation have a way back, as they are now."""

    def with_role(role: Role) -> frozenset[UUID]:
        having = select(UserRole.user_id).join(User).where(UserRole.role == role, User.disabled_at.is_(None))
        return frozenset(db.scalars(having))

    return way_back(with_role(Role.ADMINISTRATOR), with_role(Role.SUPERVISOR))


def confirm_recovery(
    db: Session, *, actor: Actor, recovery_id: UUID, secret_key: str, now: datetime
) -> tuple[Recovery, str]:
    """Another person confirms, and is given the second half. All ways into the account end here.

    Raises NotAllowed (not of those who confirm, the one who began, the person themselves), NotFound.
    """
    if not may(actor, Permission.CONFIRM_RECOVERY):
        raise NotAllowed(N_("Administrators and supervisors confirm the way back into an account."))
    found = _waiting(db, recovery_id, now)
    if actor.user_id in (found.begun_by_id, found.user_id):
        raise NotAllowed(N_("Another person than the one who began confirms, and not the one it is for."))
    half = new_half(secrets.choice)
    found.confirmed_by_id, found.confirmed_at, found.expires_at = actor.user_id, now, now + WORKS_FOR
    found.second_hash = _keyed(secret_key, found.user_id, "second", half)
    _take_away_all_ways_in(db, found.user_id, now)
    tell_of_changed_ways(db, found.user_id, now=now)
    record_event(
        db, EventKind.RECOVERY_CONFIRMED, actor=actor, now=now, user=found.user_id, recovery=found.id
    )
    db.flush()
    return found, half


def withdraw_recovery(db: Session, *, actor: Actor, recovery_id: UUID, now: datetime) -> Recovery:
    """Stop one that waits for confirmation. Raises NotAllowed, NotFound."""
    if not may(actor, Permission.CONFIRM_RECOVERY):
        raise NotAllowed(N_("Administrators and supervisors confirm the way back into an account."))
    found = _waiting(db, recovery_id, now)
    found.withdrawn_at = now
    record_event(
        db, EventKind.RECOVERY_WITHDRAWN, actor=actor, now=now, user=found.user_id, recovery=found.id
    )
    return found


def use_recovery(
    db: Session, *, email: str, code: str, password: str, origin: str, secret_key: str, now: datetime
) -> User:
    """The person opens their account again with both halves, and chooses a password.

    Raises RecoveryRefused after counting it, SignInThrottled, Invalid (`password`; the code still works).
    """
    address = email.strip().lower()
    account = f"recovery:{address}"
    refuse_if_too_many(db, account=account, origin=origin, secret_key=secret_key, now=now)
    user = db.scalar(select(User).where(User.email == address, User.disabled_at.is_(None)))
    found = _open_for(db, user, read_code(code), secret_key, now)
    if user is None or found is None:
        count_failure(db, account=account, origin=origin, secret_key=secret_key, now=now)
        record_event(db, EventKind.RECOVERY_REFUSED, actor=None, now=now)
        raise RecoveryRefused(REFUSED, {"field": "code"})
    fault = fault_of_password(password, user.email)
    if fault:
        raise Invalid(fault, {"field": "password"})
    used = db.execute(
        update(Recovery).where(Recovery.id == found.id, Recovery.used_at.is_(None)).values(used_at=now)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # used by somebody else between the two questions
        raise RecoveryRefused(REFUSED, {"field": "code"})
    user.password_hash = hash_password(password)
    actor = Actor(user_id=user.id, name=user.name)
    record_event(db, EventKind.RECOVERY_USED, actor=actor, now=now, user=user.id, recovery=found.id)
    tell_of_changed_ways(db, user.id, now=now)
    return user


def waiting_recovery(db: Session, user_id: UUID, now: datetime) -> Recovery | None:
    """The one of this account that waits to be confirmed."""
    return db.scalar(_that_wait(now).where(Recovery.user_id == user_id))


def list_waiting(db: Session, now: datetime) -> Sequence[tuple[Recovery, User, User]]:
    """Those that wait to be confirmed, each with whose it is and who began it."""
    found = db.scalars(_that_wait(now).order_by(Recovery.begun_at)).all()
    return [(one, db.get_one(User, one.user_id), db.get_one(User, one.begun_by_id)) for one in found]


def _that_wait(now: datetime) -> Select[Any]:
    open_ones = Recovery.confirmed_at.is_(None), Recovery.withdrawn_at.is_(None)
    return select(Recovery).where(*open_ones, Recovery.begun_at > now - CONFIRM_WITHIN)


def _waiting(db: Session, recovery_id: UUID, now: datetime) -> Recovery:
    found: Recovery | None = db.scalar(_that_wait(now).where(Recovery.id == recovery_id))
    if found is None:
        raise NotFound(N_("It is confirmed or stopped already, or it was begun too long ago."))
    return found


def _open_for(db: Session, user: User | None, code: str, secret_key: str, now: datetime) -> Recovery | None:
    """The recovery that both halves open; the same work is done where there is no such account."""
    user_id = user.id if user else UUID(int=0)
    found = db.scalar(
        select(Recovery)
        .where(Recovery.user_id == user_id, Recovery.confirmed_at.is_not(None), Recovery.used_at.is_(None))
        .where(Recovery.withdrawn_at.is_(None), Recovery.expires_at > now)
        .order_by(Recovery.confirmed_at.desc())
        .limit(1)
    )
    halves = (("first", code[:HALF]), ("second", code[HALF:]))
    first, second = (_keyed(secret_key, user_id, which, half) for which, half in halves)
    is_right = hmac.compare_digest(first, found.first_hash if found else bytes(32))
    is_right &= hmac.compare_digest(second, (found.second_hash if found else None) or bytes(32))
    return found if is_right else None


def _take_away_all_ways_in(db: Session, user_id: UUID, now: datetime) -> None:
    db.get_one(User, user_id).password_hash = ""  # empty: nothing opens it  # nosec B105
    for of in (Passkey, Authenticator, RecoveryCode):
        db.execute(delete(of).where(of.user_id == user_id))
    untied = update(IdentityLink).where(IdentityLink.user_id == user_id)
    db.execute(untied.values(subject=None, linked_at=None))
    open_ones = update(SignInSession).where(
        SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None)
    )
    db.execute(open_ones.values(revoked_at=now))
    earlier = update(Recovery).where(
        Recovery.user_id == user_id, Recovery.used_at.is_(None), Recovery.confirmed_at < now
    )
    db.execute(earlier.values(withdrawn_at=now))


def _keyed(secret_key: str, user_id: UUID, which: str, half: str) -> bytes:
    said = f"recovery:{which}:{user_id}:{half}".encode()
    return hmac.new(secret_key.encode(), said, hashlib.sha256).digest()

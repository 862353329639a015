"""Whoever holds the code of an invitation, and the address it was made for, gets an account with it.

A code that is unknown, used, taken back, too old, or made for another address is refused in the same words,
after the same questions to the database. Failures are counted per address and origin, as at sign-in.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User, UserRole
from ...models.register import Home, Provider
from ...models.vocabulary import N_, Role, Standing
from ...models.ways_in import Invitation
from ..errors import Conflict, Invalid
from ..outside.passkeys import NewPasskey
from ..outside.passwords import fault_of_password, hash_password
from ..rules.access import Actor
from ..rules.invitation_codes import read_invitation_code
from .invite_provider import LONGEST_NAME, invitation_hash
from .keep_passkey import keep_passkey
from .record_event import record_event
from .sign_in import count_failure, refuse_if_too_many

REFUSED = N_(
    "The address and the code do not belong together, or the code has been used or is too old."
    " Look at the letter and try again, or call us."
)


class InvitationRefused(Invalid):
    """The code does not work for this address. The failure is counted: the transaction is to be committed."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited to what: shown to whoever has the code, before the account is made."""

    name: str
    email: str
    standing: Standing
    provider: str
    home: str


def check_invitation(
    db: Session, *, email: str, code: str, origin: str, secret_key: str, now: datetime
) -> Invited:
    """What the code is for; using it is `accept_invitation`'s. Raises InvitationRefused, SignInThrottled."""
    found = _usable(db, email, code, origin, secret_key, now)
    provider = db.get_one(Provider, found.provider_id)
    home = db.get(Home, found.home_id) if found.home_id else None
    return Invited(found.name, found.email, found.standing, provider.name, home.name if home else "")


def accept_invitation(
    db: Session,
    *,
    email: str,
    code: str,
    name: str,
    password: str = "",
    passkey: NewPasskey | None = None,
    language: str = "sv",
    origin: str,
    secret_key: str,
    now: datetime,
) -> User:
    """Use the code once, and make the account, with a password or a passkey or both.

    Raises InvitationRefused, SignInThrottled, Invalid (name, password; the code still works then), Conflict
    (the address has got an account in the meantime).
    """
    invitation = _usable(db, email, code, origin, secret_key, now)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Invalid(N_("Write your name."), {"field": "name"})
    if password or passkey is None:
        fault = fault_of_password(password, invitation.email)
        if fault:
            raise Invalid(fault, {"field": "password"})
    if db.scalar(select(User.id).where(User.email == invitation.email)):
        raise Conflict(N_("There is already an account with that e-mail address."), {"field": "name"})
    manages = invitation.standing is Standing.MANAGER
    user = User(
        email=invitation.email,
        name=name.strip(),
        password_hash=hash_password(password) if password else "",
        language=language,
        provider_id=invitation.provider_id,
        home_id=invitation.home_id,
        standing=invitation.standing,
        created_at=now,
        roles=[UserRole(role=role) for role in ((Role.HOME_MANAGER,) if manages else ()) + (Role.PROVIDER,)],
    )
    db.add(user)
    db.flush()
    used = db.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(used_at=now, used_by_id=user.id)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # somebody else used it between the two questions
        raise InvitationRefused(REFUSED, {"field": "code"})
    actor = Actor(user_id=user.id, name=user.name)
    record_event(
        db, EventKind.INVITATION_USED, actor=actor, now=now, invitation=invitation.id, user=user.id,
        standing=invitation.standing.value,
    )  # fmt: skip
    if passkey is not None:
        keep_passkey(db, actor=actor, passkey=passkey, now=now)
    return user


def _usable(db: Session, email: str, code: str, origin: str, secret_key: str, now: datetime) -> Invitation:
    address = email.strip().lower()
    refuse_if_too_many(db, account=f"invitation:{address}", origin=origin, secret_key=secret_key, now=now)
    hashed = invitation_hash(secret_key, read_invitation_code(code))
    found = db.scalar(select(Invitation).where(Invitation.code_hash == hashed))
    is_theirs = hmac.compare_digest((found.email if found else "").encode(), address.encode())
    is_open = (
        found is not None and found.used_at is None and found.revoked_at is None and found.expires_at > now
    )
    if found is None or not is_theirs or not is_open:
        count_failure(db, account=f"invitation:{address}", origin=origin, secret_key=secret_key, now=now)
        record_event(db, EventKind.INVITATION_REFUSED, actor=None, now=now)
        raise InvitationRefused(REFUSED, {"field": "code"})
    return found

"""Accounts: add, list, disable. Whoever does this sees no case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.people import SignInSession, User, UserRole
from ...models.register import Home, Provider
from ...models.vocabulary import N_, EventKind, Role
from ..errors import Conflict, Invalid, NotFound
from ..outside.passwords import fault_of_password, hash_password
from ..rules.access import Actor
from .record_event import record_event

OUTSIDE = {Role.PROVIDER, Role.HOME_MANAGER}


def add_user(
    db: Session,
    *,
    actor: Actor | None,
    email: str,
    name: str,
    password: str,
    roles: Sequence[Role],
    now: datetime,
    provider: Provider | None = None,
    home: Home | None = None,
    language: str = "sv",
) -> User:
    """A new account. `actor` is None when it is made from the command line.

    Raises Invalid (address, password, roles) or Conflict (the address is taken).
    """
    email = email.strip().lower()
    if "@" not in email[1:-1] or len(email) > 254:
        raise Invalid(N_("Write an e-mail address, for example name@example.se."), {"field": "email"})
    fault = fault_of_password(password, email)
    if fault:
        raise Invalid(fault, {"field": "password"})
    _check_roles(roles, provider, home)
    if db.scalar(select(User.id).where(User.email == email)):
        raise Conflict(N_("There is already an account with that e-mail address."), {"field": "email"})
    user = User(
        email=email,
        name=name.strip(),
        password_hash=hash_password(password),
        language=language,
        provider_id=provider.id if provider else None,
        home_id=home.id if home else None,
        created_at=now,
        roles=[UserRole(role=role) for role in sorted(set(roles))],
    )
    db.add(user)
    db.flush()
    named = ",".join(sorted(role.value for role in roles))
    record_event(db, EventKind.USER_ADDED, actor=actor, now=now, user=user.id, roles=named)
    return user


def _check_roles(roles: Sequence[Role], provider: Provider | None, home: Home | None) -> None:
    if not roles:
        raise Invalid(N_("Choose at least one role."), {"field": "roles"})
    if OUTSIDE & set(roles) and set(roles) - OUTSIDE:
        raise Invalid(
            N_("One account cannot belong both to the authority and to a provider."), {"field": "roles"}
        )
    if Role.PROVIDER in roles and provider is None:
        raise Invalid(N_("Say which provider the account belongs to."), {"field": "provider"})
    if Role.HOME_MANAGER in roles and home is None:
        raise Invalid(N_("Say which home the account belongs to."), {"field": "home"})


def list_users(db: Session) -> Sequence[User]:
    return db.scalars(select(User).order_by(User.name, User.email)).all()


def disable_user(db: Session, *, actor: Actor | None, user_id: UUID, now: datetime) -> User:
    """Close an account and end its sessions at once. Disabling twice changes nothing."""
    user = db.get(User, user_id)
    if user is None:
        raise NotFound(N_("There is no such account."))
    if actor is not None and actor.user_id == user_id:
        raise Invalid(N_("You cannot disable your own account. Ask another administrator."))
    if user.disabled_at is None:
        user.disabled_at = now
        db.execute(
            update(SignInSession)
            .where(SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        record_event(db, EventKind.USER_DISABLED, actor=actor, now=now, user=user_id)
    return user

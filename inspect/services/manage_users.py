"""Accounts: add, list, disable. Whoever does this sees no case."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import SignInSession, User, UserRole
from ...models.reached_rows import LEAVING
from ...models.register import Home, Provider
from ...models.search_keys import search_key
from ...models.vocabulary import N_, Role, Standing
from ..errors import Conflict, Invalid, NotFound
from ..outside.passwords import fault_of_password, hash_password
from ..outside.reach import reaching_also
from ..rules.access import Actor
from ..rules.given_by_two import BY_TWO
from .give_roles import ask_for_roles
from .leave_cases import leave_cases
from .long_lists import Column, Order, Paged, count_of, cut, number_of, sorted_by
from .record_event import record_event

OUTSIDE = {Role.PROVIDER, Role.HOME_MANAGER}
SORTED: dict[str, tuple[Column, ...]] = {
    "name": (User.search_key,),
    "email": (User.email,),
    "since": (User.created_at,),
}
BY_NAME = Order("name")


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
    standing: Standing | None = None,
    language: str = "sv",
) -> User:
    """A new account. `actor` is None when it is made from the command line, and then it has its roles at
    once; otherwise those of rules/given_by_two.py wait for a second person.

    At a provider it is of somebody who is responsible for the answers, unless `standing` says otherwise.

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
    wait = frozenset(BY_TWO & set(roles)) if actor is not None else frozenset()
    given = sorted(set(roles) - wait)
    user = User(
        email=email,
        name=name.strip(),
        password_hash=hash_password(password),
        language=language,
        standing=standing or (Standing.OWNER if Role.PROVIDER in roles else None),
        provider_id=provider.id if provider else None,
        home_id=home.id if home else None,
        created_at=now,
        roles=[UserRole(role=role) for role in given],
    )
    db.add(user)
    db.flush()
    named = ",".join(role.value for role in given)
    record_event(db, EventKind.USER_ADDED, actor=actor, now=now, user=user.id, roles=named)
    if actor is not None and wait:
        ask_for_roles(db, actor=actor, user=user, roles=wait, now=now)
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


def search_users(
    db: Session, *, text: str = "", role: Role | None = None, order: Order = BY_NAME, page: int = 1
) -> Paged[User]:
    """Accounts whose name or address holds every word of `text`, closed ones too."""
    chosen = select(User)
    if role is not None:
        chosen = chosen.where(User.id.in_(select(UserRole.user_id).where(UserRole.role == role)))
    for word in search_key(text).split():
        chosen = chosen.where(User.search_key.contains(word, autoescape=True))
    total = count_of(db, chosen)
    number = number_of(page, total)
    rows = db.scalars(cut(chosen.order_by(*sorted_by(order, SORTED, User.id)), number)).all()
    return Paged(tuple(rows), total, number)


def whose_account(db: Session, provider: str, home: str) -> tuple[Provider | None, Home | None]:
    """The provider with this organisation number, and the home with this name; of the provider where both
    are said. None for what is left empty. Raises Invalid at `provider` or `home`.
    """
    found = None
    if provider.strip():
        digits = re.sub(r"\D", "", provider)
        found = db.scalar(
            select(Provider).where(Provider.organisation_number == f"{digits[:6]}-{digits[6:]}")
        )
        if found is None:
            raise Invalid(
                N_("No provider in the register has this organisation number."), {"field": "provider"}
            )
    if not home.strip():
        return found, None
    chosen = select(Home).where(func.lower(Home.name) == home.strip().lower())
    if found is not None:
        chosen = chosen.where(Home.provider_id == found.id)
    homes = db.scalars(chosen.limit(2)).all()
    if not homes:
        raise Invalid(
            N_("No home in the register has this name. Write it as it stands there."), {"field": "home"}
        )
    if len(homes) > 1:
        raise Invalid(
            N_("Several homes have this name. Write the organisation number of the provider too."),
            {"field": "home"},
        )
    return found, homes[0]


def list_users(db: Session) -> Sequence[User]:
    return db.scalars(select(User).order_by(User.name, User.email)).all()


def disable_user(db: Session, *, actor: Actor | None, user_id: UUID, now: datetime) -> User:
    """Close an account and end its sessions at once. Disabling twice changes nothing.

    What the person led or decided in needs staff then (services/leave_cases.py).
    """
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
        with reaching_also(db, LEAVING):  # whoever manages accounts sees no case
            leave_cases(db, actor=actor, user_id=user_id, now=now)
    return user

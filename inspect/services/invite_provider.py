"""Invite somebody at a provider to have an account: by the authority, or by who is responsible there.

The code goes on paper or by mouth and is shown once; the mail says only that there is an invitation. Whoever
has one of the two has not got in.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.register import Home, Provider
from ...models.search_keys import search_key
from ...models.vocabulary import N_, Standing
from ...models.ways_in import Invitation
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.invitation_codes import DAYS, new_invitation_code
from .long_lists import Paged, number_of, page_of
from .record_event import record_event
from .tell import invite_by_mail

MOST_OPEN = 30
"""Invitations that wait at one provider."""

ACCOUNTS_A_PAGE = 20

NO_PROVIDER = N_("There is no such provider, or it is not yours to invite to.")
LONGEST_NAME = 200


def invitation_hash(secret_key: str, code: str) -> bytes:
    """What is kept of a code: keyed, so that the table alone does not tell which codes there are."""
    return hmac.new(secret_key.encode(), f"invitation:{code}".encode(), hashlib.sha256).digest()


def invite_provider(
    db: Session,
    *,
    actor: Actor,
    provider_id: UUID,
    standing: Standing,
    name: str,
    email: str,
    home_id: UUID | None = None,
    secret_key: str,
    now: datetime,
) -> tuple[Invitation, str]:
    """A new invitation, and its code this once; an earlier one to the same address no longer works.

    Raises NotFound (another's provider, or its home), NotPossibleNow (too many wait), Conflict (there is an
    account), Invalid (name, address, or a manager without a home).
    """
    provider = _provider(db, actor, provider_id)
    address = email.strip().lower()
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Invalid(N_("Write the person's name."), {"field": "name"})
    if "@" not in address[1:-1] or len(address) > 254:
        raise Invalid(N_("Write an e-mail address, for example name@example.se."), {"field": "email"})
    if standing is Standing.MANAGER and home_id is None:
        raise Invalid(N_("Say which home the account belongs to."), {"field": "home"})
    if home_id is not None and home_id not in {home.id for home in provider.homes}:
        raise NotFound(NO_PROVIDER)
    if db.scalar(select(User.id).where(User.email == address)):
        raise Conflict(N_("There is already an account with that e-mail address."), {"field": "email"})
    waiting = open_invitations(db, provider.id, now)
    for earlier in waiting:
        if earlier.email == address:
            earlier.revoked_at = now
    if len(waiting) >= MOST_OPEN:
        raise NotPossibleNow(N_("Many invitations wait already. Take back those that are not needed."))
    code = new_invitation_code(secrets.choice)
    invitation = Invitation(
        provider_id=provider.id,
        home_id=None if standing is Standing.OWNER else home_id,
        standing=standing,
        email=address,
        name=name.strip(),
        code_hash=invitation_hash(secret_key, code),
        made_at=now,
        made_by_id=actor.user_id,
        expires_at=now + timedelta(days=DAYS),
    )
    db.add(invitation)
    db.flush()
    record_event(
        db, EventKind.INVITATION_MADE, actor=actor, now=now, invitation=invitation.id, standing=standing.value
    )
    invite_by_mail(db, invitation=invitation.id, now=now)
    return invitation, code


def open_invitations(db: Session, provider_id: UUID, now: datetime) -> Sequence[Invitation]:
    """Those that can still be used, the oldest first."""
    return db.scalars(
        select(Invitation)
        .where(
            Invitation.provider_id == provider_id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id)
    ).all()


def take_back_invitation(
    db: Session, *, actor: Actor, provider_id: UUID, invitation_id: UUID, now: datetime
) -> None:
    """The code no longer works. Twice changes nothing; raises NotFound, NotPossibleNow (used already)."""
    invitation = find_invitation(db, actor=actor, provider_id=provider_id, invitation_id=invitation_id)
    if invitation.used_at is not None:
        raise NotPossibleNow(N_("The invitation has been used. Close the account instead."))
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        record_event(db, EventKind.INVITATION_REVOKED, actor=actor, now=now, invitation=invitation.id)


def find_invitation(db: Session, *, actor: Actor, provider_id: UUID, invitation_id: UUID) -> Invitation:
    """One invitation of a provider, open or not. Raises NotAllowed, NotFound."""
    _provider(db, actor, provider_id)
    invitation = db.get(Invitation, invitation_id)
    if invitation is None or invitation.provider_id != provider_id:
        raise NotFound(N_("There is no such invitation."))
    return invitation


def has_no_way_in(db: Session, provider_id: UUID, now: datetime) -> bool:
    """Nobody can answer for the provider on the web, and nobody is invited to."""
    return not count_owners(db, provider_id) and not open_invitations(db, provider_id, now)


def accounts_of_provider(db: Session, provider_id: UUID, *, home: str = "", page: int = 1) -> Paged[User]:
    """One page of the accounts at a provider that are open, by name.

    `home`: each word of it is in the name or municipality of the account's home; what is looked for may
    stand in an address, and so is never a person's name.
    """
    chosen = select(User).where(
        User.provider_id == provider_id, User.disabled_at.is_(None), User.standing.is_not(None)
    )
    for word in search_key(home).split():
        chosen = chosen.where(User.home.has(Home.search_key.contains(word, autoescape=True)))
    chosen = chosen.order_by(User.search_key, User.id).options(selectinload(User.home))
    found = page_of(db, chosen, User.id, page, ACCOUNTS_A_PAGE)
    nearest = number_of(page, found.total, ACCOUNTS_A_PAGE)
    return found if nearest == page else page_of(db, chosen, User.id, nearest, ACCOUNTS_A_PAGE)


def count_owners(db: Session, provider_id: UUID) -> int:
    """How many can answer for all of a provider."""
    return (
        db.scalar(
            select(func.count())
            .select_from(User)
            .where(
                User.provider_id == provider_id,
                User.disabled_at.is_(None),
                User.standing == Standing.OWNER,
            )
        )
        or 0
    )


def _provider(db: Session, actor: Actor, provider_id: UUID) -> Provider:
    """The provider, to whoever may invite there."""
    own = may(actor, Permission.INVITE_COLLEAGUES) and actor.provider_id == provider_id
    if not own and not may(actor, Permission.INVITE_PROVIDER):
        raise NotAllowed(N_("Those who are responsible for the answers invite colleagues."))
    found = db.scalar(
        select(Provider).where(Provider.id == provider_id).options(selectinload(Provider.homes))
    )
    if found is None:
        raise NotFound(NO_PROVIDER)
    return found


def homes_to_choose(db: Session, provider_id: UUID) -> Sequence[Home]:
    return db.scalars(select(Home).where(Home.provider_id == provider_id).order_by(Home.name)).all()

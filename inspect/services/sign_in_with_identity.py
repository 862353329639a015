"""The account of whom the identity provider has named; and which accounts it may open.

Nobody makes an account by signing in. An administrator writes beside an account what the provider says of
the person (`claim`); the first sign-in ties the provider's own name for them to it. Then only that counts.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.sign_in import IdentityLink, WayIn
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound
from ..outside.identity_provider import IdentityRefused, Told
from ..rules.access import Actor, Permission, may
from .record_event import record_event
from .tell_of_ways_in import tell_of_changed_ways


def open_to_identity(
    db: Session, *, actor: Actor, user_id: UUID, issuer: str, claim: str, now: datetime
) -> IdentityLink:
    """The account may be opened by whom the provider says has this `claim`. An earlier tie goes.

    Raises NotAllowed, NotFound, Invalid or Conflict (field `claim`).
    """
    if not may(actor, Permission.MANAGE_USERS):
        raise NotAllowed(N_("Administrators open accounts to the authority’s sign-in."))
    if db.get(User, user_id) is None:
        raise NotFound(N_("There is no such account."))
    said = claim.strip().lower()
    if not 0 < len(said) <= 254:
        raise Invalid(N_("Write what the sign-in service calls the person."), {"field": "claim"})
    same = IdentityLink.issuer == issuer, IdentityLink.claim == said, IdentityLink.user_id != user_id
    if db.scalar(select(IdentityLink.id).where(*same)):
        raise Conflict(N_("Another account is tied to that already."), {"field": "claim"})
    found = link_of(db, user_id, issuer)
    if found is None:
        found = IdentityLink(issuer=issuer, user_id=user_id)
        db.add(found)
    found.claim, found.subject, found.linked_at = said, None, None
    found.invited_by_id, found.invited_at = actor.user_id, now
    record_event(db, EventKind.IDENTITY_INVITED, actor=actor, now=now, user=user_id)
    tell_of_changed_ways(db, user_id, now=now)
    db.flush()
    return found


def close_to_identity(db: Session, *, actor: Actor, user_id: UUID, issuer: str, now: datetime) -> None:
    """The provider no longer opens the account. Raises NotAllowed, NotFound."""
    if not may(actor, Permission.MANAGE_USERS):
        raise NotAllowed(N_("Administrators open accounts to the authority’s sign-in."))
    found = link_of(db, user_id, issuer)
    if found is None:
        raise NotFound(N_("The account is not tied to the authority’s sign-in."))
    db.delete(found)
    record_event(db, EventKind.IDENTITY_REMOVED, actor=actor, now=now, user=user_id)
    tell_of_changed_ways(db, user_id, now=now)


def link_of(db: Session, user_id: UUID, issuer: str) -> IdentityLink | None:
    mine = IdentityLink.user_id == user_id, IdentityLink.issuer == issuer
    return db.scalar(select(IdentityLink).where(*mine))


def sign_in_with_identity(
    db: Session, *, issuer: str, told: Told, again: UUID | None = None, now: datetime
) -> User:
    """The user of whom the provider tells. `again`: who is signed in here, and proves it anew.

    Raises IdentityRefused.
    """
    of_issuer = select(IdentityLink).where(IdentityLink.issuer == issuer)
    link = db.scalar(of_issuer.where(IdentityLink.subject == told.subject))
    if link is None and told.claim and again is None:
        link = _tie(db, db.scalar(of_issuer.where(IdentityLink.claim == told.claim)), told, now)
    user = db.get(User, link.user_id) if link else None
    if user is None or user.disabled_at is not None:
        raise IdentityRefused("unknown")
    if again is not None and user.id != again:
        raise IdentityRefused("another")
    actor = Actor(user_id=user.id, name=user.name)
    kind = EventKind.SIGNED_IN if again is None else EventKind.PROVED_AGAIN
    record_event(db, kind, actor=actor, now=now, way=WayIn.PROVIDER.value)
    return user


def note_refused(db: Session, *, why: str, now: datetime) -> None:
    record_event(db, EventKind.SIGN_IN_FAILED, actor=None, now=now, why=why)


def _tie(db: Session, link: IdentityLink | None, told: Told, now: datetime) -> IdentityLink | None:
    """Tie the provider's name to the account, once: whoever comes later with the same claim is not let in."""
    if link is None or link.subject is not None:
        return None
    free = IdentityLink.id == link.id, IdentityLink.subject.is_(None)
    tied = db.execute(update(IdentityLink).where(*free).values(subject=told.subject, linked_at=now))
    if tied.rowcount != 1:  # type: ignore[attr-defined]  # somebody else was tied between the two questions
        return None
    user = db.get_one(User, link.user_id)
    record_event(
        db, EventKind.IDENTITY_LINKED, actor=Actor(user_id=user.id, name=user.name), now=now, user=user.id
    )
    tell_of_changed_ways(db, user.id, now=now)
    return link

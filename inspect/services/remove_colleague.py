"""Whoever is responsible at a provider closes the account of a colleague who is not to answer any more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.people import User
from ...models.vocabulary import N_, Standing
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .invite_provider import count_owners
from .manage_users import disable_user


def remove_colleague(db: Session, *, actor: Actor, user_id: UUID, now: datetime) -> User:
    """Close the account, signed out at once. What was written stays.

    Raises NotAllowed, NotFound (at another provider), NotPossibleNow (one's own, or the last who answers).
    """
    if not may(actor, Permission.INVITE_COLLEAGUES):
        raise NotAllowed(N_("Those who are responsible for the answers close accounts."))
    at = actor.provider_id
    theirs = User.provider_id == at, User.provider_id.is_not(None), User.standing.is_not(None)
    user = db.scalar(select(User).where(User.id == user_id, *theirs))
    if user is None or at is None:
        raise NotFound(N_("There is no such account."))
    if user.id == actor.user_id:
        raise NotPossibleNow(N_("You cannot close your own account. Ask a colleague who is responsible."))
    if user.standing is Standing.OWNER and count_owners(db, at) < 2:
        raise NotPossibleNow(N_("Somebody must be responsible for the answers. Invite another first."))
    return disable_user(db, actor=actor, user_id=user_id, now=now)

"""A role that opens cases, the log or accounts takes effect when a second person has confirmed it.

SoLPuL 10 §: who may read what is given out with care and looked after. One administrator alone could open an
account in somebody's name, or make a second administrator, and read with it (docs/decisions/0026).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.notices import NoticeKind
from ...models.people import SignInSession, User, UserRole
from ...models.role_requests import RoleRequest
from ...models.vocabulary import N_, Role
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .record_event import record_event
from .tell import tell
from .whom_to_tell import confirming_roles

TWO_CONFIRM = N_("Administrators and supervisors confirm a role that somebody else has given.")


def ask_for_roles(db: Session, *, actor: Actor, user: User, roles: Collection[Role], now: datetime) -> None:
    """Let these roles of a new account wait, and tell those who can confirm them."""
    for role in sorted(roles):
        db.add(RoleRequest(user_id=user.id, role=role, asked_by_id=actor.user_id, asked_at=now))
        record_event(db, EventKind.ROLE_ASKED, actor=actor, now=now, user=user.id, role=role.value)
    told = confirming_roles(db) - {actor.user_id, user.id}
    tell(db, users=told, kind=NoticeKind.ROLE_WAITS, now=now)
    db.flush()


def confirm_role(db: Session, *, actor: Actor, request_id: UUID, now: datetime) -> tuple[User, Role]:
    """Another person confirms: the account has the role, and is signed out everywhere, so that the next
    sign-in asks what the role demands. Raises NotAllowed, NotFound, NotPossibleNow.
    """
    found = _waiting(db, actor, request_id)
    if actor.user_id in (found.asked_by_id, found.user_id):
        raise NotAllowed(
            N_("Another person than the one who gave the role confirms it, and not the one it is for.")
        )
    user = db.get_one(User, found.user_id)
    if user.disabled_at is not None:
        raise NotPossibleNow(N_("The account is closed."))
    found.confirmed_by_id, found.confirmed_at = actor.user_id, now
    if found.role not in {item.role for item in user.roles}:
        user.roles.append(UserRole(role=found.role))
    db.execute(
        update(SignInSession)
        .where(SignInSession.user_id == user.id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    db.flush()
    record_event(db, EventKind.ROLE_GIVEN, actor=actor, now=now, user=user.id, role=found.role.value)
    return user, found.role


def stop_role(db: Session, *, actor: Actor, request_id: UUID, now: datetime) -> None:
    """It is not given; who gave it may stop it too. Raises NotAllowed, NotFound."""
    found = _waiting(db, actor, request_id)
    found.stopped_by_id, found.stopped_at = actor.user_id, now
    db.flush()
    record_event(db, EventKind.ROLE_STOPPED, actor=actor, now=now, user=found.user_id, role=found.role.value)


def list_waiting_roles(db: Session) -> Sequence[tuple[RoleRequest, User, User]]:
    """Those that wait, each with whose it is and who gave it; the oldest first."""
    found = db.scalars(_that_wait().order_by(RoleRequest.asked_at, RoleRequest.id)).all()
    return [(one, db.get_one(User, one.user_id), db.get_one(User, one.asked_by_id)) for one in found]


def waiting_roles_of(db: Session, users: Collection[UUID]) -> dict[UUID, list[Role]]:
    """The roles that wait, by account."""
    found: dict[UUID, list[Role]] = {}
    for one in db.scalars(_that_wait().where(RoleRequest.user_id.in_(users)).order_by(RoleRequest.role)):
        found.setdefault(one.user_id, []).append(one.role)
    return found


def _that_wait() -> Select[Any]:
    return select(RoleRequest).where(RoleRequest.confirmed_at.is_(None), RoleRequest.stopped_at.is_(None))


def _waiting(db: Session, actor: Actor, request_id: UUID) -> RoleRequest:
    if not may(actor, Permission.CONFIRM_ROLES):
        raise NotAllowed(TWO_CONFIRM)
    found: RoleRequest | None = db.scalar(
        _that_wait().where(RoleRequest.id == request_id).with_for_update(of=RoleRequest)
    )
    if found is None:
        raise NotFound(N_("It is confirmed or stopped already."))
    return found

"""Whom something is told: those in a case with a part, and those outside whose matter it is.

What each of them may be told is asked by `tell`; here only who it concerns.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection, TeamMember
from ...models.people import User, UserRole
from ...models.register import Home
from ...models.vocabulary import Role, TeamRole

INSPECTORS = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)
DECIDERS = (TeamRole.DECISION_MAKER,)
REVIEWERS = (TeamRole.DECISION_MAKER, TeamRole.PEER_REVIEWER, TeamRole.LAWYER)


def in_team(
    db: Session,
    inspection_id: UUID,
    parts: Collection[TeamRole] = tuple(TeamRole),
    *,
    but: UUID | None = None,
) -> set[UUID]:
    """Those with one of `parts` in the case, without `but`: who did it knows it."""
    found = db.scalars(
        select(TeamMember.user_id).where(
            TeamMember.inspection_id == inspection_id,
            TeamMember.role.in_(parts),
            TeamMember.user_id.is_not(None),
        )
    )
    return {user for user in found if user is not None and user != but}


def provider_of_case(db: Session, inspection_id: UUID) -> set[UUID]:
    """The accounts of the provider of the home that the case is about."""
    home = db.scalar(select(Inspection.home_id).where(Inspection.id == inspection_id))
    return at_provider(db, home) if home is not None else set()


def at_provider(db: Session, home_id: UUID) -> set[UUID]:
    """The accounts of the provider that runs the home: those for all its homes, and those for this one."""
    provider = select(Home.provider_id).where(Home.id == home_id).scalar_subquery()
    return set(
        db.scalars(
            select(User.id)
            .join(UserRole, UserRole.user_id == User.id)
            .where(
                UserRole.role == Role.PROVIDER,
                User.provider_id == provider,
                or_(User.home_id.is_(None), User.home_id == home_id),
                User.disabled_at.is_(None),
            )
        )
    )


def managing(db: Session, home_id: UUID) -> set[UUID]:
    """The managers of the home who have an account."""
    return set(
        db.scalars(
            select(User.id)
            .join(UserRole, UserRole.user_id == User.id)
            .where(UserRole.role == Role.HOME_MANAGER, User.home_id == home_id, User.disabled_at.is_(None))
        )
    )


def supervising(db: Session) -> set[UUID]:
    """Those who staff cases."""
    return _with_role(db, Role.SUPERVISOR)


def reviewing_the_log(db: Session) -> set[UUID]:
    """Those who look at what others have read."""
    return _with_role(db, Role.LOG_REVIEWER)


def confirming_roles(db: Session) -> set[UUID]:
    """Those who confirm a role that somebody else has given."""
    return _with_role(db, Role.ADMINISTRATOR) | _with_role(db, Role.SUPERVISOR)


def _with_role(db: Session, role: Role) -> set[UUID]:
    return set(
        db.scalars(
            select(User.id)
            .join(UserRole, UserRole.user_id == User.id)
            .where(UserRole.role == role, User.disabled_at.is_(None))
        )
    )

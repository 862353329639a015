"""Who may do what: one table of named predicates. What is not in the table is not allowed.

Need to know (SoLPuL 10 §: authorisation limited to what the task needs): a case is open to its
team, to those who review and decide, and to nobody else at the authority. Administrators manage
accounts and see no case. The provider sees a letter when it has been sent, and nothing before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import Role, TeamRole


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as plain values; never ambient."""

    user_id: UUID
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    provider_id: UUID | None = None
    home_id: UUID | None = None


class Member(Protocol):
    @property
    def user_id(self) -> UUID | None: ...
    @property
    def role(self) -> TeamRole: ...
    @property
    def has_conflict(self) -> bool: ...
    @property
    def declared_at(self) -> object | None: ...


class Case(Protocol):
    """What the predicates need to know of an inspection: its team, and whose home it is about."""

    @property
    def team(self) -> Sequence[Member]: ...


class Permission(Enum):
    """Everything a person can be allowed. General ones need no case; the rest are asked with one."""

    # general
    SIGN_IN = auto()
    HAVE_AN_ACCOUNT = auto()
    SEE_INSPECTIONS = auto()
    PLAN_INSPECTION = auto()
    SEE_REGISTER = auto()
    CHANGE_REGISTER = auto()
    MANAGE_USERS = auto()
    REVIEW_LOG = auto()
    ANSWER_LETTERS = auto()
    ASSESS_ONESELF = auto()
    # with a case
    DECLARE_CONFLICT = auto()
    SEE_IN_LIST = auto()
    ASSIGN_TEAM = auto()
    READ_INSPECTION = auto()
    LEAD_INSPECTION = auto()
    RECORD_IN_INSPECTION = auto()
    WRITE_LETTER = auto()
    REMARK_ON_LETTER = auto()
    REVIEW_LETTER = auto()
    DECIDE = auto()


Predicate = Callable[[Actor, Case], bool]


def has_role(*roles: Role) -> Callable[[Actor], bool]:
    return lambda actor: bool(actor.roles & set(roles))


def anyone(actor: Actor) -> bool:
    return True


AUTHORITY = (Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER)

GENERAL: dict[Permission, Callable[[Actor], bool]] = {
    Permission.HAVE_AN_ACCOUNT: anyone,
    Permission.SEE_INSPECTIONS: has_role(*AUTHORITY),
    Permission.PLAN_INSPECTION: has_role(Role.INSPECTOR, Role.SUPERVISOR),
    Permission.SEE_REGISTER: has_role(*AUTHORITY, Role.REGISTRAR),
    Permission.CHANGE_REGISTER: has_role(Role.INSPECTOR, Role.SUPERVISOR, Role.REGISTRAR),
    Permission.MANAGE_USERS: has_role(Role.ADMINISTRATOR),
    Permission.REVIEW_LOG: has_role(Role.LOG_REVIEWER),
    Permission.ANSWER_LETTERS: has_role(Role.PROVIDER),
    Permission.ASSESS_ONESELF: has_role(Role.HOME_MANAGER),
}


def is_in_team(actor: Actor, case: Case) -> bool:
    return any(member.user_id == actor.user_id for member in case.team)


def _has(actor: Actor, case: Case, *roles: TeamRole) -> bool:
    """In the team with one of these parts, conflict of interest declared and none found (FL 16–18 §§)."""
    mine = [member for member in case.team if member.user_id == actor.user_id]
    if not mine or any(member.has_conflict or member.declared_at is None for member in mine):
        return False
    return any(member.role in roles for member in mine)


def has_declared(actor: Actor, case: Case) -> bool:
    return _has(actor, case, *TeamRole)


def leads(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.INSPECTOR)


def inspects(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)


def reviews(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.DECISION_MAKER, TeamRole.PEER_REVIEWER, TeamRole.LAWYER)


def assigns(actor: Actor, case: Case) -> bool:
    """Supervisors see that a case exists, so that they can staff it; to read it they join the team."""
    return Role.SUPERVISOR in actor.roles


def decides(actor: Actor, case: Case) -> bool:
    return Role.SUPERVISOR in actor.roles and _has(actor, case, TeamRole.DECISION_MAKER)


WITH_CASE: dict[Permission, Predicate] = {
    Permission.DECLARE_CONFLICT: is_in_team,
    Permission.SEE_IN_LIST: lambda actor, case: is_in_team(actor, case) or assigns(actor, case),
    Permission.ASSIGN_TEAM: lambda actor, case: leads(actor, case) or assigns(actor, case),
    Permission.READ_INSPECTION: has_declared,
    Permission.LEAD_INSPECTION: lambda actor, case: leads(actor, case) or decides(actor, case),
    Permission.RECORD_IN_INSPECTION: inspects,
    Permission.WRITE_LETTER: inspects,
    Permission.REMARK_ON_LETTER: reviews,
    Permission.REVIEW_LETTER: decides,
    Permission.DECIDE: decides,
}


def may(actor: Actor | None, permission: Permission, case: Case | None = None) -> bool:
    """May `actor` do this (to `case`)? Unknown means no."""
    if permission is Permission.SIGN_IN:
        return True
    if actor is None:
        return False
    if permission in GENERAL:
        return GENERAL[permission](actor)
    if permission in WITH_CASE and case is not None:
        return GENERAL[Permission.SEE_INSPECTIONS](actor) and WITH_CASE[permission](actor, case)
    return False


def may_somewhere(actor: Actor | None, permission: Permission) -> bool:
    """May `actor` enter a page that needs `permission` in some case? The case itself is asked later."""
    if permission in WITH_CASE:
        return actor is not None and GENERAL[Permission.SEE_INSPECTIONS](actor)
    return may(actor, permission)

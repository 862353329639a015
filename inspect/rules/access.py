"""Who may do what: one table of named predicates. What is not in the table is not allowed.

Need to know (SoLPuL 10 §: authorisation limited to what the task needs): a case is open to its
team, to those who review and decide, and to nobody else at the authority. Administrators manage
accounts and see no case, and the owner of the method writes guides and sees none either. The provider
sees a letter when it has been sent, and nothing before.

An unannounced visit that has not begun is known to its team only (OSL 17 kap. 1 §), supervisors outside it
included; they see it when nobody in the team could staff it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import Role, Standing, State, TeamRole

BEFORE_THE_VISIT = (State.PLANNED, State.PREPARED)
STAFFING = (TeamRole.INSPECTOR, TeamRole.DECISION_MAKER)
"""The parts whose holder can hand a case to others."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as plain values; never ambient."""

    user_id: UUID
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    provider_id: UUID | None = None
    home_id: UUID | None = None
    standing: Standing | None = None
    opened: frozenset[UUID] = frozenset()
    """The case that the page at hand shows, where it is open to one without a part in it at this moment: set
    by who has looked (web/case.py), for a request that reads, and for that one alone."""


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
    """What the predicates need to know of an inspection: its team, and whether its visit is still secret."""

    @property
    def id(self) -> UUID: ...
    @property
    def team(self) -> Sequence[Member]: ...
    @property
    def announced(self) -> bool: ...
    @property
    def state(self) -> State: ...
    @property
    def visit_started_at(self) -> object | None: ...


class Permission(Enum):
    """Everything a person can be allowed. General ones need no case; the rest are asked with one."""

    # general
    SIGN_IN = auto()
    ANSWER_SURVEY = auto()
    VERIFY_LETTER = auto()
    HAVE_AN_ACCOUNT = auto()
    SEE_INSPECTIONS = auto()
    BREAK_GLASS = auto()
    PLAN_INSPECTION = auto()
    WEIGH_REASONS = auto()
    SEE_REGISTER = auto()
    SEE_DIARY = auto()
    RECEIVE_REQUESTS = auto()
    CHANGE_REGISTER = auto()
    MANAGE_USERS = auto()
    CONFIRM_RECOVERY = auto()
    REVIEW_LOG = auto()
    ANSWER_LETTERS = auto()
    SEND_ANSWERS = auto()
    INVITE_COLLEAGUES = auto()
    INVITE_PROVIDER = auto()
    ACCEPT_INVITATION = auto()
    ASSESS_ONESELF = auto()
    ASKED_OF_US = auto()
    SEE_MONITORING = auto()
    CARRY_DEVICE = auto()
    SEE_DEVICES = auto()
    READ_GUIDES = auto()
    WRITE_GUIDES = auto()
    PUBLISH_GUIDES = auto()
    SEE_RETENTION = auto()
    KEEP_RETENTION_RULES = auto()
    APPROVE_DISPOSAL = auto()
    # with a case
    DECLARE_CONFLICT = auto()
    SEE_IN_LIST = auto()
    ASSIGN_TEAM = auto()
    READ_INSPECTION = auto()
    OPEN_WITHOUT_PART = auto()
    LEAD_INSPECTION = auto()
    RECORD_IN_INSPECTION = auto()
    RECORD_ACUTE = auto()
    OPEN_FILES = auto()
    CODE_STATEMENTS = auto()
    INVESTIGATE_ACCOUNT = auto()
    OPEN_IDENTITY = auto()
    OVERRIDE_POSITION = auto()
    COUNTERSIGN = auto()
    RELEASE_AREA = auto()
    WRITE_LETTER = auto()
    REMARK_ON_LETTER = auto()
    ADVISE_ON_LETTER = auto()
    REVIEW_LETTER = auto()
    PROPOSE_CORRECTION = auto()
    DECIDE = auto()
    ADVISE_ON_SANCTION = auto()
    NOTE_DISSENT = auto()
    DISCLOSE = auto()
    ARCHIVE_CASE = auto()


Predicate = Callable[[Actor, Case], bool]


def has_role(*roles: Role) -> Callable[[Actor], bool]:
    return lambda actor: bool(actor.roles & set(roles))


def at_provider_as(*standings: Standing) -> Callable[[Actor], bool]:
    """With an account of a provider, in one of these standings there."""
    return lambda actor: (
        Role.PROVIDER in actor.roles and actor.provider_id is not None and actor.standing in standings
    )


def anyone(actor: Actor) -> bool:
    return True


OPEN_TO_ALL = frozenset(
    {
        Permission.SIGN_IN,
        Permission.ANSWER_SURVEY,
        Permission.VERIFY_LETTER,
        Permission.ACCEPT_INVITATION,
    }
)
"""What needs no account: to sign in, to answer a survey or an invitation, where the code decides, and to ask
whether a letter is genuine."""

AUTHORITY = (Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER)
NEVER_IN_CASES = frozenset(Role) - {*AUTHORITY, Role.LOG_REVIEWER}
"""Whoever has one of these roles opens no case in need, whatever roles they have besides."""


def may_break_glass(actor: Actor) -> bool:
    """Of the authority's inspecting roles, and in none that is to be kept from what cases hold."""
    return bool(actor.roles & set(AUTHORITY)) and not actor.roles & NEVER_IN_CASES


GENERAL: dict[Permission, Callable[[Actor], bool]] = {
    Permission.HAVE_AN_ACCOUNT: anyone,
    Permission.SEE_INSPECTIONS: has_role(*AUTHORITY),
    Permission.BREAK_GLASS: may_break_glass,
    Permission.PLAN_INSPECTION: has_role(Role.INSPECTOR, Role.SUPERVISOR),
    Permission.WEIGH_REASONS: has_role(Role.SUPERVISOR),
    Permission.SEE_REGISTER: has_role(*AUTHORITY, Role.REGISTRAR),
    Permission.SEE_DIARY: has_role(Role.REGISTRAR, Role.SUPERVISOR),
    Permission.RECEIVE_REQUESTS: has_role(Role.REGISTRAR),
    Permission.CHANGE_REGISTER: has_role(Role.INSPECTOR, Role.SUPERVISOR, Role.REGISTRAR),
    Permission.MANAGE_USERS: has_role(Role.ADMINISTRATOR),
    Permission.CONFIRM_RECOVERY: has_role(Role.ADMINISTRATOR, Role.SUPERVISOR),
    Permission.REVIEW_LOG: has_role(Role.LOG_REVIEWER),
    Permission.ANSWER_LETTERS: has_role(Role.PROVIDER),
    Permission.SEND_ANSWERS: at_provider_as(Standing.OWNER, Standing.MANAGER),
    Permission.INVITE_COLLEAGUES: at_provider_as(Standing.OWNER),
    Permission.INVITE_PROVIDER: has_role(Role.INSPECTOR, Role.SUPERVISOR, Role.REGISTRAR),
    Permission.ASSESS_ONESELF: has_role(Role.HOME_MANAGER),
    Permission.ASKED_OF_US: has_role(Role.PROVIDER, Role.HOME_MANAGER),
    Permission.SEE_MONITORING: has_role(Role.SUPERVISOR),
    Permission.CARRY_DEVICE: has_role(*AUTHORITY),
    Permission.SEE_DEVICES: has_role(Role.SUPERVISOR),
    Permission.READ_GUIDES: has_role(*AUTHORITY, Role.REGISTRAR, Role.METHOD_OWNER),
    Permission.WRITE_GUIDES: has_role(Role.METHOD_OWNER),
    Permission.PUBLISH_GUIDES: has_role(Role.METHOD_OWNER, Role.SUPERVISOR),
    Permission.SEE_RETENTION: has_role(Role.REGISTRAR, Role.SUPERVISOR),
    Permission.KEEP_RETENTION_RULES: has_role(Role.REGISTRAR),
    Permission.APPROVE_DISPOSAL: has_role(Role.SUPERVISOR),
}


def is_in_team(actor: Actor, case: Case) -> bool:
    return any(member.user_id == actor.user_id for member in case.team)


def _has(actor: Actor, case: Case, *roles: TeamRole) -> bool:
    """In the team with one of these parts, conflict of interest declared and none found (FL 16–18 §§)."""
    found = False
    for member in case.team:
        if member.user_id == actor.user_id:
            if member.has_conflict or member.declared_at is None:
                return False
            found = found or member.role in roles
    return found


def has_declared(actor: Actor, case: Case) -> bool:
    return _has(actor, case, *TeamRole)


def leads(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.INSPECTOR)


def inspects(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)


def reviews(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.DECISION_MAKER, TeamRole.PEER_REVIEWER, TeamRole.LAWYER)


def advises(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.PEER_REVIEWER, TeamRole.LAWYER)


def is_lawyer(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.LAWYER)


CODERS = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR, TeamRole.PEER_REVIEWER)


def codes(actor: Actor, case: Case) -> bool:
    """Two coders who do not see each other's judgement: method §2.3 S1 and §2.19."""
    return _has(actor, case, *CODERS)


def assesses_accounts(actor: Actor, case: Case) -> bool:
    """May be the second assessor of a grave account; not of a talk they led: method §8 A3."""
    return codes(actor, case) or decides(actor, case)


def opens_identities(actor: Actor, case: Case) -> bool:
    """One of the two sides that open together who a child is: rules/child_identities.py."""
    return inspects(actor, case) or decides(actor, case) or is_lawyer(actor, case)


def reviews_disclosure(actor: Actor, case: Case) -> bool:
    return _has(actor, case, TeamRole.LAWYER) or decides(actor, case)


def is_secret(case: Case) -> bool:
    """An unannounced visit that has not begun: to know of it would defeat its purpose (OSL 17 kap. 1 §)."""
    return not case.announced and case.visit_started_at is None and case.state in BEFORE_THE_VISIT


def is_without_staff(case: Case) -> bool:
    """Nobody with an account here leads or decides in it, or those who do have a conflict of interest."""
    return not any(m.role in STAFFING and m.user_id is not None and not m.has_conflict for m in case.team)


def has_conflict(actor: Actor, case: Case) -> bool:
    return any(member.user_id == actor.user_id and member.has_conflict for member in case.team)


def assigns(actor: Actor, case: Case) -> bool:
    """Supervisors see that a case exists, so that they can staff it; to read it they join the team.

    Not one who has a conflict of interest in it (FL 17 §), and of a visit that is secret only what is theirs.
    """
    if Role.SUPERVISOR not in actor.roles or has_conflict(actor, case):
        return False
    return not is_secret(case) or is_in_team(actor, case) or is_without_staff(case)


def is_listed(actor: Actor, case: Case) -> bool:
    """In a list of theirs: said again as SQL in services/find_inspection.py."""
    return assigns(actor, case) or (is_in_team(actor, case) and not has_conflict(actor, case))


def opens_without_part(actor: Actor, case: Case) -> bool:
    """May read it in need (break-glass), though they have no part in it: said again as SQL in
    services/break_glass.py.

    Who has a part goes in by it, or is kept out by it (FL 17 §). An unannounced visit that has not begun is
    as if it were not there (OSL 17 kap. 1 §): no need outside its team is greater than its secrecy.
    """
    return may_break_glass(actor) and not is_in_team(actor, case) and not is_secret(case)


def reads(actor: Actor, case: Case) -> bool:
    """In the team and declared; or while it is open to them in need, which is to read it and no more."""
    if has_declared(actor, case):
        return True
    return bool(actor.opened) and case.id in actor.opened and opens_without_part(actor, case)


def decides(actor: Actor, case: Case) -> bool:
    return Role.SUPERVISOR in actor.roles and _has(actor, case, TeamRole.DECISION_MAKER)


WITH_CASE: dict[Permission, Predicate] = {
    Permission.DECLARE_CONFLICT: is_in_team,
    Permission.SEE_IN_LIST: is_listed,
    Permission.ASSIGN_TEAM: lambda actor, case: leads(actor, case) or assigns(actor, case),
    Permission.READ_INSPECTION: reads,
    Permission.OPEN_WITHOUT_PART: opens_without_part,
    Permission.LEAD_INSPECTION: lambda actor, case: leads(actor, case) or decides(actor, case),
    Permission.RECORD_IN_INSPECTION: inspects,
    Permission.RECORD_ACUTE: lambda actor, case: inspects(actor, case) or decides(actor, case),
    Permission.OPEN_FILES: has_declared,
    Permission.CODE_STATEMENTS: codes,
    Permission.INVESTIGATE_ACCOUNT: assesses_accounts,
    Permission.OPEN_IDENTITY: opens_identities,
    Permission.OVERRIDE_POSITION: lambda actor, case: leads(actor, case) or decides(actor, case),
    Permission.COUNTERSIGN: has_declared,
    Permission.RELEASE_AREA: reviews_disclosure,
    Permission.WRITE_LETTER: inspects,
    Permission.REMARK_ON_LETTER: reviews,
    Permission.ADVISE_ON_LETTER: advises,
    Permission.REVIEW_LETTER: decides,
    Permission.PROPOSE_CORRECTION: leads,
    Permission.DECIDE: decides,
    Permission.ADVISE_ON_SANCTION: is_lawyer,
    Permission.ARCHIVE_CASE: lambda actor, case: leads(actor, case) or decides(actor, case),
    Permission.NOTE_DISSENT: lambda actor, case: has_declared(actor, case) and not decides(actor, case),
    Permission.DISCLOSE: has_declared,
}


def may(actor: Actor | None, permission: Permission, case: Case | None = None) -> bool:
    """May `actor` do this (to `case`)? Unknown means no."""
    if permission in OPEN_TO_ALL:
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

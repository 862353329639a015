"""Who may do what: one table of named predicates. What is not in the table is not allowed.

Need to know (SoLPuL 10 §: authorisation limited to what the task needs): a case is open to its
team, to those who review and decide, and to nobody else at the authority. Administrators manage
accounts and see no case, and the owner of the method writes guides and sees none either. The provider
sees a letter when it has been sent, and nothing before.

An unannounced visit that has not begun is known to its team only (OSL 17 kap. 1 §), supervisors outside it
included; they see it when nobody in the team could staff it.
"""

from collections.abc import Callable

from ...models.vocabulary import Role, Standing
from .actor import AUTHORITY, Actor, anyone, at_provider_as, has_role, may_break_glass
from .case_parts import (
    Case,
    advises,
    assesses_accounts,
    assigns,
    codes,
    decides,
    has_declared,
    inspects,
    is_in_team,
    is_lawyer,
    is_listed,
    leads,
    opens_identities,
    opens_without_part,
    reads,
    reviews,
    reviews_disclosure,
)
from .permissions import Permission

__all__ = [
    "AUTHORITY",
    "GENERAL",
    "OPEN_TO_ALL",
    "WITH_CASE",
    "Actor",
    "Case",
    "Permission",
    "may",
    "may_somewhere",
]

Predicate = Callable[[Actor, Case], bool]

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
    Permission.CONFIRM_ROLES: has_role(Role.ADMINISTRATOR, Role.SUPERVISOR),
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

"""What somebody is in a case: their part in its team, a conflict of interest, and whether the case is secret.

Each is said of an actor and a case; which of them opens what stands in access.py.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import Role, State, TeamRole
from .actor import Actor, may_break_glass

BEFORE_THE_VISIT = (State.PLANNED, State.PREPARED)
STAFFING = (TeamRole.INSPECTOR, TeamRole.DECISION_MAKER)
"""The parts whose holder can hand a case to others."""


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


def is_in_team(actor: Actor, case: Case) -> bool:
    return any(member.user_id == actor.user_id for member in case.team)


def _has(actor: Actor, case: Case, *roles: TeamRole) -> bool:
    """In the team with one of these parts, conflict of interest declared and none found (FL 16–18 §§)."""
    found, me = False, actor.user_id
    for member in case.team:
        if member.user_id == me:
            if member.has_conflict or member.declared_at is None:
                return False
            found = found or member.role in roles
    return found


EVERY_PART = tuple(TeamRole)


def has_declared(actor: Actor, case: Case) -> bool:
    return _has(actor, case, *EVERY_PART)


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

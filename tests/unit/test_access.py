"""Who may do what, as a table: role or part in the team × permission."""

from dataclasses import dataclass, field
from itertools import product
from uuid import UUID, uuid4

import pytest

from tillsyn.inspect.rules import access
from tillsyn.inspect.rules.access import GENERAL, WITH_CASE, Actor, Permission, may, may_somewhere
from tillsyn.models.vocabulary import Role, TeamRole


@dataclass
class Someone:
    user_id: UUID | None
    role: TeamRole
    has_conflict: bool = False
    declared_at: object | None = "yesterday"


@dataclass
class Team:
    team: list[Someone] = field(default_factory=list)


def person(*roles: Role) -> Actor:
    return Actor(uuid4(), "Anna", frozenset(roles))


P = Permission
GENERAL_TABLE: dict[Role, set[Permission]] = {
    Role.INSPECTOR: {P.SEE_INSPECTIONS, P.PLAN_INSPECTION, P.SEE_REGISTER, P.CHANGE_REGISTER},
    Role.SUPERVISOR: {P.SEE_INSPECTIONS, P.PLAN_INSPECTION, P.SEE_REGISTER, P.CHANGE_REGISTER},
    Role.PEER_REVIEWER: {P.SEE_INSPECTIONS, P.SEE_REGISTER},
    Role.LAWYER: {P.SEE_INSPECTIONS, P.SEE_REGISTER},
    Role.REGISTRAR: {P.SEE_REGISTER, P.CHANGE_REGISTER},
    Role.LOG_REVIEWER: {P.REVIEW_LOG},
    Role.ADMINISTRATOR: {P.MANAGE_USERS},
    Role.PROVIDER: {P.ANSWER_LETTERS},
    Role.HOME_MANAGER: {P.ASSESS_ONESELF},
}

READ = {P.READ_INSPECTION, P.SEE_IN_LIST, P.DECLARE_CONFLICT}
CASE_TABLE: dict[TeamRole, tuple[Role, set[Permission]]] = {
    TeamRole.INSPECTOR: (
        Role.INSPECTOR,
        READ | {P.ASSIGN_TEAM, P.LEAD_INSPECTION, P.RECORD_IN_INSPECTION, P.WRITE_LETTER},
    ),
    TeamRole.CO_INSPECTOR: (Role.INSPECTOR, READ | {P.RECORD_IN_INSPECTION, P.WRITE_LETTER}),
    TeamRole.DECISION_MAKER: (
        Role.SUPERVISOR,
        READ | {P.ASSIGN_TEAM, P.LEAD_INSPECTION, P.REMARK_ON_LETTER, P.REVIEW_LETTER, P.DECIDE},
    ),
    TeamRole.PEER_REVIEWER: (Role.PEER_REVIEWER, READ | {P.REMARK_ON_LETTER}),
    TeamRole.LAWYER: (Role.LAWYER, READ | {P.REMARK_ON_LETTER}),
}


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_may_without_a_case(role: Role) -> None:
    allowed = {one for one in Permission if may(person(role), one)}
    assert allowed == GENERAL_TABLE[role] | {P.SIGN_IN, P.HAVE_AN_ACCOUNT}


@pytest.mark.parametrize("part", list(TeamRole))
def test_what_each_part_in_the_team_may(part: TeamRole) -> None:
    role, expected = CASE_TABLE[part]
    actor = person(role)
    case = Team([Someone(actor.user_id, part)])
    assert {one for one in WITH_CASE if may(actor, one, case)} == expected


def test_every_permission_is_in_exactly_one_table() -> None:
    assert set(GENERAL) | set(WITH_CASE) | {P.SIGN_IN} == set(Permission)
    assert not set(GENERAL) & set(WITH_CASE)


def test_nobody_signed_in_may_nothing_but_sign_in() -> None:
    case = Team([Someone(None, TeamRole.INSPECTOR)])
    assert {one for one in Permission if may(None, one, case)} == {P.SIGN_IN}
    assert {one for one in Permission if may_somewhere(None, one)} == {P.SIGN_IN}


def test_an_unknown_permission_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "GENERAL", {})
    monkeypatch.setattr(access, "WITH_CASE", {})
    actor = person(*Role)
    case = Team([Someone(actor.user_id, TeamRole.INSPECTOR)])
    assert {one for one in Permission if may(actor, one, case)} == {P.SIGN_IN}
    assert not may(actor, "read everything", case)  # type: ignore[arg-type]


def test_a_permission_with_a_case_is_a_no_without_one() -> None:
    assert not any(may(person(*Role), one) for one in WITH_CASE)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.REGISTRAR, Role.LOG_REVIEWER, Role.PROVIDER, Role.HOME_MANAGER]
)
def test_whoever_is_not_an_inspecting_role_sees_no_case_even_in_its_team(role: Role) -> None:
    actor = person(role)
    for part in TeamRole:
        case = Team([Someone(actor.user_id, part)])
        assert not any(may(actor, one, case) for one in WITH_CASE)


@pytest.mark.parametrize("part", list(TeamRole))
def test_a_conflict_of_interest_closes_the_case(part: TeamRole) -> None:
    role, _ = CASE_TABLE[part]
    actor = person(role)
    staffing = {P.ASSIGN_TEAM} if role is Role.SUPERVISOR else set()
    for other in TeamRole:
        case = Team([Someone(actor.user_id, part, has_conflict=True), Someone(actor.user_id, other)])
        left = {one for one in WITH_CASE if may(actor, one, case)}
        assert left == {P.DECLARE_CONFLICT, P.SEE_IN_LIST} | staffing


@pytest.mark.parametrize("part", list(TeamRole))
def test_before_conflict_of_interest_is_declared_the_case_is_closed(part: TeamRole) -> None:
    actor = person(CASE_TABLE[part][0])
    case = Team([Someone(actor.user_id, part, declared_at=None)])
    assert not may(actor, P.READ_INSPECTION, case)
    assert may(actor, P.DECLARE_CONFLICT, case)


@pytest.mark.parametrize("role", list(Role))
def test_outside_the_team_a_supervisor_staffs_and_nobody_reads(role: Role) -> None:
    case = Team([Someone(uuid4(), part) for part in TeamRole] + [Someone(None, TeamRole.INSPECTOR)])
    allowed = {one for one in WITH_CASE if may(person(role), one, case)}
    assert allowed == ({P.SEE_IN_LIST, P.ASSIGN_TEAM} if role is Role.SUPERVISOR else set())


def test_deciding_takes_both_the_role_and_the_part() -> None:
    for role, part in product(Role, TeamRole):
        actor = person(role)
        case = Team([Someone(actor.user_id, part)])
        expected = (role, part) == (Role.SUPERVISOR, TeamRole.DECISION_MAKER)
        assert may(actor, P.DECIDE, case) is expected
        assert may(actor, P.REVIEW_LETTER, case) is expected

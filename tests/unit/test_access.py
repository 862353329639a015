"""Who may do what, as a table: role or part in the team × permission."""

from dataclasses import dataclass, field, replace
from itertools import product
from uuid import UUID, uuid4

import pytest

from tillsyn.inspect.rules import access
from tillsyn.inspect.rules.access import GENERAL, WITH_CASE, Actor, Permission, may, may_somewhere
from tillsyn.models.vocabulary import Role, Standing, State, TeamRole


@dataclass
class Someone:
    user_id: UUID | None
    role: TeamRole
    has_conflict: bool = False
    declared_at: object | None = "yesterday"


@dataclass
class Team:
    team: list[Someone] = field(default_factory=list)
    announced: bool = True
    state: State = State.PLANNED
    visit_started_at: object | None = None
    id: UUID = field(default_factory=uuid4)


def person(*roles: Role) -> Actor:
    return Actor(uuid4(), "Anna", frozenset(roles))


P = Permission
OPEN_TO_ALL = {P.SIGN_IN, P.ANSWER_SURVEY, P.VERIFY_LETTER, P.ACCEPT_INVITATION}
GENERAL_TABLE: dict[Role, set[Permission]] = {
    Role.INSPECTOR: {
        P.SEE_INSPECTIONS,
        P.BREAK_GLASS,
        P.PLAN_INSPECTION,
        P.SEE_REGISTER,
        P.CHANGE_REGISTER,
        P.INVITE_PROVIDER,
        P.READ_GUIDES,
        P.CARRY_DEVICE,
    },
    Role.SUPERVISOR: {
        P.SEE_INSPECTIONS,
        P.BREAK_GLASS,
        P.PLAN_INSPECTION,
        P.WEIGH_REASONS,
        P.SEE_REGISTER,
        P.SEE_DIARY,
        P.CHANGE_REGISTER,
        P.INVITE_PROVIDER,
        P.SEE_MONITORING,
        P.READ_GUIDES,
        P.PUBLISH_GUIDES,
        P.CARRY_DEVICE,
        P.SEE_DEVICES,
        P.SEE_RETENTION,
        P.APPROVE_DISPOSAL,
        P.CONFIRM_RECOVERY,
        P.CONFIRM_ROLES,
    },
    Role.PEER_REVIEWER: {P.SEE_INSPECTIONS, P.BREAK_GLASS, P.SEE_REGISTER, P.READ_GUIDES, P.CARRY_DEVICE},
    Role.LAWYER: {P.SEE_INSPECTIONS, P.BREAK_GLASS, P.SEE_REGISTER, P.READ_GUIDES, P.CARRY_DEVICE},
    Role.REGISTRAR: {
        P.SEE_REGISTER,
        P.SEE_DIARY,
        P.RECEIVE_REQUESTS,
        P.CHANGE_REGISTER,
        P.INVITE_PROVIDER,
        P.READ_GUIDES,
        P.SEE_RETENTION,
        P.KEEP_RETENTION_RULES,
    },
    Role.LOG_REVIEWER: {P.REVIEW_LOG},
    Role.ADMINISTRATOR: {P.MANAGE_USERS, P.CONFIRM_RECOVERY, P.CONFIRM_ROLES},
    Role.PROVIDER: {P.ANSWER_LETTERS, P.ASKED_OF_US},
    Role.HOME_MANAGER: {P.ASSESS_ONESELF, P.ASKED_OF_US},
    Role.METHOD_OWNER: {P.READ_GUIDES, P.WRITE_GUIDES, P.PUBLISH_GUIDES},
}

READ = {P.READ_INSPECTION, P.OPEN_FILES, P.SEE_IN_LIST, P.DECLARE_CONFLICT, P.COUNTERSIGN, P.DISCLOSE}
TAKE_PART = READ | {P.NOTE_DISSENT}
"""Who takes part without deciding may have another opinion noted (FL 30 §)."""
CODE = {P.CODE_STATEMENTS, P.INVESTIGATE_ACCOUNT}
RECORD = CODE | {P.OPEN_IDENTITY, P.RECORD_IN_INSPECTION, P.RECORD_ACUTE, P.WRITE_LETTER}
CASE_TABLE: dict[TeamRole, tuple[Role, set[Permission]]] = {
    TeamRole.INSPECTOR: (
        Role.INSPECTOR,
        TAKE_PART
        | RECORD
        | {P.ASSIGN_TEAM, P.LEAD_INSPECTION, P.OVERRIDE_POSITION, P.PROPOSE_CORRECTION, P.ARCHIVE_CASE},
    ),
    TeamRole.CO_INSPECTOR: (Role.INSPECTOR, TAKE_PART | RECORD),
    TeamRole.DECISION_MAKER: (
        Role.SUPERVISOR,
        READ
        | {P.ASSIGN_TEAM, P.LEAD_INSPECTION, P.REMARK_ON_LETTER, P.REVIEW_LETTER, P.DECIDE}
        | {
            P.INVESTIGATE_ACCOUNT,
            P.OPEN_IDENTITY,
            P.OVERRIDE_POSITION,
            P.RELEASE_AREA,
            P.RECORD_ACUTE,
            P.ARCHIVE_CASE,
        },
    ),
    TeamRole.PEER_REVIEWER: (Role.PEER_REVIEWER, TAKE_PART | CODE | {P.REMARK_ON_LETTER, P.ADVISE_ON_LETTER}),
    TeamRole.LAWYER: (
        Role.LAWYER,
        TAKE_PART
        | {P.OPEN_IDENTITY, P.REMARK_ON_LETTER, P.RELEASE_AREA, P.ADVISE_ON_LETTER, P.ADVISE_ON_SANCTION},
    ),
}


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_may_without_a_case(role: Role) -> None:
    allowed = {one for one in Permission if may(person(role), one)}
    assert allowed == GENERAL_TABLE[role] | OPEN_TO_ALL | {P.HAVE_AN_ACCOUNT}


@pytest.mark.parametrize(
    ("standing", "allowed"),
    [
        (None, set()),
        (Standing.OWNER, {P.SEND_ANSWERS, P.INVITE_COLLEAGUES}),
        (Standing.MANAGER, {P.SEND_ANSWERS}),
        (Standing.HELPER, set()),
    ],
)
def test_what_each_standing_at_a_provider_may(standing: Standing | None, allowed: set[Permission]) -> None:
    """The owner invites and removes, a helper writes and does not send; without a provider nobody does."""
    at_provider = replace(person(Role.PROVIDER), provider_id=uuid4(), standing=standing)
    more = GENERAL_TABLE[Role.PROVIDER] | OPEN_TO_ALL | {P.HAVE_AN_ACCOUNT}
    assert {one for one in Permission if may(at_provider, one)} - more == allowed
    for astray in (replace(at_provider, provider_id=None), replace(at_provider, roles=frozenset())):
        assert not {P.SEND_ANSWERS, P.INVITE_COLLEAGUES} & {one for one in Permission if may(astray, one)}


@pytest.mark.parametrize("part", list(TeamRole))
def test_what_each_part_in_the_team_may(part: TeamRole) -> None:
    role, expected = CASE_TABLE[part]
    actor = person(role)
    case = Team([Someone(actor.user_id, part)])
    assert {one for one in WITH_CASE if may(actor, one, case)} == expected


def test_every_permission_is_in_exactly_one_table() -> None:
    assert set(GENERAL) | set(WITH_CASE) | OPEN_TO_ALL == set(Permission)
    assert not set(GENERAL) & set(WITH_CASE)


def test_nobody_signed_in_may_nothing_but_sign_in() -> None:
    case = Team([Someone(None, TeamRole.INSPECTOR)])
    assert {one for one in Permission if may(None, one, case)} == OPEN_TO_ALL
    assert {one for one in Permission if may_somewhere(None, one)} == OPEN_TO_ALL


def test_an_unknown_permission_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "GENERAL", {})
    monkeypatch.setattr(access, "WITH_CASE", {})
    actor = person(*Role)
    case = Team([Someone(actor.user_id, TeamRole.INSPECTOR)])
    assert {one for one in Permission if may(actor, one, case)} == OPEN_TO_ALL
    assert not may(actor, "read everything", case)  # type: ignore[arg-type]


def test_a_permission_with_a_case_is_a_no_without_one() -> None:
    assert not any(may(person(*Role), one) for one in WITH_CASE)


@pytest.mark.parametrize(
    "role",
    [
        Role.ADMINISTRATOR,
        Role.REGISTRAR,
        Role.LOG_REVIEWER,
        Role.PROVIDER,
        Role.HOME_MANAGER,
        Role.METHOD_OWNER,
    ],
)
def test_whoever_is_not_an_inspecting_role_sees_no_case_even_in_its_team(role: Role) -> None:
    actor = person(role)
    for part in TeamRole:
        case = Team([Someone(actor.user_id, part)])
        assert not any(may(actor, one, case) for one in WITH_CASE)


@pytest.mark.parametrize("part", list(TeamRole))
def test_a_conflict_of_interest_closes_the_case(part: TeamRole) -> None:
    """Also its place in lists, and staffing it (FL 17 §); they still see that they have declared."""
    actor = person(CASE_TABLE[part][0])
    for other in TeamRole:
        case = Team([Someone(actor.user_id, part, has_conflict=True), Someone(actor.user_id, other)])
        assert {one for one in WITH_CASE if may(actor, one, case)} == {P.DECLARE_CONFLICT}


@pytest.mark.parametrize("part", list(TeamRole))
def test_before_conflict_of_interest_is_declared_the_case_is_closed(part: TeamRole) -> None:
    actor = person(CASE_TABLE[part][0])
    case = Team([Someone(actor.user_id, part, declared_at=None)])
    assert not may(actor, P.READ_INSPECTION, case)
    assert may(actor, P.DECLARE_CONFLICT, case)


@pytest.mark.parametrize("role", list(Role))
def test_outside_the_team_a_supervisor_staffs_and_nobody_reads(role: Role) -> None:
    """But for who opens it in need, which is a step of its own."""
    case = Team([Someone(uuid4(), part) for part in TeamRole] + [Someone(None, TeamRole.INSPECTOR)])
    allowed = {one for one in WITH_CASE if may(person(role), one, case)}
    in_need = {P.OPEN_WITHOUT_PART} if role in access.AUTHORITY else set()
    assert allowed - in_need == ({P.SEE_IN_LIST, P.ASSIGN_TEAM} if role is Role.SUPERVISOR else set())
    assert in_need <= allowed


@pytest.mark.parametrize("role", list(Role))
def test_who_has_opened_a_case_in_need_reads_it_and_does_nothing_else(role: Role) -> None:
    """While it is open to them; a secret visit, and a case in which they have a part, is not read that way."""
    case = Team([Someone(uuid4(), part) for part in TeamRole])
    actor = person(role)
    opened = replace(actor, opened=frozenset({case.id}))
    gained = {one for one in WITH_CASE if may(opened, one, case) and not may(actor, one, case)}
    assert gained == ({P.READ_INSPECTION} if role in access.AUTHORITY else set())
    assert not may(opened, P.READ_INSPECTION, Team(list(case.team)))
    assert not may(opened, P.READ_INSPECTION, replace(case, announced=False))
    for mine in (
        Someone(actor.user_id, TeamRole.LAWYER, has_conflict=True),
        Someone(actor.user_id, TeamRole.LAWYER, declared_at=None),
    ):
        assert not may(opened, P.READ_INSPECTION, replace(case, team=[*case.team, mine]))


def test_deciding_takes_both_the_role_and_the_part() -> None:
    for role, part in product(Role, TeamRole):
        actor = person(role)
        case = Team([Someone(actor.user_id, part)])
        expected = (role, part) == (Role.SUPERVISOR, TeamRole.DECISION_MAKER)
        assert may(actor, P.DECIDE, case) is expected
        assert may(actor, P.REVIEW_LETTER, case) is expected


SECRET_UNTIL_THE_VISIT = [
    (state, begun, state in (State.PLANNED, State.PREPARED) and not begun)
    for state in State
    for begun in (False, True)
]


@pytest.mark.parametrize(("state", "begun", "secret"), SECRET_UNTIL_THE_VISIT)
def test_an_unannounced_visit_is_secret_until_it_has_begun_osl_17_1(
    state: State, begun: bool, secret: bool
) -> None:
    team = [Someone(uuid4(), part) for part in TeamRole]
    case = Team(team, announced=False, state=state, visit_started_at="today" if begun else None)
    for role in Role:
        sees = role is Role.SUPERVISOR and not secret
        assert may(person(role), P.SEE_IN_LIST, case) is sees
        assert may(person(role), P.ASSIGN_TEAM, case) is sees
    for member in team:
        actor = Actor(member.user_id or uuid4(), "Anna", frozenset({CASE_TABLE[member.role][0]}))
        assert may(actor, P.SEE_IN_LIST, case)


@pytest.mark.parametrize(
    "left",
    [
        [],
        [Someone(None, TeamRole.INSPECTOR)],
        [Someone(uuid4(), TeamRole.CO_INSPECTOR), Someone(uuid4(), TeamRole.LAWYER)],
        [Someone(uuid4(), part, has_conflict=True) for part in TeamRole],
    ],
    ids=["nobody", "nobody with an account", "nobody who leads", "only conflicts of interest"],
)
def test_a_secret_visit_that_nobody_can_staff_is_seen_by_supervisors(left: list[Someone]) -> None:
    case = Team(left, announced=False)
    for role in Role:
        assert may(person(role), P.ASSIGN_TEAM, case) is (role is Role.SUPERVISOR)

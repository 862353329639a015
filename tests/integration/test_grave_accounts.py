"""Grave accounts: found from the moment they are coded, and dealt with at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.integration.account_cases import (
    CODED,
    LATER,
    AccountCase,
    in_weighing,
    make_account_case,
    passage_of,
    sign,
    the_statement,
)
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.grave_accounts import Inquiry, Task
from tillsyn.inspect.rules.inspection_flow import may_interview_adults
from tillsyn.inspect.services.find_accounts import find_account, find_accounts, find_accounts_of
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.list_accounts import list_accounts
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import AcuteStep
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.vocabulary import ReportedTo, StatementStatus, TeamRole


@pytest.fixture
def case(db: Session) -> AccountCase:
    return make_account_case(db)


@pytest.fixture
def questions(db: Session) -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    engine = db.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_an_account_is_there_from_the_moment_it_is_coded(case: AccountCase) -> None:
    [found] = find_accounts(case.db, case.inspection)
    assert (found.label, found.source, found.area, found.severity) == ("u1", "b1", "BEM", 4)
    assert found.first_coded_at == CODED
    assert found.left == tuple(Task) and found.inquiry is Inquiry.NOT_BEGUN and found.is_open
    assert found.led_by_id == found.recorded_by_id == case.users[TeamRole.INSPECTOR].id
    assert gather_facts(case.db, case.reload(), now=LATER).accounts == (found,)


def test_a_case_without_one_asks_no_more_questions(db: Session, questions: list[str]) -> None:
    case = make_account_case(db, said=False)
    case.reload()
    questions.clear()
    assert gather_facts(db, case.inspection, now=LATER).accounts == ()
    assert not any("investigations" in one or "acute_steps.reported_to" in one for one in questions)


@pytest.mark.parametrize("status", [StatementStatus.WITHDRAWN, StatementStatus.CLOSED])
def test_taking_it_back_or_saying_that_it_is_over_does_not_end_it(
    case: AccountCase, status: StatementStatus
) -> None:
    the_statement(case).status = status
    case.db.flush()
    [found] = find_accounts(case.db, case.inspection)
    assert found.is_open and found.withdrawn == (status is StatementStatus.WITHDRAWN)


def test_a_coder_who_lowers_it_alone_does_not_end_it(case: AccountCase) -> None:
    statement = the_statement(case)
    statement.severity = 1
    case.db.flush()
    [found] = find_accounts(case.db, case.reload())
    assert found.severity == 4 and found.is_disputed
    with pytest.raises(NotPossibleNow, match="settle"):
        case.investigate()


def test_a_passage_can_be_an_account_of_its_own(case: AccountCase) -> None:
    passage = passage_of(case, severity=3)
    found = {one.label: one for one in find_accounts(case.db, case.reload())}
    assert found.keys() == {"u1", "u1.1"}
    assert found["u1.1"].passage_id == passage.id and found["u1.1"].theme == "vald_hot"


def test_several_cases_at_once_are_found_as_each_alone(db: Session) -> None:
    cases = [make_account_case(db, severity=severity) for severity in (3, 4)]
    together = find_accounts_of(db, [one.inspection for one in cases])
    for one in cases:
        assert together[one.inspection.id] == find_accounts(db, one.inspection)


def test_the_support_is_the_one_the_method_finds(case: AccountCase) -> None:
    """What the pages say (columns only) is what the weighing itself finds."""
    talk = case.db.scalars(select(Interview)).one()
    other = Interview(
        inspection_id=case.inspection.id, resident_id=case.inspection.residents[1].id,
        informant=talk.informant, person="b2", started_at=CODED, ended_at=CODED,
    )  # fmt: skip
    case.db.add(other)
    case.db.flush()
    assert find_account(case.db, case.inspection, "u1").is_open
    case.db.add(
        Statement(
            inspection_id=case.inspection.id, interview_id=other.id, label="u2", theme="bemotande",
            severity=2, recorded_at=CODED, changed_at=CODED, text="Jag såg det.",
        )
    )  # fmt: skip
    case.db.flush()
    found = find_account(case.db, case.inspection, "u1")
    assert found.corroborated and found.supported_by == ("u2",)
    active = in_weighing(case)
    assert active is not None and active.corroborated and found.ceiling == active.at_most == 1


# --- At once ----------------------------------------------------------------------------------


def test_a_step_is_noted_about_its_account_and_opens_the_track(case: AccountCase) -> None:
    assert may_interview_adults(gather_facts(case.db, case.inspection, now=LATER))
    case.note(ReportedTo.SOCIAL_SERVICES)
    assert not may_interview_adults(gather_facts(case.db, case.reload(), now=LATER))
    assert find_account(case.db, case.inspection, "u1").left == (Task.POLICE, Task.CHILD)
    case.note(ReportedTo.NO_POLICE)
    case.note(ReportedTo.CHILD_TOLD, note="")
    assert find_account(case.db, case.inspection, "u1").left == ()
    kinds = list(case.db.scalars(select(Event.kind).where(Event.inspection_id == case.inspection.id)))
    assert kinds.count(EventKind.ACUTE_OPENED) == 1 and kinds.count(EventKind.ACUTE_STEP_RECORDED) == 2
    step = case.db.scalars(select(AcuteStep).where(AcuteStep.told_child)).one()
    assert step.told_child_what == "Vi berättade vad vi gör."


def test_one_report_may_cover_several_accounts(case: AccountCase) -> None:
    passage_of(case, severity=3)
    case.note(ReportedTo.SOCIAL_SERVICES, about=("u1", "u1.1"))
    assert len(case.db.scalars(select(AcuteStep)).all()) == 1
    assert all(Task.REPORT in one.done for one in find_accounts(case.db, case.reload()))


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (ReportedTo.SOCIAL_SERVICES, {"note": "  "}, "note"),
        (ReportedTo.SOCIAL_SERVICES, {"note": "x" * 20_001}, "note"),
        (ReportedTo.SOCIAL_SERVICES, {"told_child": True}, "told_child_what"),
        (ReportedTo.CHILD_TOLD, {"told_child_what": ""}, "told_child_what"),
        (ReportedTo.NO_POLICE, {"note": "nej"}, "note"),
        (ReportedTo.NO_POLICE, {"about": ()}, "about"),
        (ReportedTo.NO_REPORT, {}, "reported_to"),
    ],
)
def test_what_is_lacking_in_a_step_is_said_at_its_field(
    case: AccountCase, kind: ReportedTo, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        case.note(kind, **values)
    assert refused.value.values["field"] == field
    assert case.db.scalars(select(AcuteStep)).all() == []


def test_only_the_decision_maker_decides_that_danger_is_not_reported(case: AccountCase) -> None:
    case.note(ReportedTo.NO_REPORT, actor=case.actor(TeamRole.DECISION_MAKER))
    assert Task.REPORT in find_account(case.db, case.inspection, "u1").done


def test_an_inspector_decides_it_of_what_is_grave_but_no_danger(db: Session) -> None:
    case = make_account_case(db, severity=3)
    case.note(ReportedTo.NO_REPORT)
    assert Task.REPORT in find_account(db, case.inspection, "u1").done


def test_a_step_about_something_that_is_no_account_is_refused(case: AccountCase) -> None:
    with pytest.raises(NotFound):
        case.note(ReportedTo.SOCIAL_SERVICES, about=("u9",))


@pytest.mark.parametrize("part", [TeamRole.PEER_REVIEWER, TeamRole.LAWYER])
def test_the_track_is_for_those_who_inspect_and_decide(case: AccountCase, part: TeamRole) -> None:
    with pytest.raises(NotAllowed):
        case.note(ReportedTo.SOCIAL_SERVICES, actor=case.actor(part))


# --- First pages ------------------------------------------------------------------------------


def test_accounts_wait_for_inspectors_and_the_decision_maker_and_for_those_who_can_countersign(
    case: AccountCase,
) -> None:
    def waits_for(part: TeamRole) -> bool:
        return bool(list_accounts(case.db, case.actor(part), [case.inspection]))

    assert all(
        waits_for(part) for part in (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR, TeamRole.DECISION_MAKER)
    )
    assert not waits_for(TeamRole.LAWYER)
    case.investigate()
    assert waits_for(TeamRole.LAWYER) and waits_for(TeamRole.PEER_REVIEWER)
    sign(case, TeamRole.DECISION_MAKER)
    assert not waits_for(TeamRole.LAWYER) and waits_for(TeamRole.INSPECTOR)
    for kind in (ReportedTo.SOCIAL_SERVICES, ReportedTo.POLICE, ReportedTo.CHILD_TOLD):
        case.note(kind)
    assert not waits_for(TeamRole.INSPECTOR)

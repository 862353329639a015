"""A grave account is investigated by a second person and resolved by a third; nothing holds before that."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.integration.account_cases import (
    LATER,
    WORDS,
    AccountCase,
    in_weighing,
    make_account_case,
    passage_of,
    sign,
    the_statement,
)
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.rules.grave_accounts import Inquiry
from tillsyn.inspect.services.countersign_account import countersign_account, return_account
from tillsyn.inspect.services.find_accounts import find_account, find_accounts
from tillsyn.inspect.services.hold_interview import find_interview
from tillsyn.inspect.services.save_statement import save_statement, values_of
from tillsyn.inspect.services.weigh_inspection import weighed
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.grave_accounts import Investigation
from tillsyn.models.vocabulary import ReportedTo, Resolution, Role, State, TeamRole


@pytest.fixture
def case(db: Session) -> AccountCase:
    return make_account_case(db)


def test_an_investigation_changes_nothing_until_it_is_countersigned(case: AccountCase) -> None:
    before = weighed(case.db, case.inspection).result.stamp.input_hash
    written = case.investigate()
    assert the_statement(case).resolution is None
    assert weighed(case.db, case.reload()).result.stamp.input_hash == before
    active = in_weighing(case)
    assert active is not None and active.is_open and active.at_most == 1
    sign(case, TeamRole.DECISION_MAKER)
    assert the_statement(case).resolution is Resolution.NOT_CONFIRMED
    assert weighed(case.db, case.reload()).result.stamp.input_hash != before
    active = in_weighing(case)
    assert active is not None and not active.is_open and active.at_most == 3
    assert (written.countersigned_by_id, written.countersigned_at) == (
        case.users[TeamRole.DECISION_MAKER].id,
        LATER,
    )
    told = case.db.scalars(select(Event).where(Event.kind == EventKind.ACCOUNT_RESOLVED)).one()
    assert told.details["resolution"] == "not_confirmed" and WORDS not in str(told.details)


@pytest.mark.parametrize(("resolution", "counts"), [(Resolution.CONFIRMED, 1), (Resolution.REFUTED, None)])
def test_what_is_confirmed_counts_in_full_and_what_is_refuted_not_at_all(
    case: AccountCase, resolution: Resolution, counts: int | None
) -> None:
    case.investigate(resolution=resolution)
    sign(case, TeamRole.LAWYER)
    active = in_weighing(case)
    assert (active.at_most if active else None) == counts
    [still] = find_accounts(case.db, case.inspection)
    assert still.resolution is resolution and still.ceiling == counts


def test_a_passage_is_resolved_for_itself(case: AccountCase) -> None:
    passage = passage_of(case, severity=3)
    written = case.investigate(label="u1.1")
    countersign_account(
        case.db, actor=case.actor(TeamRole.DECISION_MAKER), inspection=case.inspection, label="u1.1",
        investigation_id=written.id, now=LATER,
    )  # fmt: skip
    assert passage.resolution is Resolution.NOT_CONFIRMED and the_statement(case).resolution is None
    assert find_account(case.db, case.reload(), "u1").inquiry is Inquiry.NOT_BEGUN


def test_whoever_led_the_talk_does_not_investigate(case: AccountCase) -> None:
    with pytest.raises(NotPossibleNow, match="led the talk"):
        case.investigate(actor=case.actor(TeamRole.INSPECTOR))


def test_whoever_recorded_the_words_does_not_investigate(case: AccountCase) -> None:
    the_statement(case).recorded_by_id = case.users[TeamRole.CO_INSPECTOR].id
    case.db.flush()
    with pytest.raises(NotPossibleNow, match="recorded"):
        case.investigate()
    case.investigate(actor=case.actor(TeamRole.PEER_REVIEWER))


@pytest.mark.parametrize("part", [TeamRole.CO_INSPECTOR, TeamRole.INSPECTOR])
def test_neither_the_writer_nor_the_one_who_led_the_talk_countersigns(
    case: AccountCase, part: TeamRole
) -> None:
    case.investigate()
    with pytest.raises(NotPossibleNow):
        sign(case, part)
    assert the_statement(case).resolution is None


def test_the_lawyer_and_those_outside_do_not_investigate(case: AccountCase) -> None:
    outside = acting(make_user(case.db, Role.INSPECTOR))
    for actor in (case.actor(TeamRole.LAWYER), outside):
        with pytest.raises(NotAllowed):
            case.investigate(actor=actor)
    case.investigate()
    waiting = find_account(case.db, case.inspection, "u1").waiting
    assert waiting is not None
    with pytest.raises(NotAllowed):
        countersign_account(
            case.db, actor=outside, inspection=case.inspection, label="u1",
            investigation_id=waiting.id, now=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("field", ["record", "attempt", "decision"])
def test_no_part_of_an_investigation_is_left_out(case: AccountCase, field: str) -> None:
    for text in (" ", "x" * 20_001):
        with pytest.raises(Invalid) as refused:
            case.investigate(**{field: text})
        assert refused.value.values["field"] == field


def test_two_do_not_investigate_at_once_and_another_is_not_signed_by_mistake(case: AccountCase) -> None:
    case.investigate()
    with pytest.raises(NotPossibleNow, match="waits"):
        case.investigate(actor=case.actor(TeamRole.PEER_REVIEWER))
    with pytest.raises(Conflict):
        sign(case, TeamRole.DECISION_MAKER, investigation_id=new_id())


def test_a_returned_investigation_keeps_its_words_and_says_why(case: AccountCase) -> None:
    first = case.investigate()
    with pytest.raises(Invalid):
        give_back(case, first, " ")
    give_back(case, first, "Läs nattjournalen också.")
    assert the_statement(case).resolution is None
    assert (first.record, first.remark) == (
        "Vi läste journalen och talade med personalen.",
        "Läs nattjournalen också.",
    )
    assert find_account(case.db, case.reload(), "u1").inquiry is Inquiry.RETURNED
    case.investigate(resolution=Resolution.CONFIRMED, now=LATER)
    sign(case, TeamRole.DECISION_MAKER)
    assert the_statement(case).resolution is Resolution.CONFIRMED
    assert first.countersigned_at is None and first.returned_at == LATER


def give_back(case: AccountCase, written: Investigation, remark: str) -> None:
    return_account(
        case.db, actor=case.actor(TeamRole.DECISION_MAKER), inspection=case.inspection, label="u1",
        investigation_id=written.id, remark=remark, now=LATER,
    )  # fmt: skip


def test_what_is_resolved_can_be_investigated_anew(case: AccountCase) -> None:
    case.investigate()
    sign(case, TeamRole.DECISION_MAKER)
    case.investigate(resolution=Resolution.CONFIRMED, now=LATER)
    assert the_statement(case).resolution is Resolution.NOT_CONFIRMED
    sign(case, TeamRole.PEER_REVIEWER)
    assert the_statement(case).resolution is Resolution.CONFIRMED


def test_a_finished_case_is_left_as_it_is(case: AccountCase) -> None:
    written = case.investigate()
    case.inspection.state = State.CLOSED
    for attempt in (case.investigate, lambda: case.note(ReportedTo.SOCIAL_SERVICES)):
        with pytest.raises(NotPossibleNow):
            attempt()
    with pytest.raises(NotPossibleNow):
        give_back(case, written, "Läs nattjournalen också.")


def test_an_investigated_account_is_not_made_smaller_where_it_is_written(case: AccountCase) -> None:
    case.investigate()
    sign(case, TeamRole.DECISION_MAKER)
    statement = the_statement(case)
    values = values_of(statement)
    with pytest.raises(Invalid):
        save_statement(
            case.db, actor=case.actor(TeamRole.INSPECTOR), inspection=case.inspection,
            source=find_interview(case.db, case.inspection, statement.interview_id), now=LATER,
            statement_id=statement.id, version=statement.version, values=replace(values, severity=1),
        )  # fmt: skip

"""Grave accounts as rules: what is one, what is left to do, who may end it, and what it keeps shut."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.grave_accounts import (
    Account,
    AcuteDone,
    Inquired,
    Inquiry,
    Judgement,
    Task,
    close_obstacles,
    grave_judgement,
    may_not_countersign,
    may_not_investigate,
    support_of,
)
from tillsyn.inspect.rules.inspection_flow import CaseFacts, refusals
from tillsyn.inspect.rules.weighing import (
    Catalogue,
    Check,
    CheckResult,
    Coding,
    Perspective,
    Status,
)
from tillsyn.inspect.rules.weighing import Resolution as WeighedResolution
from tillsyn.inspect.rules.weighing.severity import active_codings, checked_requirements
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.vocabulary import CodingPart, ReportedTo, Resolution, State

THEN = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
LEADER, RECORDER, SECOND, THIRD = (uuid4() for _ in range(4))
FIRST, OTHER, SETTLED = CodingPart.FIRST, CodingPart.SECOND, CodingPart.SETTLED


def at(hours: int) -> datetime:
    return THEN + timedelta(hours=hours)


def judgements(*given: tuple[CodingPart, int]) -> list[Judgement]:
    """Part and severity, an hour apart."""
    return [Judgement(severity, at(hour), part) for hour, (part, severity) in enumerate(given)]


def account(**values: Any) -> Account:
    base: dict[str, Any] = {
        "label": "u7",
        "statement_id": UUID(int=7),
        "passage_id": None,
        "perspective": Perspective.CHILD,
        "source": "b1",
        "theme": "bemotande",
        "area": "BEM",
        "severity": 3,
        "standing": 3,
        "first_coded_at": THEN,
        "resolution": None,
        "withdrawn": False,
        "corroborated": False,
        "supported_by": (),
        "ceiling": 2,
        "steps": (),
        "inquiries": (),
        "led_by_id": LEADER,
        "recorded_by_id": RECORDER,
    }
    return Account(**base | values)


def step(kind: ReportedTo, **values: Any) -> AcuteDone:
    return AcuteDone(kind, THEN, LEADER, **values)


def inquired(by: UUID = SECOND, *, signed: bool = False, returned: bool = False) -> Inquired:
    return Inquired(uuid4(), by, THEN, signed, returned)


ALL_DONE = (step(ReportedTo.SOCIAL_SERVICES), step(ReportedTo.NO_POLICE), step(ReportedTo.CHILD_TOLD))


@pytest.mark.parametrize(
    ("given", "severity", "since"),
    [
        (judgements((FIRST, 3)), 3, at(0)),
        (judgements((FIRST, 2), (OTHER, 4)), 4, at(1)),
        (judgements((FIRST, 4), (FIRST, 1)), 4, at(0)),
        (judgements((FIRST, 4), (OTHER, 1)), 4, at(0)),
        (judgements((FIRST, 4), (OTHER, 3), (SETTLED, 3)), 3, at(0)),
        (judgements((FIRST, 4), (OTHER, 1), (SETTLED, 1), (FIRST, 3)), 3, at(3)),
        (judgements((FIRST, 2), (OTHER, 2), (OTHER, 3)), 3, at(2)),
    ],
)
def test_what_any_coder_judges_as_grave_is_an_account(
    given: list[Judgement], severity: int, since: datetime
) -> None:
    assert grave_judgement(None, given, recorded_at=at(-1)) == (severity, since)


@pytest.mark.parametrize(
    "given",
    [
        judgements(),
        judgements((FIRST, 2)),
        judgements((FIRST, 3), (OTHER, 1), (SETTLED, 2)),
        judgements((FIRST, 3), (OTHER, 1), (FIRST, 2)),
    ],
)
def test_two_coders_who_judge_it_as_less_end_it(given: list[Judgement]) -> None:
    assert grave_judgement(2, given, recorded_at=THEN) is None


def test_a_severity_without_a_coding_counts_from_when_the_words_were_recorded() -> None:
    assert grave_judgement(4, [], recorded_at=at(-3)) == (4, at(-3))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_one_coder_alone_never_ends_an_account(severities: list[int]) -> None:
    found = grave_judgement(
        severities[-1], judgements(*((FIRST, one) for one in severities)), recorded_at=THEN
    )
    assert (found is not None) == (max(severities) >= 3)
    if found is not None:
        assert found[0] == max(severities)


def test_three_things_are_left_until_they_are_done_or_decided() -> None:
    assert account().left == tuple(Task)
    assert account(steps=(step(ReportedTo.WITHIN),)).left == tuple(Task)
    reported = step(ReportedTo.SOCIAL_SERVICES, told_child=True)
    assert account(steps=(reported,)).left == (Task.POLICE,)
    assert account(steps=(reported,)).done == {Task.REPORT: reported, Task.CHILD: reported}
    assert account(steps=ALL_DONE).left == ()
    decided = (ReportedTo.NO_REPORT, ReportedTo.NO_POLICE, ReportedTo.CHILD_NOT_TOLD)
    assert account(steps=tuple(step(kind) for kind in decided)).left == ()


def test_the_first_step_that_did_a_task_is_the_one_that_is_shown() -> None:
    early, late = step(ReportedTo.NO_POLICE), replace(step(ReportedTo.POLICE), at=at(5))
    assert account(steps=(early, late)).done[Task.POLICE] is early


def test_the_flag_stays_until_it_is_resolved_and_everything_is_done() -> None:
    assert account(steps=ALL_DONE).is_flagged
    assert account(steps=ALL_DONE, corroborated=True).is_flagged
    assert account(resolution=Resolution.REFUTED).is_flagged
    assert not account(steps=ALL_DONE, resolution=Resolution.CONFIRMED).is_flagged
    again = (inquired(signed=True), inquired())
    assert account(steps=ALL_DONE, resolution=Resolution.CONFIRMED, inquiries=again).is_flagged


def test_how_far_the_investigation_has_come() -> None:
    assert account().inquiry is Inquiry.NOT_BEGUN
    assert account(inquiries=(inquired(),)).inquiry is Inquiry.WAITING
    assert account(inquiries=(inquired(returned=True),)).inquiry is Inquiry.RETURNED
    assert account(inquiries=(inquired(returned=True), inquired(signed=True))).inquiry is Inquiry.SIGNED


def test_whoever_led_or_recorded_does_not_investigate_and_a_second_person_does() -> None:
    assert "led the talk" in may_not_investigate(account(), LEADER)[0].text
    assert "recorded" in may_not_investigate(account(), RECORDER)[0].text
    assert may_not_investigate(account(), SECOND) == ()
    assert "waits" in may_not_investigate(account(inquiries=(inquired(),)), THIRD)[0].text
    assert may_not_investigate(account(inquiries=(inquired(returned=True),)), SECOND) == ()


def test_a_third_eye_countersigns() -> None:
    waiting = account(inquiries=(inquired(SECOND),))
    assert may_not_countersign(waiting, THIRD) == ()
    assert "wrote" in may_not_countersign(waiting, SECOND)[0].text
    for one in (LEADER, RECORDER):
        assert "third person" in may_not_countersign(waiting, one)[0].text
    assert may_not_countersign(account(), THIRD)


def test_while_the_coders_disagree_below_grave_nobody_investigates() -> None:
    disputed = account(standing=2, inquiries=())
    assert disputed.is_disputed
    assert "settle" in may_not_investigate(disputed, SECOND)[0].text
    assert "settle" in may_not_countersign(replace(disputed, inquiries=(inquired(),)), THIRD)[0].text


def test_nobody_is_both_writer_and_third_eye() -> None:
    for one in (LEADER, RECORDER, SECOND, THIRD):
        if not may_not_investigate(account(), one):
            assert may_not_countersign(account(inquiries=(inquired(one),)), one)


READY = CaseFacts(state=State.FOLLOW_UP, decided=True, letter_sent=True, letter=LetterState.SENT)


@pytest.mark.parametrize("here", [State.FOLLOW_UP, State.DECISION])
def test_a_case_is_not_closed_over_an_open_account(here: State) -> None:
    facts = replace(READY, state=here)
    assert refusals(facts, State.CLOSED) == ()
    found = refusals(replace(facts, accounts=(account(),)), State.CLOSED)
    assert [reason.values for reason in found] == [{"which": "u7"}, {"which": "u7"}]
    unresolved = refusals(replace(facts, accounts=(account(steps=ALL_DONE),)), State.CLOSED)
    assert ["Investigate" in reason.text for reason in unresolved] == [True]
    supported = account(steps=ALL_DONE, corroborated=True)
    assert refusals(replace(facts, accounts=(supported,)), State.CLOSED) == ()


def test_an_investigation_that_waits_keeps_the_case_open_too() -> None:
    waiting = account(steps=ALL_DONE, corroborated=True, inquiries=(inquired(),))
    assert len(close_obstacles([waiting])) == 1
    assert close_obstacles([account(steps=ALL_DONE, resolution=Resolution.NOT_CONFIRMED)]) == ()


CATALOGUE = Catalogue(
    themes={"a": "X", "b": "X"}, requirements={"K1": frozenset({"a"}), "K2": frozenset({"b"})}
)
CODINGS = st.builds(
    Coding,
    id=st.uuids().map(str),
    source=st.sampled_from(["b1", "b2", "p1", "o1"]),
    perspective=st.sampled_from([Perspective.CHILD, Perspective.STAFF, Perspective.OBSERVATION]),
    theme=st.sampled_from(["a", "b"]),
    severity=st.integers(0, 4),
    firsthand=st.booleans(),
    status=st.sampled_from(list(Status)),
    resolution=st.none(),
)
CHECKS = st.builds(
    Check,
    requirement=st.sampled_from(["K1", "K2"]),
    result=st.just(CheckResult.DEVIATION),
    consequence=st.integers(0, 4),
)


@given(st.lists(CODINGS, max_size=8), st.lists(CHECKS, max_size=2), st.data())
def test_what_supports_an_account_is_what_the_method_says(
    codings: list[Coding], checks: list[Check], data: st.DataObject
) -> None:
    """S4: the names that are shown are there exactly when the method counts the account as supported."""
    resolved = [
        replace(one, resolution=data.draw(st.sampled_from([None, *WeighedResolution])))
        if one.severity >= 3
        else one
        for one in codings
    ]
    checked = checked_requirements(checks)
    active = active_codings(CATALOGUE, resolved, checked)
    for one in active:
        if not one.is_grave:
            continue
        found = support_of(one, active, tuple(checked.values()), CATALOGUE.requirements)
        by_itself = (
            one.coding.resolution is WeighedResolution.CONFIRMED
            or one.coding.perspective is Perspective.OBSERVATION
        )
        assert one.corroborated == (by_itself or bool(found))

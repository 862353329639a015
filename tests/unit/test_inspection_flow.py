"""The way of a case: every gate shut and open, every state reachable, and no walk past a gate."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.i18n import translate
from tillsyn.inspect.rules.inspection_flow import (
    WAY,
    CaseFacts,
    Reason,
    children_first,
    left_behind,
    may_interview_adults,
    refusals,
    steps_from,
)
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.vocabulary import InformationItem, State

READY = CaseFacts(
    state=State.PLANNED,
    has_inspector=True,
    information_given=frozenset(InformationItem),
    residents=3,
    children_confirmed=True,
    staff_talks=1,
    manager_talks=1,
    weighed=True,
    letter=LetterState.APPROVED,
    communicated=True,
    replied=True,
    reply_by_on=date(2026, 3, 31),
    meetings=1,
    decided=True,
    letter_sent=True,
    today=date(2026, 3, 10),
)
"""A case in which every gate is open."""

S = State
LAW: dict[tuple[State, State], str] = {
    (S.PLANNED, S.PREPARED): "OSL 5:1–2, FL 16–18",
    (S.PREPARED, S.CHILDREN): "SoF 16:3",
    (S.CHILDREN, S.OTHER_TALKS): "SoF 16:1, SoL 28:4",
    (S.OTHER_TALKS, S.DOCUMENTS): "FL 23",
    (S.DOCUMENTS, S.WEIGHING): "FL 23",
    (S.WEIGHING, S.REVIEW): "FL 32",
    (S.REVIEW, S.COMMUNICATION): "FL 28, SoL 28:9, 28:16",
    (S.REVIEW, S.WEIGHING): "FL 32",
    (S.COMMUNICATION, S.DIALOGUE): "FL 25",
    (S.COMMUNICATION, S.DECISION): "FL 25",
    (S.COMMUNICATION, S.WEIGHING): "FL 23, 25",
    (S.DIALOGUE, S.DECISION): "FL 24, 27",
    (S.DIALOGUE, S.WEIGHING): "FL 23, 24",
    (S.DECISION, S.FOLLOW_UP): "FL 31–33",
    (S.DECISION, S.CLOSED): "FL 31–33, SoL 28:3 p 2, 28:16, 2013:176 2",
    (S.FOLLOW_UP, S.CLOSED): "SoL 28:3 p 2, 19:1, 28:16, 2013:176 2",
    (S.CLOSED, S.ARCHIVED): "OSL 5:1, arkivlagen 10, 2013:176 2",
}
"""What each transition rests on."""


def by_law(row: Any) -> list[str]:
    """Names of the rows of a table of transitions: the statute, then the step."""
    return [
        f"{LAW[one[0], one[1]]}: {one[0].value} to {one[1].value} {number}" for number, one in enumerate(row)
    ]


EVERY_STEP = [(here, step.to) for here, steps in WAY.items() for step in steps]
SHUT: list[tuple[State, State, dict[str, Any], str]] = [
    (S.PLANNED, S.PREPARED, {"has_inspector": False}, "Appoint a responsible inspector."),
    (S.PLANNED, S.PREPARED, {"undeclared": ("Anna",)}, "Conflict of interest is not yet declared by: Anna."),
    (S.PLANNED, S.PREPARED, {"conflicted": ("Bo",)}, "Replace those who have a conflict of interest: Bo."),
    (S.PREPARED, S.CHILDREN, {"information_given": frozenset()}, "Left: 4 of 4"),
    (S.PREPARED, S.CHILDREN, {"information_given": frozenset(list(InformationItem)[:3])}, "Left: 1 of 4"),
    (S.CHILDREN, S.OTHER_TALKS, {"children_confirmed": False}, "Confirm that the list of children"),
    (S.CHILDREN, S.OTHER_TALKS, {"without_outcome": ("b2", "b3")}, "Left: b2, b3."),
    (S.OTHER_TALKS, S.DOCUMENTS, {"manager_talks": 0}, "at least one talk with the manager"),
    (S.OTHER_TALKS, S.DOCUMENTS, {"staff_talks": 0}, "at least one talk with staff"),
    (S.OTHER_TALKS, S.DOCUMENTS, {"open_talks": ("p1",)}, "still open: p1."),
    (S.DOCUMENTS, S.WEIGHING, {"unmarked": ("K01", "K02")}, "Left: 2 (K01, K02)"),
    (S.WEIGHING, S.REVIEW, {"unjudged": ("u1",)}, "Code every statement: theme and severity. Left: 1 (u1)"),
    (
        S.WEIGHING,
        S.REVIEW,
        {"without_second_coder": ("u3", "u4.1")},
        "on the page Coding. Left: 2 (u3, u4.1)",
    ),
    (S.WEIGHING, S.REVIEW, {"without_second_coder": ("u3",), "coders": 1}, "Add a co-inspector or a peer"),
    (S.WEIGHING, S.REVIEW, {"disputed": ("u3",)}, "Settle where two coders disagree"),
    (S.WEIGHING, S.REVIEW, {"areas_without_own_view": ("A1",)}, "your own view of each area first. Left: 1"),
    (
        S.WEIGHING,
        S.REVIEW,
        {"areas_without_reasoning": ("A1",)},
        "Write the assessment of each area. Left: 1",
    ),
    (S.WEIGHING, S.REVIEW, {"weighed": False}, "Run the weighing."),
    (S.WEIGHING, S.REVIEW, {"letter": None}, "Compose the letter."),
    (S.WEIGHING, S.REVIEW, {"letter": LetterState.DRAFT}, "Send the letter to review."),
    (S.WEIGHING, S.REVIEW, {"letter": LetterState.RETURNED}, "Send the letter to review."),
    (S.REVIEW, S.COMMUNICATION, {"letter": LetterState.IN_REVIEW}, "not yet approved by another person"),
    (S.REVIEW, S.COMMUNICATION, {"highest_level": 4}, "Add a lawyer to the team"),
    (S.REVIEW, S.COMMUNICATION, {"sanction": True}, "Add a lawyer to the team"),
    (S.REVIEW, S.COMMUNICATION, {"highest_level": 4, "lawyer_in_team": True}, "Wait for the lawyer’s"),
    (S.REVIEW, S.COMMUNICATION, {"sanction": True, "lawyer_in_team": True}, "Wait for the lawyer’s"),
    (
        S.COMMUNICATION,
        S.DIALOGUE,
        {"communicated": False, "replied": False},
        "Send the facts to the provider",
    ),
    (S.COMMUNICATION, S.DECISION, {"replied": False}, "Wait for the reply"),
    (S.COMMUNICATION, S.DECISION, {"replied": False, "today": date(2026, 3, 31)}, "Wait for the reply"),
    (S.DIALOGUE, S.DECISION, {"meetings": 0}, "Note the dialogue meeting"),
    (S.DECISION, S.FOLLOW_UP, {"decided": False}, "Record the decision"),
    (S.DECISION, S.FOLLOW_UP, {"letter_sent": False}, "Send the letter to the provider."),
    (S.DECISION, S.CLOSED, {"deficiencies": ("K10",)}, "is followed up before it closes"),
    (S.DECISION, S.CLOSED, {"sanctions_open": ("K08",)}, "dialogue does not close it. Left: K08."),
    (S.FOLLOW_UP, S.CLOSED, {"not_followed_up": ("K10",)}, "Follow up every deficiency"),
    (
        S.FOLLOW_UP,
        S.CLOSED,
        {"sanctions_open": ("K08", "K02")},
        "dialogue does not close it. Left: K08, K02.",
    ),
]

OPEN: list[tuple[State, State, dict[str, Any]]] = [
    (S.CHILDREN, S.OTHER_TALKS, {"without_outcome": ("b2",), "overridden": True}),
    (S.CHILDREN, S.OTHER_TALKS, {"children_confirmed": False, "without_outcome": ("b2",), "acute": True}),
    (S.OTHER_TALKS, S.DOCUMENTS, {"staff_talks": 0, "no_staff_reason": True}),
    (S.WEIGHING, S.REVIEW, {"letter": LetterState.IN_REVIEW}),
    (
        S.REVIEW,
        S.COMMUNICATION,
        {"highest_level": 5, "sanction": True, "lawyer_in_team": True, "lawyer_heard": True},
    ),
    (S.REVIEW, S.COMMUNICATION, {"highest_level": 3}),
    (S.COMMUNICATION, S.DECISION, {"communicated": False, "replied": False, "communication_skipped": True}),
    (S.COMMUNICATION, S.DECISION, {"replied": False, "today": date(2026, 4, 1)}),
    (S.DECISION, S.FOLLOW_UP, {"deficiencies": ("K10",)}),
]
"""Gates that open by another door than the usual one."""


def in_english(reason: Reason) -> str:
    return reason.text % reason.values if reason.values else reason.text


@pytest.mark.parametrize(("here", "to", "lacking", "says"), SHUT, ids=by_law(SHUT))
def test_a_gate_is_shut_and_says_why(here: State, to: State, lacking: dict[str, Any], says: str) -> None:
    found = [in_english(reason) for reason in refusals(replace(READY, state=here, **lacking), to)]
    assert len(found) == 1 and says in found[0], found


@pytest.mark.parametrize(("here", "to", "facts"), OPEN, ids=by_law(OPEN))
def test_a_gate_opens_by_its_other_door(here: State, to: State, facts: dict[str, Any]) -> None:
    assert refusals(replace(READY, state=here, **facts), to) == ()


@pytest.mark.parametrize(("here", "to"), EVERY_STEP, ids=by_law(EVERY_STEP))
def test_every_gate_is_open_when_nothing_is_lacking(here: State, to: State) -> None:
    assert refusals(replace(READY, state=here), to) == ()


ENDING = [(here, to, to in (S.CLOSED, S.ARCHIVED)) for here, to in EVERY_STEP]


@pytest.mark.parametrize(("here", "to", "ends"), ENDING, ids=by_law(ENDING))
def test_an_end_is_argued_for_while_results_are_not_passed_on_and_no_other_step_is(
    here: State, to: State, ends: bool
) -> None:
    """Förordning (2013:176) 2 §: results are reported to the municipality or region concerned."""
    case = replace(READY, state=here, to_pass_on=3)
    why = left_behind(case, to)
    assert (why is not None) is ends
    assert why is None or "(2013:176, 2 §). Left to pass on: 3." in in_english(why)
    assert left_behind(replace(case, to_pass_on=0), to) is None
    assert refusals(case, to) == (), "it is no gate: whoever has nobody to report to says so"


def test_every_transition_names_what_it_rests_on() -> None:
    assert set(LAW) == set(EVERY_STEP)


def test_every_gate_that_can_shut_has_a_test_that_shuts_it() -> None:
    always = {(here, step.to) for here, steps in WAY.items() for step in steps if step.needs_reason}
    gates = (
        {(here, step.to) for here, steps in WAY.items() for step in steps} - always - {(S.CLOSED, S.ARCHIVED)}
    )
    assert gates == {(here, to) for here, to, _, _ in SHUT}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("here", "to", "lacking", "says"), SHUT)
def test_every_reason_is_said_in_both_languages(
    here: State, to: State, lacking: dict[str, Any], says: str, language: str
) -> None:
    for reason in refusals(replace(READY, state=here, **lacking), to):
        said = translate(language, reason.text, **reason.values)
        assert "%(" not in said
        assert (said != in_english(reason)) == (language == "sv"), said


def test_every_state_can_be_reached_from_the_first_and_the_last_is_the_end() -> None:
    reached, left = {State.PLANNED}, [State.PLANNED]
    while left:
        for step in WAY[left.pop()]:
            if step.to not in reached:
                reached.add(step.to)
                left.append(step.to)
    assert reached == set(State) == set(WAY)
    assert [state for state, steps in WAY.items() if not steps] == [State.ARCHIVED]


def test_every_step_back_asks_for_a_reason_and_no_step_forward_does() -> None:
    order = list(State)
    for here, steps in WAY.items():
        for step in steps:
            assert step.needs_reason == (order.index(step.to) < order.index(here)), (here, step.to)


def test_a_case_cannot_jump() -> None:
    for here in State:
        for to in set(State) - {step.to for step in WAY[here]}:
            assert refusals(replace(READY, state=here), to), (here, to)


def test_all_reasons_are_told_at_once() -> None:
    bare = CaseFacts(state=State.WEIGHING, unjudged=("u1",), areas_without_own_view=("A1",))
    assert len(refusals(bare, State.REVIEW)) == 4


def test_a_long_list_of_names_is_cut_short() -> None:
    many = replace(READY, state=State.DOCUMENTS, unmarked=tuple(f"K{n:02}" for n in range(1, 40)))
    assert "Left: 39 (K01, K02, K03, K04, K05, K06 …)" in in_english(refusals(many, State.WEIGHING)[0])


facts = st.builds(
    CaseFacts,
    state=st.sampled_from(State),
    has_inspector=st.booleans(),
    undeclared=st.sampled_from([(), ("Anna",)]),
    conflicted=st.sampled_from([(), ("Bo",)]),
    information_given=st.frozensets(st.sampled_from(InformationItem)),
    children_confirmed=st.booleans(),
    without_outcome=st.sampled_from([(), ("b1",)]),
    overridden=st.booleans(),
    acute=st.booleans(),
    open_talks=st.sampled_from([(), ("p1",)]),
    staff_talks=st.integers(0, 2),
    manager_talks=st.integers(0, 2),
    no_staff_reason=st.booleans(),
    unmarked=st.sampled_from([(), ("K01",)]),
    unjudged=st.sampled_from([(), ("u1",)]),
    areas_without_own_view=st.sampled_from([(), ("A1",)]),
    areas_without_reasoning=st.sampled_from([(), ("A1",)]),
    weighed=st.booleans(),
    letter=st.sampled_from([None, *LetterState]),
    highest_level=st.integers(0, 5),
    sanction=st.booleans(),
    lawyer_in_team=st.booleans(),
    lawyer_heard=st.booleans(),
    sanctions_open=st.sampled_from([(), ("K08",)]),
    communicated=st.booleans(),
    communication_skipped=st.booleans(),
    replied=st.booleans(),
    reply_by_on=st.sampled_from([None, date(2026, 3, 31)]),
    meetings=st.integers(0, 1),
    decided=st.booleans(),
    letter_sent=st.booleans(),
    deficiencies=st.sampled_from([(), ("K10",)]),
    not_followed_up=st.sampled_from([(), ("K10",)]),
    today=st.sampled_from([date(2026, 3, 10), date(2026, 4, 1)]),
)


@given(st.lists(st.tuples(facts, st.integers(0, 3)), max_size=30))
def test_no_walk_goes_past_a_gate(walk: list[tuple[CaseFacts, int]]) -> None:
    """Whatever the facts are at each moment, what the law asks for has held at the step where it is asked."""
    here = State.PLANNED
    for seen, choice in walk:
        now = replace(seen, state=here)
        way = steps_from(now)
        if not way:
            return
        step, missing = way[choice % len(way)]
        if missing:
            continue
        if (here, step.to) == (S.PLANNED, S.PREPARED):
            assert now.has_inspector and not now.undeclared and not now.conflicted
        if (here, step.to) == (S.CHILDREN, S.OTHER_TALKS):
            assert now.acute or now.overridden or (now.children_confirmed and not now.without_outcome)
        if (here, step.to) == (S.REVIEW, S.COMMUNICATION):
            assert now.letter in (LetterState.APPROVED, LetterState.SENT)
            heard = now.lawyer_in_team and now.lawyer_heard
            assert heard or (now.highest_level < 4 and not now.sanction)
        if step.to is S.DECISION and here is S.COMMUNICATION:
            late = now.reply_by_on is None or now.today > now.reply_by_on
            assert now.communication_skipped or now.replied or (now.communicated and late)
        if step.to is S.CLOSED:
            followed = not now.not_followed_up if here is S.FOLLOW_UP else not now.deficiencies
            assert followed and not now.sanctions_open
        here = step.to


@given(facts)
def test_adults_are_interviewed_first_only_in_danger_or_with_a_reason(seen: CaseFacts) -> None:
    assert may_interview_adults(seen) == children_first(seen)
    heard = seen.children_confirmed and not seen.without_outcome
    assert (may_interview_adults(seen) == ()) == (heard or seen.acute or seen.overridden)

"""Which questions come up in a talk: conditions hold, fail, or are not known."""

from dataclasses import replace

import pytest

from tillsyn.inspect.rules.guide_flow import TalkSoFar, asked_now, conditions_as_plain
from tillsyn.interview_guides.conditions import (
    AgeBand,
    Condition,
    LanguageInterpreted,
    QuestionNoted,
    ThemeRaised,
)
from tillsyn.interview_guides.content import Guide, Question, Text

WORDS = Text("Berätta.", "Tell me.")


def question(id: str, *only_if: Condition) -> Question:
    return Question(id, "o1", "natt", Text(f"Fråga {id}", f"Question {id}"), (), WORDS, None, only_if=only_if)


def guide(*questions: Question) -> Guide:
    return Guide("g", "child", WORDS, "1", None, WORDS, WORDS, questions)


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [one.id for one in questions]


def test_without_conditions_everything_comes_up_in_order() -> None:
    flow = asked_now(guide(question("Q1"), question("Q2")), TalkSoFar(noted=frozenset({"Q2"})))
    assert ids(flow.shown) == ["Q1", "Q2"]
    assert ids(flow.left) == ["Q1"]
    assert flow.passed_over == ()


@pytest.mark.parametrize(
    ("condition", "talk", "comes_up"),
    [
        (QuestionNoted("Q1", True), TalkSoFar(), False),
        (QuestionNoted("Q1", True), TalkSoFar(noted=frozenset({"Q1"})), True),
        (QuestionNoted("Q1", False), TalkSoFar(), True),
        (QuestionNoted("Q1", False), TalkSoFar(noted=frozenset({"Q1"})), False),
        (ThemeRaised("natt"), TalkSoFar(), False),
        (ThemeRaised("natt"), TalkSoFar(themes_raised=frozenset({"natt"})), True),
        (AgeBand(((9, 12),)), TalkSoFar(), True),
        (AgeBand(((9, 12),)), TalkSoFar(age_band="6-12"), True),
        (AgeBand(((9, 12),)), TalkSoFar(age_band="13-15"), False),
        (AgeBand(((9, 12), (16, 20))), TalkSoFar(age_band="16-17"), True),
        (AgeBand(((9, 12),)), TalkSoFar(age_band="grown up"), True),
        (LanguageInterpreted(True), TalkSoFar(), True),
        (LanguageInterpreted(True), TalkSoFar(interpreted=False), False),
        (LanguageInterpreted(False), TalkSoFar(interpreted=False), True),
        (LanguageInterpreted(False), TalkSoFar(interpreted=True), False),
    ],
)
def test_what_is_known_to_speak_against_a_question_passes_it_over(
    condition: Condition, talk: TalkSoFar, comes_up: bool
) -> None:
    flow = asked_now(guide(question("Q1"), question("Q2", condition)), talk)
    assert ("Q2" in ids(flow.shown)) is comes_up
    assert [one.question.id for one in flow.passed_over] == ([] if comes_up else ["Q2"])


def test_all_conditions_must_hold_and_each_that_does_not_is_told() -> None:
    conditions = (QuestionNoted("Q1", True), ThemeRaised("natt"), AgeBand(((9, 9), (16, 20))))
    made = guide(question("Q1"), question("Q2", *conditions))
    (one,) = asked_now(made, TalkSoFar(age_band="13-15")).passed_over
    assert [(reason.text, reason.values) for reason in one.reasons] == [
        ("Is asked when something is noted under “%(question)s”", {"question": made.questions[0].text}),
        ("Is asked when %(theme)s has come up in the talk", {"theme": "natt"}),
        ("Is asked of those who are %(ages)s years old", {"ages": "9, 16–20"}),
    ]
    (fewer,) = asked_now(made, TalkSoFar(noted=frozenset({"Q1"}), age_band="16-17")).passed_over
    assert len(fewer.reasons) == 1


@pytest.mark.parametrize(
    ("condition", "talk", "words"),
    [
        (QuestionNoted("Q1", False), TalkSoFar(noted=frozenset({"Q1"})), "nothing is noted"),
        (LanguageInterpreted(True), TalkSoFar(interpreted=False), "with an interpreter"),
        (LanguageInterpreted(False), TalkSoFar(interpreted=True), "without an interpreter"),
    ],
)
def test_the_reason_says_what_would_have_to_hold(condition: Condition, talk: TalkSoFar, words: str) -> None:
    (one,) = asked_now(guide(question("Q1"), question("Q2", condition)), talk).passed_over
    assert words in one.reasons[0].text


def test_a_question_that_was_asked_anyway_is_shown_and_not_left() -> None:
    made = guide(question("Q1"), question("Q2", ThemeRaised("natt")))
    flow = asked_now(made, TalkSoFar(noted=frozenset({"Q2"})))
    assert ids(flow.shown) == ["Q1", "Q2"]
    assert ids(flow.left) == ["Q1"]


def test_a_condition_on_a_question_that_is_gone_names_its_id() -> None:
    made = guide(question("Q2", QuestionNoted("gone", True)))
    (one,) = asked_now(made, TalkSoFar()).passed_over
    assert one.reasons[0].values == {"question": "gone"}


def test_the_script_gets_the_conditions_as_plain_values() -> None:
    one = question(
        "Q2", QuestionNoted("Q1", True), AgeBand(((9, 12),)), ThemeRaised("natt"), LanguageInterpreted(False)
    )
    assert conditions_as_plain(one) == [
        {"kind": "noted", "question": "Q1", "noted": True},
        {"kind": "age", "bands": [[9, 12]]},
        {"kind": "theme", "theme": "natt"},
        {"kind": "interpreted", "interpreted": False},
    ]
    assert conditions_as_plain(replace(one, only_if=())) == []

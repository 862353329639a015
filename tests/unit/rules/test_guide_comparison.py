"""Two versions of a guide compared: each kind of change in one sentence, and nothing of what is alike."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules.test_guide_flow import guide, question
from tillsyn.inspect.rules.guide_comparison import Kind, compare_guides, not_compared
from tillsyn.interview_guides.conditions import AgeBand, ThemeRaised
from tillsyn.interview_guides.content import FollowUp, Guide, Text
from tillsyn.interview_guides.guide import load_pack

NEW = Text("Nytt.", "New.")
Q1, Q2, Q3, Q4 = (question(id) for id in ("Q1", "Q2", "Q3", "Q4"))
OLD = guide(Q1, Q2, Q3, Q4)


def told(old: Guide, new: Guide) -> list[tuple[Kind, str | None, str]]:
    return [(one.kind, one.question, one.said.text) for one in compare_guides(old, new)]


def english(old: Guide, new: Guide) -> list[str]:
    """The sentences in English, ids of themes and areas as they are."""
    return [
        one.said.text % {k: v.en if isinstance(v, Text) else v for k, v in one.said.values.items()}
        for one in compare_guides(old, new)
    ]


def test_nothing_is_told_of_two_that_are_alike_but_for_the_name_of_the_version() -> None:
    assert compare_guides(OLD, replace(OLD, version="2")) == ()
    for one in load_pack("hvb").guides:
        assert compare_guides(one, one) == ()


def test_a_question_that_came_and_one_that_went() -> None:
    new = guide(Q1, question("Q9"), Q3, Q4)
    assert english(OLD, new) == [
        "“Question Q9” is new, after “Question Q1”.",
        "“Question Q2” is no longer asked.",
    ]
    assert english(OLD, guide(question("Q0"), *OLD.questions)) == [
        "“Question Q0” is new, first in the guide."
    ]


def test_new_words_are_shown_beside_the_old() -> None:
    (change,) = compare_guides(OLD, guide(Q1, replace(Q2, text=NEW), Q3, Q4))
    assert (change.kind, change.question) == (Kind.REWORDED, "Q2")
    assert (change.before, change.after) == ((Q2.text,), (NEW,))


def test_a_question_that_moved_is_told_and_those_it_passed_are_not() -> None:
    assert english(OLD, guide(Q4, Q1, Q2, Q3)) == ["“Question Q4” has been moved first in the guide."]
    assert english(OLD, guide(Q2, Q3, Q1, Q4)) == [
        "“Question Q1” has been moved: it now comes after “Question Q3”."
    ]


def test_what_only_shifts_because_others_came_or_went_has_not_moved() -> None:
    assert {one.kind for one in compare_guides(OLD, guide(Q3, Q4))} == {Kind.REMOVED}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"theme": "droger"}, "“Question Q2” has the theme droger, before natt."),
        ({"theme": None}, "“Question Q2” has no theme any more; before natt."),
        ({"area": "o2"}, "“Question Q2” belongs to the area o2, before o1."),
        ({"only_if": (ThemeRaised("natt"),)}, "“Question Q2” is now asked on a condition."),
        ({"probes": (NEW,)}, "The help to ask on with at “Question Q2” has changed."),
        ({"follow_ups": (FollowUp(NEW, NEW),)}, "The follow-ups of “Question Q2” have changed."),
        ({"why": NEW}, "Why “Question Q2” is asked is explained in new words."),
        ({"listen_for": NEW}, "What to listen for at “Question Q2” has new words."),
        ({"asked_of": NEW}, "Whom “Question Q2” is for is said in another way."),
        ({"pictures": "smiley"}, "“Question Q2” can now be answered with pictures."),
        ({"picture_text": NEW}, "What is said with the pictures at “Question Q2” has new words."),
        ({"pair": "mat"}, "“Question Q2” is compared with other questions in other guides than before."),
        ({"information": "rights"}, "Which information is given at “Question Q2” has changed."),
    ],
)
def test_each_part_of_a_question_is_told_in_a_sentence_of_its_own(change: Any, sentence: str) -> None:
    assert english(OLD, guide(Q1, replace(Q2, **change), Q3, Q4)) == [sentence]


def test_what_a_question_loses_is_told_too() -> None:
    rich = replace(Q2, theme=None, only_if=(AgeBand(((9, 12),)),), pictures="smiley")
    old = guide(Q1, rich, Q3, Q4)
    assert english(old, OLD) == [
        "“Question Q2” has got the theme natt.",
        "“Question Q2” is now always asked.",
        "“Question Q2” can no longer be answered with pictures.",
    ]
    (change,) = compare_guides(old, guide(Q1, replace(rich, only_if=(ThemeRaised("natt"),)), Q3, Q4))
    assert change.said.text == "When “%(question)s” is asked has changed."
    assert [one.text for one in (*change.before, *change.after)] == [
        "Is asked of those who are %(ages)s years old",
        "Is asked when %(theme)s has come up in the talk",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": NEW},
        {"ages": NEW},
        {"opening": NEW},
        {"closing": NEW},
        {"information": ("rights",)},
        {"informant": "staff"},
        {"question_count": (1, 2)},
    ],
)
def test_what_belongs_to_the_whole_guide_is_told_last(change: dict[str, Any]) -> None:
    new = replace(guide(Q1, replace(Q2, text=NEW), Q3, Q4), **change)
    kinds = [one.kind for one in compare_guides(OLD, new)]
    assert kinds == [Kind.REWORDED, Kind.FRAME]


def test_no_field_of_a_guide_or_a_question_is_passed_by() -> None:
    assert not_compared() == set()


@given(st.permutations([f"Q{n}" for n in range(8)]), st.sets(st.integers(0, 7)))
def test_putting_the_moved_ones_back_gives_the_old_order(order: list[str], gone: set[int]) -> None:
    old = guide(*(question(f"Q{n}") for n in range(8)))
    kept = [id for id in order if int(id[1]) not in gone]
    new = guide(*(question(id) for id in kept))
    moved = {one.question for one in compare_guides(old, new) if one.kind is Kind.MOVED}
    stayed = [id for id in kept if id not in moved]
    assert stayed == sorted(stayed)
    assert len(moved) < max(len(kept), 1)

"""Coding by two: what stands, who is next, what one may see of the other, and where marked words go."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.two_coders import (
    Standing,
    holds_up,
    is_disputed,
    is_drawn,
    judged,
    lacks_second_coder,
    may_see_coding,
    may_settle,
    moved,
    own_judgement,
    part_of,
    segments,
    standing,
)
from tillsyn.models.vocabulary import CodingPart

ANNA, BO, CILLA = (UUID(int=number) for number in (1, 2, 3))
FIRST, SECOND, SETTLED = CodingPart.FIRST, CodingPart.SECOND, CodingPart.SETTLED
START = datetime(2026, 3, 3, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    part: CodingPart
    severity: int
    coder_id: UUID | None = ANNA
    theme: str = "natt"
    number: int = 1
    coded_at: datetime = START


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def test_nothing_stands_before_anybody_has_coded() -> None:
    unit = judged([])
    assert standing(unit) is None
    assert part_of(unit, ANNA) is FIRST
    assert may_see_coding(unit, ANNA)
    assert not lacks_second_coder(unit)


@pytest.mark.parametrize(("severity", "lacks"), [(0, False), (1, False), (2, True), (3, True), (4, True)])
def test_from_two_on_a_second_coder_is_needed(severity: int, lacks: bool) -> None:
    assert lacks_second_coder(judged([Row(FIRST, severity)])) is lacks


def test_a_lone_coder_who_lowers_a_grave_judgement_is_still_followed_by_a_second() -> None:
    lowered = [Row(FIRST, 4), Row(FIRST, 1, number=2, coded_at=at(5))]
    assert lacks_second_coder(judged(lowered))
    assert lacks_second_coder(judged([Row(FIRST, 3), Row(FIRST, 1, number=2, coded_at=at(5))]))
    assert lacks_second_coder(judged([*lowered, Row(FIRST, 0, number=3, coded_at=at(6))]))
    assert not lacks_second_coder(judged([*lowered, Row(SECOND, 1, BO, coded_at=at(7))]))
    assert not lacks_second_coder(judged([Row(FIRST, 2), Row(FIRST, 1, number=2, coded_at=at(5))]))


@pytest.mark.parametrize(("first", "second", "stands"), [(2, 3, 3), (3, 2, 3), (2, 2, 2), (1, 4, 4)])
def test_the_higher_stands_until_it_is_settled(first: int, second: int, stands: int) -> None:
    rows = [Row(FIRST, first), Row(SECOND, second, BO)]
    assert standing(judged(rows)) == Standing("natt", stands)
    assert is_disputed(judged(rows)) is (first != second)
    settled = [*rows, Row(SETTLED, 2, BO, "mat")]
    assert standing(judged(settled)) == Standing("mat", 2)
    assert not is_disputed(judged(settled))


def test_what_one_coder_has_judged_stands_until_a_second_has() -> None:
    for severity in range(5):
        alone = judged([Row(FIRST, severity)])
        assert standing(alone) == Standing("natt", severity)
        assert not is_disputed(alone)
        assert not holds_up(alone)


def test_two_themes_are_a_disagreement_and_the_firsts_stands() -> None:
    unit = judged([Row(FIRST, 2), Row(SECOND, 2, BO, "mat")])
    assert is_disputed(unit)
    assert standing(unit) == Standing("natt", 2)


def test_only_a_disagreement_where_two_or_more_stands_holds_the_case_up() -> None:
    assert not holds_up(judged([Row(FIRST, 0), Row(SECOND, 1, BO)]))
    assert holds_up(judged([Row(FIRST, 1), Row(SECOND, 2, BO)]))


def test_the_latest_judgement_of_each_coder_counts() -> None:
    rows = [Row(FIRST, 4), Row(FIRST, 2, number=2, coded_at=at(5)), Row(SECOND, 2, BO, coded_at=at(3))]
    assert standing(judged(rows)) == Standing("natt", 2)


def test_a_judgement_changed_after_it_was_settled_opens_the_question_again() -> None:
    rows = [Row(FIRST, 1), Row(SECOND, 3, BO, coded_at=at(1)), Row(SETTLED, 2, coded_at=at(2))]
    assert standing(judged(rows)) == Standing("natt", 2)
    rows.append(Row(FIRST, 0, number=2, coded_at=at(3)))
    assert is_disputed(judged(rows))
    assert standing(judged(rows)) == Standing("natt", 3)


def test_the_second_coder_is_another_person_and_there_is_no_third() -> None:
    once = judged([Row(FIRST, 2)])
    assert part_of(once, ANNA) is FIRST
    assert part_of(once, BO) is SECOND
    twice = judged([Row(FIRST, 2), Row(SECOND, 2, BO)])
    assert part_of(twice, BO) is SECOND
    assert part_of(twice, CILLA) is None


def test_whoever_once_was_first_coder_is_never_the_second() -> None:
    rows = [Row(FIRST, 2), Row(FIRST, 3, BO, number=2, coded_at=at(1))]
    assert part_of(judged(rows), ANNA) is FIRST


def test_a_coding_from_a_file_waits_for_anybody() -> None:
    unit = judged([Row(FIRST, 3, None)])
    assert part_of(unit, ANNA) is SECOND
    assert not may_see_coding(unit, ANNA)
    assert own_judgement(unit, ANNA) is None


def test_who_could_be_the_second_coder_sees_nothing_until_they_have_coded() -> None:
    once = judged([Row(FIRST, 2)])
    assert may_see_coding(once, ANNA)
    assert not may_see_coding(once, BO)
    assert not may_see_coding(once, CILLA)
    assert may_see_coding(once, CILLA, is_over=True)
    twice = judged([Row(FIRST, 2), Row(SECOND, 1, BO)])
    assert all(may_see_coding(twice, person) for person in (ANNA, BO, CILLA))


def test_only_the_two_settle_and_only_a_disagreement() -> None:
    apart = judged([Row(FIRST, 2), Row(SECOND, 3, BO)])
    assert may_settle(apart, ANNA) == () == may_settle(apart, BO)
    assert may_settle(apart, CILLA)[0].text.startswith("Only one of the two coders")
    assert may_settle(judged([Row(FIRST, 2)]), ANNA)[0].text == "There is no disagreement to settle."


def test_about_one_talk_in_six_is_drawn_and_the_draw_does_not_change() -> None:
    talks = [uuid4() for _ in range(3000)]
    share = sum(map(is_drawn, talks)) / len(talks)
    assert 0.10 < share < 0.20
    assert [is_drawn(talk) for talk in talks] == [is_drawn(talk) for talk in talks]


def test_the_same_talks_are_drawn_in_every_version() -> None:
    """A talk that was drawn yesterday is coded by two tomorrow as well, and no other instead of it."""
    assert [number for number in range(30) if is_drawn(UUID(int=number))] == [9, 10, 25, 26]


def test_a_text_is_cut_where_passages_begin_and_end() -> None:
    found = segments("abcdef", [("u1.1", 1, 4), ("u1.2", 3, 6)])
    assert [(one.text, one.labels) for one in found] == [
        ("a", ()),
        ("bc", ("u1.1",)),
        ("d", ("u1.1", "u1.2")),
        ("ef", ("u1.2",)),
    ]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=5))
def test_the_pieces_are_the_whole_text_again(text: str, places: list[tuple[int, int]]) -> None:
    marks = [(f"m{n}", b, e) for n, (b, e) in enumerate(places) if b < e <= len(text)]
    assert "".join(one.text for one in segments(text, marks)) == text


@given(st.text(max_size=20), st.text(min_size=1, max_size=10), st.text(max_size=20), st.text(max_size=8))
def test_marked_words_are_followed_when_the_text_around_them_changes(
    before: str, words: str, after: str, added: str
) -> None:
    old = before + words + after
    begins, ends = len(before), len(before) + len(words)
    for new in (added + old, old + added):
        place = moved(begins, ends, old, new)
        assert place is not None
        assert new[slice(*place)] == words


def test_marked_words_that_are_changed_themselves_are_nowhere() -> None:
    assert moved(4, 9, "det snöar här", "det regnar här") is None


@pytest.mark.parametrize(
    ("begins", "ends", "before", "after", "place"),
    [
        (4, 6, "ja, ja.", "ja, ja! Nej.", (4, 6)),
        (4, 6, "ja, ja", "ja, ja och nej", (4, 6)),
        (8, 10, "men ja, ja", "ja, ja", (4, 6)),
        (4, 6, "men ja, ja", "ja, ja", (0, 2)),
        (4, 6, "ja, ja", "jo, ja, ja", (8, 10)),
        (4, 7, "och det hos oss", "men nu är det bara hos er", (10, 13)),
        (0, 3, "det är så", "ja, det var så", (4, 7)),
        (4, 9, "men snöar här", "snöar det där", (0, 5)),
    ],
)
def test_marked_words_keep_their_place_among_words_like_them(
    begins: int, ends: int, before: str, after: str, place: tuple[int, int]
) -> None:
    """What stands before or after them as it stood tells which of the like words they are."""
    assert after[slice(*place)] == before[begins:ends]
    assert moved(begins, ends, before, after) == place


@pytest.mark.parametrize(
    ("begins", "ends", "before", "after"),
    [
        (0, 1, "ab", "xb"),
        (2, 3, "abcd", "abXd"),
        (4, 6, "men ja, så", "och ja, ja"),
        (4, 8, "men haha så", "och hahaha då"),
        (4, 8, "det snöar", ""),
        (4, 4, "men ja", "och jo"),
    ],
)
def test_marked_words_that_are_changed_or_could_be_in_two_places_are_nowhere(
    begins: int, ends: int, before: str, after: str
) -> None:
    assert moved(begins, ends, before, after) is None

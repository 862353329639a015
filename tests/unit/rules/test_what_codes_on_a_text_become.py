"""The codes on a stretch become judgements, what stands, or codes of others; long texts are divided."""

import itertools
from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.exchange.refi_qda_model import CodingRef
from tillsyn.inspect.rules.code_exchange import Meaning
from tillsyn.inspect.rules.coded_selections import (
    GivenCodes,
    GivenJudgement,
    codes_of,
    of_severity,
    pieces,
    standing_theme,
)
from tillsyn.inspect.rules.exchange_marks import CodingMark, Marks
from tillsyn.models.vocabulary import CodingPart

UNIT = "3b241101-e2bb-4255-8caf-4136c566a962"
FIRST = "11111111-1111-7111-9111-111111111111"
SECOND = "22222222-2222-7222-9222-222222222222"
AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
KNOWN = {
    "natt": Meaning("Natten", theme="natt"),
    "droger": Meaning("Droger", theme="droger"),
    **{str(step): Meaning(f"{step}", severity=step) for step in range(5)},
    "skola": Meaning("Skola / Lärare"),
    "mat": Meaning("Mat"),
    "grupp": Meaning("Grupp", is_group=True),
}


def codes(*refs: CodingRef, marks: Marks | None = None) -> tuple[GivenCodes, ...]:
    return codes_of(UNIT, refs, KNOWN, marks)


def test_the_guid_of_a_severity_is_that_of_its_theme_in_version_8() -> None:
    assert of_severity(FIRST) == "11111111-1111-8111-9111-111111111111"
    assert UUID(of_severity(SECOND)).version == 8


def test_a_theme_and_the_severity_that_belongs_to_it_are_a_judgement() -> None:
    found = codes(
        CodingRef(FIRST, "natt", "u1", AT),
        CodingRef(of_severity(FIRST), "3", "u1", AT),
        CodingRef(SECOND, "droger", "u2"),
        CodingRef(of_severity(SECOND), "1", "u2"),
        CodingRef("x", "skola"),
        marks=Marks("s1", codings={SECOND: CodingMark(CodingPart.SECOND, 2)}),
    )
    assert found == (
        GivenCodes(
            (
                GivenJudgement(FIRST, "natt", 3, "u1", AT, CodingMark()),
                GivenJudgement(SECOND, "droger", 1, "u2", None, CodingMark(CodingPart.SECOND, 2)),
            ),
            foreign=("Skola / Lärare",),
        ),
    )


def test_no_code_is_no_passage() -> None:
    assert codes() == ()


def test_severity_or_foreign_codes_alone_stand_without_a_theme() -> None:
    assert codes(CodingRef("a", "1", "u1"), CodingRef("b", "3", "u2")) == (GivenCodes((), None, 3, (), "u1"),)
    assert codes(CodingRef("a", "0", "u1")) == (GivenCodes((), None, 0, (), "u1"),)
    assert codes(CodingRef("a", "mat", "u1"), CodingRef("b", "skola", "u2"), CodingRef("c", "mat")) == (
        GivenCodes((), None, None, ("Mat", "Skola / Lärare"), "u1"),
    )


def test_a_group_is_told_by_its_name_as_a_code_of_others() -> None:
    assert codes(CodingRef("a", "grupp", "u1")) == (GivenCodes((), None, None, ("Grupp",), "u1"),)


def test_each_theme_of_another_program_is_a_passage_judged_by_the_gravest_step() -> None:
    found = codes(
        CodingRef("a", "natt", "u1", AT),
        CodingRef("b", "droger", "u2"),
        CodingRef("c", "natt", "u3", AT),
        CodingRef("d", "2"),
        CodingRef("e", "1"),
        CodingRef("f", "mat"),
    )
    assert found == (
        GivenCodes((GivenJudgement(None, "natt", 2, "u3", AT, CodingMark()),), foreign=("Mat",), user="u3"),
        GivenCodes((GivenJudgement(None, "droger", 2, "u2", None, CodingMark()),), user="u2"),
    )


def test_themes_without_any_step_stand_unjudged() -> None:
    assert codes(CodingRef("a", "natt", "u1"), CodingRef("b", "droger", "u2"), CodingRef("f", "mat")) == (
        GivenCodes((), "natt", None, ("Mat",), "u1"),
        GivenCodes((), "droger", None, (), "u2"),
    )


def test_what_stood_without_a_judgement_is_none_when_it_comes_back() -> None:
    stands = standing_theme(UNIT)
    assert stands == str(uuid5(UUID(UNIT), "theme"))
    assert codes(CodingRef(stands, "natt", "u1", AT), CodingRef(of_severity(UNIT), "3", "u1", AT)) == (
        GivenCodes((), "natt", 3, (), "u1"),
    )
    assert standing_theme("no guid") == ""


# --- Long texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [
        ("", 5, []),
        ("   ", 5, []),
        ("abcde", 5, ["abcde"]),
        (" abc ", 5, ["abc"]),
        ("abcdef", 5, ["abcde", "f"]),
        ("ab cd ef", 5, ["ab", "cd ef"]),
        ("a. b c d", 7, ["a.", "b c d"]),
        ("a. b\nc d", 7, ["a. b", "c d"]),
        ("a\n\nb. c\nd e", 10, ["a", "b. c\nd e"]),
        (" abcdefg", 5, ["abcd", "efg"]),
        ("\n\nabcdef", 5, ["abcde", "f"]),
        ("ab       cd", 5, ["ab", "cd"]),
    ],
)
def test_a_text_is_divided_where_it_hurts_least(text: str, most: int, found: list[str]) -> None:
    assert [text[begins:ends] for begins, ends in pieces(text, most)] == found


@given(st.text(alphabet="ab. \n", max_size=60), st.integers(1, 20))
def test_no_sign_but_white_space_is_lost_and_no_piece_is_too_long_or_blank(text: str, most: int) -> None:
    found = pieces(text, most)
    kept = "".join(text[begins:ends] for begins, ends in found)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(
        0 < ends - begins <= most and text[begins:ends].strip() == text[begins:ends] for begins, ends in found
    )
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))

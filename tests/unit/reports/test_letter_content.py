"""What the content object refuses, and how advice and demands are kept apart."""

import json
import re
from dataclasses import fields, replace
from typing import get_args

import pytest

from tillsyn.reports.content import (
    Advice,
    AreaAssessment,
    ContentError,
    Deficiency,
    Grid,
    Letter,
    Paragraph,
    Section,
    SectionKey,
    blocks_of,
    paragraphs_of,
)
from tillsyn.reports.letter_data import from_data, to_data
from tillsyn.reports.reading import block_sentences
from tillsyn.reports.wording import Wording, wording


@pytest.mark.parametrize("change", [{"language": "fi"}, {"language": ""}, {"title": " "}, {"reference": ""}])
def test_a_letter_without_language_title_or_reference_is_refused(
    swedish: Letter, change: dict[str, str]
) -> None:
    with pytest.raises(ContentError):
        replace(swedish, **change)  # type: ignore[arg-type]


def test_two_blocks_with_one_key_are_refused(swedish: Letter) -> None:
    twice = (Paragraph("x", "a"), Paragraph("x", "b"))
    with pytest.raises(ContentError, match="'x'"):
        replace(swedish, sections=(Section("summary", "Kort", None, twice),), appendices=())


def test_sections_keep_their_order(swedish: Letter) -> None:
    with pytest.raises(ContentError, match="order"):
        replace(swedish, sections=tuple(reversed(swedish.sections)))


def test_advice_and_demands_never_share_a_section(swedish: Letter) -> None:
    advice = next(block for block in blocks_of(swedish) if isinstance(block, Advice))
    demand = next(block for block in blocks_of(swedish) if isinstance(block, Deficiency))
    with pytest.raises(ContentError, match="advice"):
        Section("deficiencies", "Brister", None, (advice,))
    with pytest.raises(ContentError, match="deficiency"):
        Section("advice", "Råd", None, (demand,))


def test_a_deficiency_says_all_seven_parts(swedish: Letter) -> None:
    demand = next(block for block in blocks_of(swedish) if isinstance(block, Deficiency))
    for name in ("saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve", "due"):
        broken = replace(demand, **{name: " "})
        with pytest.raises(ContentError, match=name):
            replace(swedish, sections=(Section("deficiencies", "Brister", None, (broken,)),))


def test_a_crooked_table_or_an_unknown_sign_is_refused(swedish: Letter) -> None:
    for block in (
        Grid("g", "", ("a", "b"), (("1",),)),
        AreaAssessment("a", "Hälsa", "fine", "Bra", ""),  # type: ignore[arg-type]
    ):
        with pytest.raises(ContentError):
            replace(swedish, sections=(Section("assessment", "Bedömning", None, (block,)),))


def test_ni_ska_stands_only_in_deficiencies(letter: Letter) -> None:
    demand = re.compile(r"\bni (?:ska|måste)\b|\byou (?:must|shall)\b", re.IGNORECASE)
    for block in blocks_of(letter):
        if not isinstance(block, Deficiency):
            assert not demand.search(" ".join(block_sentences(block, letter.language))), block


def test_a_blank_line_starts_a_paragraph_and_other_breaks_do_not() -> None:
    assert paragraphs_of("ett\ntvå\n\n  tre \n \n\n") == ("ett två", "tre")
    assert paragraphs_of("5\u00a0§") == ("5\u00a0§",)


def test_a_letter_survives_being_stored(letter: Letter) -> None:
    assert from_data(json.loads(json.dumps(to_data(letter)))) == letter


def test_what_is_not_a_letter_is_refused(swedish: Letter) -> None:
    broken = to_data(swedish)
    broken["sections"][0]["blocks"][0]["block"] = "Poem"
    for data in ({}, {"title": "x"}, broken):
        with pytest.raises(ContentError):
            from_data(data)


def test_both_languages_have_all_the_fixed_words() -> None:
    for language in ("sv", "en"):
        words = wording(language)
        assert set(words.headings) == set(get_args(SectionKey))
        assert all(getattr(words, field.name) for field in fields(Wording))
    with pytest.raises(KeyError):
        wording("fi")

"""What the content object refuses, and how advice and demands are kept apart."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from typing import get_args

import pytest

from tillsyn.reports.content import (
    LANGUAGES,
    SECTIONS,
    Advice,
    AreaAssessment,
    ContentError,
    Deficiency,
    Facts,
    Grid,
    Language,
    Letter,
    Logo,
    Paragraph,
    Section,
    SectionKey,
    Step,
    blocks_of,
    is_for_child,
    paragraphs_of,
)
from tillsyn.reports.letter_data import from_data, to_data
from tillsyn.reports.reading import block_sentences, sentences
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


def test_a_part_may_be_left_to_the_section_only_when_the_section_says_it(swedish: Letter) -> None:
    demand = next(block for block in blocks_of(swedish) if isinstance(block, Deficiency))
    shared = replace(demand, matters="", in_common=("matters",))
    said = Facts("deficiencies.area", (("Därför är det viktigt", demand.matters),))
    section = Section("deficiencies", "Brister", None, (said, shared))
    letter = replace(swedish, sections=(section,))
    assert "Därför är det viktigt" not in block_sentences(shared, "sv")
    assert demand.matters in sentences(letter)
    with pytest.raises(ContentError, match="leaves to it"):
        Section("deficiencies", "Brister", None, (shared, said))
    own = replace(demand, achieve="", in_common=("achieve",))
    with pytest.raises(ContentError, match="does not say achieve"):
        replace(swedish, sections=(Section("deficiencies", "Brister", None, (said, own)),))


def test_advice_is_marked_as_such_on_itself_or_by_its_section(swedish: Letter) -> None:
    advice = next(block for block in blocks_of(swedish) if isinstance(block, Advice))
    assert block_sentences(advice, "sv")[0] == wording("sv").advice
    below = replace(advice, marked_above=True)
    assert wording("sv").advice not in block_sentences(below, "sv")
    with pytest.raises(ContentError, match="marks"):
        Section("advice", "Råd", None, (below,))
    assert Section("advice", "Råd", wording("sv").advice, (below,))


def test_a_letter_that_was_stored_before_a_part_was_added_is_read_as_it_was(letter: Letter) -> None:
    data = json.loads(json.dumps(to_data(letter)))
    for name in ("place", "example", "form", "number", "corrects"):
        del data[name]
    del data["authority"]["logo"], data["authority"]["colour"]
    for section in data["sections"]:
        for block in section["blocks"]:
            block.pop("marked_above", None)
            block.pop("in_common", None)
    assert from_data(data) == letter


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
    marked = replace(letter, authority=replace(letter.authority, logo=Logo("aGVq", "png", "Ett träd")))
    assert from_data(json.loads(json.dumps(to_data(marked)))) == marked
    assert from_data(json.loads(json.dumps(to_data(letter)))) == letter


def test_what_is_not_a_letter_is_refused(swedish: Letter) -> None:
    broken = to_data(swedish)
    broken["sections"][0]["blocks"][0]["block"] = "Poem"
    for data in ({}, {"title": "x"}, broken):
        with pytest.raises(ContentError):
            from_data(data)


def test_every_section_of_every_form_has_its_heading_but_those_that_a_letter_to_a_child_brings() -> None:
    assert {key for keys in SECTIONS.values() for key in keys} == set(get_args(SectionKey))
    for language in LANGUAGES:
        words = wording(language)
        for form, keys in SECTIONS.items():
            assert is_for_child(form) or all(words.heading(key, form) for key in keys)
    assert wording("sv").heading("measures", "decision") != wording("sv").heading("measures", "followup")


def test_a_section_of_another_form_is_refused(swedish: Letter) -> None:
    told = Section("told", "Det du berättade", None, ())
    with pytest.raises(ContentError, match="does not belong"):
        replace(swedish, sections=(told,))
    with pytest.raises(ContentError, match="form"):
        replace(swedish, form="poem")
    assert replace(swedish, sections=(told,), form="child-6-12")


def test_steps_are_for_children_and_have_a_known_picture(swedish: Letter) -> None:
    step = Step("step.1", 1, "listen", "Du berättade", "Vi lyssnade.")
    assert block_sentences(step, "sv") == ("Du berättade", "Vi lyssnade.")
    told = (Section("told", "Det du berättade", None, (step,)),)
    child = replace(swedish, form="child-13-20", sections=told, language="ar")
    assert child.direction == "rtl" and swedish.direction == "ltr"
    assert wording("ar").contact not in sentences(child)
    with pytest.raises(ContentError, match="not to a child"):
        replace(swedish, sections=(Section("summary", "Kort", None, (step,)),))
    for broken in (replace(step, picture="horse"), replace(step, number=0), replace(step, title=" ")):  # type: ignore[arg-type]
        with pytest.raises(ContentError, match="step"):
            replace(child, sections=(Section("told", "Det du berättade", None, (broken,)),))


def test_a_sender_has_a_colour_that_can_be_read_and_a_logo_with_words(swedish: Letter) -> None:
    with pytest.raises(ContentError, match=r"3\.\d\d:1"):
        replace(swedish.authority, colour="#0E8C5F")
    with pytest.raises(ContentError, match="not a colour"):
        replace(swedish.authority, colour="green")
    with pytest.raises(ContentError, match="words"):
        Logo("", "png", " ")


def test_the_number_and_what_is_corrected_stand_in_the_head(swedish: Letter) -> None:
    corrects = "Det här brevet ersätter brevet 2026-01234/F1-sv."
    letter = replace(swedish, number="2026-01234/F2-sv", corrects=corrects)
    said = sentences(letter)
    assert said.index("2026-01234/F2-sv") < said.index(letter.title) < said.index(corrects)
    assert wording("sv").number not in sentences(swedish)


def test_all_languages_have_all_the_fixed_words() -> None:
    for language in get_args(Language):
        words = wording(language)
        assert all(getattr(words, field.name) for field in fields(Wording) if field.name != "headings")
        assert len({words.on(date(2026, month, 1)) for month in range(1, 13)}) == 12
    with pytest.raises(KeyError):
        wording("fi")

"""From paragraphs to sections: what belongs together stands together, and nothing is lost on the way."""

from dataclasses import dataclass

from tests.unit.letters.test_composition_of_the_letter import (
    PHRASES,
    case,
    deviation,
    on,
    said,
    with_proposals,
)
from tillsyn.inspect.rules.case_view import AreaView, CaseView
from tillsyn.inspect.rules.letter_composition import compose
from tillsyn.inspect.services.lay_out_sections import lay_out_sections
from tillsyn.reports.content import Advice, AreaAssessment, Deficiency, Facts, Section, Subheading
from tillsyn.reports.reading import block_sentences


@dataclass
class Placed:
    section: str
    key: str
    position: int
    text: str


def laid_out(view: CaseView, language: str = "sv") -> dict[str, Section]:
    paragraphs = [
        Placed(one.section, one.key, position, one.text.in_language(language))
        for position, one in enumerate(compose(view, PHRASES, on))
    ]
    return {one.key: one for one in lay_out_sections(PHRASES.wording, language, paragraphs)}  # type: ignore[arg-type]


AREAS = {
    area: AreaView(area, "Allvarlig uppgift utreds", pending=True) for area in ("TRY", "SKO")
} | {"VAR": AreaView("VAR", "Fungerar väl", reasoning="Huset är barnens eget.")}  # fmt: skip
WHOLE = with_proposals(
    case(
        *(said(f"b{number}", "mat", 1, important=True) for number in (1, 2, 3)),
        said("b1", "fritid", 1),
        said("b1", "fortroende", 0, unprompted=True),
        marks=(deviation("K10", 2, repeated=True), deviation("K08", 2), deviation("K17", 1)),
        areas=AREAS,
        weighed=True,
    )
)


def test_every_sentence_that_was_composed_is_in_the_letter_in_both_languages() -> None:
    for language in ("sv", "en"):
        found = "\n".join(
            text
            for section in laid_out(WHOLE, language).values()
            for text in (section.lead or "", *(t for one in section.blocks for t in block_sentences(one, language)))
        )  # fmt: skip
        for one in compose(WHOLE, PHRASES, on):
            for sentence in one.text.in_language(language).split("\n\n"):
                assert not sentence or sentence in found, one.key


def test_advice_stands_under_one_line_and_one_sentence_a_reason() -> None:
    section = laid_out(WHOLE)["advice"]
    assert section.lead == "Råd – inte krav"
    advice = [block for block in section.blocks if isinstance(block, Advice)]
    assert len(advice) == 2 and all(block.marked_above for block in advice)


def test_deficiencies_stand_by_area_and_leave_to_the_section_what_is_common() -> None:
    blocks = laid_out(WHOLE)["deficiencies"].blocks
    kinds = [type(block) for block in blocks]
    assert kinds == [Facts, Subheading, Facts, Deficiency, Deficiency, Subheading, Facts, Deficiency]
    cards = {block.key.split(".")[1]: block for block in blocks if isinstance(block, Deficiency)}
    assert [one.number for one in cards.values()] == [1, 2, 3]
    assert set(cards["K10"].in_common) == {"matters", "your_view"}, "why it is graver is its own"
    assert set(cards["K08"].in_common) == {"matters", "proportion", "your_view"}
    assert cards["K17"].in_common == cards["K08"].in_common


def test_a_part_that_nobody_has_written_is_seen_to_be_missing() -> None:
    view = with_proposals(case(marks=(deviation("K10", 2),)))
    (card,) = (one for one in laid_out(view)["deficiencies"].blocks if isinstance(one, Deficiency))
    assert card.due == "[…]" and card.in_common == ()


def test_areas_with_the_same_word_and_the_same_reasons_are_named_together() -> None:
    areas = [one for one in laid_out(WHOLE)["assessment"].blocks if isinstance(one, AreaAssessment)]
    assert [one.area for one in areas] == [
        "Trygghet och säkerhet · Skola och utbildning",
        "Boendemiljö, vardag och fritid",
    ]
    assert areas[0].sign == "pending"

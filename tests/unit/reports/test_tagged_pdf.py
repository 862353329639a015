"""Letters and guides are PDF that everybody can read: PDF/UA-1 and PDF/A-2a, and whole when read by structure."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.judges import plain, refused
from tests.unit.reports.reading_structure import Tagged
from tests.unit.reports.tagged_examples import GUIDES, LINKED, bound, guide_file, letter_file, linked, opening
from tillsyn.inspect.services.lay_out_guide import lay_out_guide
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.reports import pdf_look as look
from tillsyn.reports.content import (
    Bullets,
    Facts,
    Grid,
    Language,
    Letter,
    Paragraph,
    Questions,
)
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_blocks import text
from tillsyn.reports.reading import sentences
from tillsyn.reports.wording import wording

LANGUAGES: list[Language] = ["sv", "en"]


def with_blocks(letter: Letter, *blocks: object) -> Letter:
    """The letter with other blocks in the section of the children's voices."""
    sections = tuple(
        replace(one, blocks=blocks) if one.key == "children" else one  # type: ignore[arg-type]
        for one in letter.sections
    )
    return replace(letter, sections=sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_keeps_both_standards_and_is_sound_in_its_structure(language: Language) -> None:
    assert refused(letter_file(language)) == []
    assert Tagged(letter_file(language)).wrong() == []


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "guide", "language"), GUIDES)
def test_a_guide_keeps_both_standards_and_is_sound_in_its_structure(
    pack: str, guide: str, language: Language
) -> None:
    read = Tagged(guide_file(pack, guide, language))
    assert refused(guide_file(pack, guide, language)) == []
    assert read.wrong() == []
    assert read.without_bookmark == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_read_by_structure_a_letter_says_exactly_its_content_in_order(language: Language) -> None:
    read = Tagged(letter_file(language))
    letter = example_letter(language)
    assert [plain(one) for one in read.texts] == [plain(one) for one in sentences(letter)]
    assert read.without_bookmark == [wording(language).signed, wording(language).contact]


@pytest.mark.slow
@pytest.mark.parametrize("pack", available_packs())
def test_read_by_structure_a_guide_has_its_questions_in_numbered_lists(pack: str) -> None:
    for guide in load_pack(pack).guides:
        read = Tagged(guide_file(pack, guide.id, "sv"))
        sheet = lay_out_guide(load_pack(pack), guide, "sv")
        asked = [question for area in sheet.areas for question in area.questions]
        items = [one for one in read.root.below("LI") if one.shape() == ["Lbl", "LBody"]]
        assert [one.below("Lbl")[0].text for one in items] == [f"{n}." for n in range(1, len(asked) + 1)]
        for item, question in zip(items, asked, strict=True):
            assert plain(item.below("P")[0].text) == plain(question.text)
            figures = item.below("Figure")
            assert len(figures) == bool(question.faces)
            for word in question.faces:
                assert word in [one.text for one in item.below("LBody")]


def test_tables_lists_and_headings_of_a_letter_are_what_they_are() -> None:
    letter = with_blocks(
        example_letter("sv"),
        Grid("c.g", "Vad vi såg", ("Plats", "Utfall"), (("Kök", "Bra"), ("Hall", ""))),
        Facts("c.f", (("Samtal", "Fem"),)),
        Bullets("c.b", ("Ett", "Två\n\nMer om två")),
        Questions("c.q", ("Varför?",)),
    )
    data = render_pdf(letter)
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    grid = next(one for one in read.root.below("Table") if "Caption" in one.shape())
    assert grid.shape() == ["Caption", "THead", "TBody"]
    assert [(one.scope, one.text) for one in grid.below("TH")] == [
        ("Column", "Plats"), ("Column", "Utfall"), ("Row", "Kök"), ("Row", "Hall"),
    ]  # fmt: skip
    assert [one.text for one in grid.below("TD")] == ["Bra", ""]
    assert [one.text for one in read.root.below("LBody")][3:6] == ["Ett", "TvåMer om två", "Varför?"]


def test_a_table_over_many_pages_is_one_table_that_names_its_columns_once() -> None:
    rows = tuple((f"Krav {n}", "Uppfyllt " * (n % 30)) for n in range(150))
    data = render_pdf(with_blocks(example_letter("sv"), Grid("c.g", "Krav", ("Kravpunkt", "Utfall"), rows)))
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    grid = next(one for one in read.root.below("Table") if "Caption" in one.shape())
    assert [one.text for one in grid.below("TH")][:3] == ["Kravpunkt", "Utfall", "Krav 0"]
    assert len(grid.below("TR")) == 151


def test_words_do_not_run_together_at_the_end_of_a_line_and_long_words_stay_whole() -> None:
    said = "Vi såg och hörde barnen. " * 40 + "verksamhetsansvarsfördelning" * 12 + " sist."
    read = Tagged(bound(opening(), text(said, look.styles().body)))
    assert read.texts == ["Ett prov", said]


def test_a_link_is_in_the_text_where_it_stands_and_says_where_it_goes() -> None:
    data = linked()
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    first, second = read.root.below("Link")
    assert first.text.strip() == "vår webbplats, där det mesta står"
    assert [str(one.Contents) for one in (*first.links, *second.links)] == [
        "tillsyn.example",
        "a@tillsyn.example",
    ]
    assert " ".join(read.root.below("P")[0].text.split()) == LINKED
    assert second.text == "a@tillsyn.example"


_WORDS = st.text(
    st.sampled_from("abcåäö  \u00a0\u00ad\u2009\u200a&<>;–”’1,.-/łżšçğαβдж\u2028"), min_size=1, max_size=90
)


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    said=st.lists(_WORDS, min_size=1, max_size=3),
    cells=st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=5),
)
def test_letters_of_any_text_are_sound_and_whole(said: list[str], cells: list[tuple[str, str]]) -> None:
    letter = with_blocks(
        example_letter("sv"),
        *(Paragraph(f"c.{n}", one) for n, one in enumerate(said)),
        Bullets("c.b", tuple(said)),
        Facts("c.f", tuple(cells)),
        Grid("c.g", said[0], ("Vad", "Hur"), tuple(cells)),
    )
    data = render_pdf(letter)
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    assert [plain(one) for one in read.texts] == [plain(one) for one in sentences(letter) if plain(one)]

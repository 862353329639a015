"""The letter on paper: typefaces, document information and content that strains the layout."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.unit.reports.reading_back import first_out_of_order, squeezed, text_of_pdf
from tillsyn.reports.content import Bullets, Deficiency, Facts, Grid, Letter, Paragraph, Quote, Section
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_fonts import FONT_FOLDER, MissingGlyph
from tillsyn.reports.reading import sentences

LONG_WORD = "verksamhetsansvarsfördelningsbeskrivning" * 8
LONG_TEXT = "Vi såg att barnen fick vänta på svar, och vi hörde varför. " * 160


def _with(letter: Letter, key: str, *blocks: object) -> Letter:
    sections = tuple(
        replace(section, blocks=blocks) if section.key == key else section  # type: ignore[arg-type]
        for section in letter.sections
    )
    return replace(letter, sections=sections)


def _fonts(pdf: bytes) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


def _whole(letter: Letter) -> int:
    """The number of pages, after seeing that nothing was lost."""
    pdf = render_pdf(letter)
    text = text_of_pdf(pdf, letter)
    assert first_out_of_order(sentences(letter), text) is None
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_only_the_vendored_typefaces_are_used_and_embedded(letter: Letter) -> None:
    pdf = render_pdf(letter)
    assert {font.split("+")[-1] for font in _fonts(pdf)} <= {path.stem for path in FONT_FOLDER.glob("*.ttf")}
    assert b"Helvetica" not in pdf
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


def test_the_document_says_its_title_sender_and_language(letter: Letter) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(letter)))
    assert reader.metadata is not None
    assert reader.metadata.title == f"{letter.title} ({letter.reference})"
    assert reader.metadata.author == letter.authority.name
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(letter.language)


def test_the_headings_are_bookmarks(swedish: Letter) -> None:
    outline = PdfReader(io.BytesIO(render_pdf(swedish))).outline
    assert outline[0].title == swedish.title
    assert [entry.title for entry in outline[1] if not isinstance(entry, list)] == [
        *(section.heading for section in swedish.sections),
        swedish.appendices[0].title,
    ]


def test_every_page_says_its_number_and_how_many_there_are(swedish: Letter) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(swedish)))
    for number, page in enumerate(reader.pages, start=1):
        assert f"Sida {number} av" in page.extract_text()
    forms = reader.pages[0]["/Resources"]["/XObject"]
    assert len(forms) == 1


@pytest.mark.parametrize("character", ["漢", "\ue000", "\x07", "😀"])
def test_a_character_that_cannot_be_written_is_refused_by_name(swedish: Letter, character: str) -> None:
    faulty = _with(swedish, "strengths", Paragraph("strengths.x", f"Det här går inte: {character}"))
    with pytest.raises(MissingGlyph) as refused:
        render_pdf(faulty)
    assert refused.value.character == character
    assert f"U+{ord(character):04X}" in str(refused.value)


def test_a_missing_glyph_at_the_foot_or_in_a_pill_is_refused_too(swedish: Letter) -> None:
    with pytest.raises(MissingGlyph):
        render_pdf(replace(swedish, reference="2026-漢"))


def test_soft_hyphens_do_not_show(swedish: Letter) -> None:
    text = PdfReader(
        io.BytesIO(render_pdf(_with(swedish, "strengths", Paragraph("s.x", "verk\u00adsamhet"))))
    ).pages
    assert any("verksamhet" in page.extract_text() for page in text)


@pytest.mark.slow
def test_forty_deficiencies_lay_out(swedish: Letter) -> None:
    first = next(
        block for section in swedish.sections for block in section.blocks if isinstance(block, Deficiency)
    )
    many = tuple(replace(first, key=f"deficiency.{n}", number=n) for n in range(1, 41))
    assert _whole(_with(swedish, "deficiencies", *many)) >= 20


def test_a_letter_without_deficiencies_lays_out(letter: Letter) -> None:
    without = replace(letter, sections=tuple(s for s in letter.sections if s.key != "deficiencies"))
    assert _whole(without) >= 3


def test_the_smallest_letter_is_one_page(swedish: Letter) -> None:
    small = replace(
        swedish, sections=(Section("summary", "Kort", None, ()),), appendices=(), copies=(), home="", visit="",
        signatures=(), method_stamp="",
    )  # fmt: skip
    assert _whole(small) == 1


def test_words_longer_than_a_line_are_broken_and_kept(swedish: Letter) -> None:
    _whole(
        _with(
            swedish,
            "children",
            Paragraph("c.p", LONG_WORD),
            Quote("c.q", LONG_WORD),
            Bullets("c.b", (LONG_WORD,)),
            Facts("c.f", ((LONG_WORD, LONG_WORD),)),
        ),
    )


@pytest.mark.slow
def test_text_of_several_pages_is_split_in_every_kind_of_block(swedish: Letter) -> None:
    first = next(
        block for section in swedish.sections for block in section.blocks if isinstance(block, Deficiency)
    )
    long = replace(first, **dict.fromkeys(("saw", "achieve", "due"), LONG_TEXT))
    pages = _whole(_with(swedish, "deficiencies", long))
    assert pages > 10
    _whole(
        _with(
            swedish,
            "children",
            Paragraph("c.p", LONG_TEXT),
            Quote("c.q", LONG_TEXT),
            Bullets("c.b", (LONG_TEXT, LONG_TEXT)),
            Facts("c.f", (("Samtal", LONG_TEXT),)),
        ),
    )


def test_a_table_row_taller_than_a_page_is_broken_and_nothing_of_it_is_lost(swedish: Letter) -> None:
    rows = (("Natten", LONG_TEXT), (LONG_TEXT, "Dagen"))
    tall = _with(swedish, "children", Grid("c.g", "En tabell", ("Vad", "Hur"), rows))
    text = text_of_pdf(render_pdf(tall), tall)
    sentence = squeezed(LONG_TEXT[:58])
    # A sentence cut by the end of a page has the repeated headings in the middle of it.
    assert 320 - text.count("VadHur") <= text.count(sentence) <= 320


def test_a_table_of_two_hundred_rows_repeats_its_headings(swedish: Letter) -> None:
    rows = tuple((f"Krav {n}", "Uppfyllt") for n in range(200))
    pdf = render_pdf(_with(swedish, "legal", Grid("l.g", "Krav", ("Kravpunkt", "Utfall"), rows)))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert sum("Kravpunkt\nUtfall" in page or "Kravpunkt Utfall" in page for page in pages) >= 4

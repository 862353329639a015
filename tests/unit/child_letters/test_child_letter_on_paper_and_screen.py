"""A letter to a child is one page in large type, with pictures that have words, from the side it is read from."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4

from tests.unit.child_letters.child_cases import AGES, LANGUAGES, child_file, letter_of, much, nothing
from tests.unit.reports.judges import plain
from tests.unit.reports.reading_structure import Tagged
from tillsyn.interview_guides.guide import available_packs
from tillsyn.reports import child_look
from tillsyn.reports.blocks import PICTURES
from tillsyn.reports.child_pdf import TooLong, size_of
from tillsyn.reports.child_pictures import as_png, as_svg, inside_svg
from tillsyn.reports.content import ContentError, Language, Letter, Paragraph, Questions, Section
from tillsyn.reports.letter_html import render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.logo import read_logo
from tillsyn.reports.pdf_fonts import MissingGlyph
from tillsyn.reports.reading import sentences

EVERY = pytest.mark.parametrize(("age", "language"), [(age, tag) for age in AGES for tag in LANGUAGES])


def with_text(letter: Letter, text: str, key: str = "next") -> Letter:
    """The letter with another paragraph in a section."""
    sections = tuple(
        replace(one, blocks=(*one.blocks, Paragraph("more", text))) if one.key == key else one
        for one in letter.sections
    )
    return replace(letter, sections=sections)


@EVERY
def test_read_by_its_structure_the_page_says_exactly_the_content(age: str, language: Language) -> None:
    read = Tagged(child_file(age, language))
    assert [plain(one) for one in read.texts] == [
        plain(one) for one in sentences(letter_of(much(), age, language))
    ]
    assert read.wrong() == []
    figures = [one for one in read.root.walk() if one.role == "Figure"]
    assert len(figures) == 4 and len({one.alt for one in figures}) == 4


@EVERY
def test_it_is_one_page_a4_and_the_same_bytes(age: str, language: Language) -> None:
    [page] = PdfReader(io.BytesIO(child_file(age, language))).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4)
    assert render_pdf(letter_of(much(), age, language)) == child_file(age, language)


@pytest.mark.parametrize("pack_id", available_packs())
def test_much_fits_in_type_that_a_child_can_read(pack_id: str) -> None:
    for age in AGES:
        for language in LANGUAGES:
            letter = letter_of(much(pack_id), age, language)
            assert size_of(letter) >= child_look.LEAST[letter.form]


def test_the_younger_have_larger_type_and_little_text_is_set_larger() -> None:
    younger, older = (size_of(letter_of(nothing(), age, "sv")) for age in AGES)
    assert younger > older > child_look.LEAST["child-13-20"]
    assert size_of(letter_of(much(), "6-12", "sv")) < younger


@EVERY
def test_too_much_text_for_one_page_is_refused(age: str, language: Language) -> None:
    more = letter_of(much(), age, language).sections[1].blocks[1]
    assert isinstance(more, Paragraph)
    with pytest.raises(TooLong, match="cm too long for one page"):
        render_pdf(with_text(letter_of(much(), age, language), " ".join([more.text] * 60)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_character_that_no_typeface_has_is_refused(language: Language) -> None:
    with pytest.raises(MissingGlyph):
        render_pdf(with_text(letter_of(nothing(), "6-12", language), "漢"))


def test_what_has_no_place_on_the_page_is_refused() -> None:
    letter = letter_of(nothing(), "6-12", "sv")
    strange = replace(
        letter, sections=(Section("told", "Vi har lyssnat", None, (Questions("q", ("Vad?",)),)),)
    )
    for render in (render_pdf, render_html):
        with pytest.raises(ContentError, match="'q' has no place"):
            render(strange)


@EVERY
def test_the_page_on_screen_says_its_language_and_from_which_side(age: str, language: Language) -> None:
    page = render_html(letter_of(much(), age, language))
    side = "rtl" if language == "ar" else "ltr"
    assert f'lang="{language}" dir="{side}"' in page
    assert (f'<html lang="{language}" dir="rtl">' in page) is (side == "rtl")
    assert len(re.findall(r'role="img" aria-label="[^"]+"', page)) == 4
    assert ('<bdi dir="ltr">010-000\u00a000\u00a000</bdi>' in page) is (side == "rtl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_logo_of_the_sender_stands_at_the_top_with_its_words(language: Language) -> None:
    letter = letter_of(nothing(), "6-12", language)
    logo = read_logo(
        b'<svg viewBox="0 0 9 3"><rect width="9" height="3" fill="#0B4F5C"/></svg>', "Vårt märke"
    )
    marked = replace(letter, authority=replace(letter.authority, logo=logo))
    read = Tagged(render_pdf(marked))
    first = next(one for one in read.root.walk() if one.role == "Figure")
    assert first.alt == "Vårt märke" and read.wrong() == []
    assert 'alt="Vårt märke"' in render_html(marked)


def test_headings_on_screen_follow_each_other() -> None:
    levels = [int(one) for one in re.findall(r"<h(\d)", render_html(letter_of(much(), "13-20", "sv")))]
    assert levels[0] == 1 and set(levels[1:]) == {2}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_the_same_drawing_as_svg_and_png(picture: str) -> None:
    assert inside_svg(picture) in as_svg(picture)  # type: ignore[arg-type]
    made = as_png(picture, 96)  # type: ignore[arg-type]
    as_png.cache_clear()
    assert as_png(picture, 96) == made  # type: ignore[arg-type]
    image = Image.open(io.BytesIO(made)).convert("RGBA")
    assert image.size == (96, 96) and image.getpixel((0, 0))[3] == 0
    colours = {colour for _, colour in image.getcolors(10_000) or ()}
    for drawn in set(re.findall(r"#[0-9A-F]{6}", inside_svg(picture))):  # type: ignore[arg-type]
        wanted = tuple(int(drawn[at : at + 2], 16) for at in (1, 3, 5))
        assert any(max(abs(a - b) for a, b in zip(wanted, one[:3], strict=True)) <= 2 for one in colours), (
            drawn
        )

"""Each kind of letter in each language: PDF, page and DOCX say what the content says, in its order."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from tests.unit.reports.judges import plain, refused
from tests.unit.reports.letters_of_every_form import forms_and_languages, small_letter
from tests.unit.reports.reading_back import squeezed, text_of_html
from tests.unit.reports.reading_structure import Tagged
from tillsyn.reports.content import Language, Letter
from tillsyn.reports.docx_writer import LEFT_TO_RIGHT_MARK
from tillsyn.reports.letter_docx import render_docx
from tillsyn.reports.letter_html import render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.reading import sentences

EVERY = pytest.mark.parametrize(("form", "language"), forms_and_languages())


def texts_of_docx(data: bytes) -> list[str]:
    """The text of each paragraph, cell and side of a tab, in order; without the marks of direction."""
    texts: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            texts += [one.text for row in part.rows for cell in row.cells for one in cell.paragraphs]
        else:
            texts += part.text.split("\t")
    return [said for text in texts if (said := text.replace(LEFT_TO_RIGHT_MARK, "")).strip()]


def _said(letter: Letter) -> list[str]:
    return [plain(one) for one in sentences(letter)]


@EVERY
def test_read_by_its_structure_the_pdf_says_exactly_the_content(form: str, language: Language) -> None:
    letter = small_letter(form, language)
    pdf = render_pdf(letter)
    read = Tagged(pdf)
    assert [plain(one) for one in read.texts] == _said(letter)
    assert read.wrong() == []
    assert refused(pdf) == []


@EVERY
def test_the_page_says_exactly_the_content(form: str, language: Language) -> None:
    letter = small_letter(form, language)
    assert text_of_html(render_html(letter)) == squeezed("".join(sentences(letter)))


@EVERY
def test_the_docx_says_exactly_the_content(form: str, language: Language) -> None:
    letter = small_letter(form, language)
    made = render_docx(letter)
    assert [plain(one) for one in texts_of_docx(made)] == _said(letter)
    assert render_docx(letter) == made


@EVERY
def test_the_docx_says_its_title_and_language_and_which_way_it_is_written(
    form: str, language: Language
) -> None:
    letter = small_letter(form, language)
    document = docx.Document(io.BytesIO(render_docx(letter)))
    assert document.core_properties.title == f"{letter.title} ({letter.reference})"
    tag = {"sv": "sv-SE", "en": "en-GB", "ar": "ar-SA"}[language]
    assert document.core_properties.language == tag
    (default,) = document.styles.element.iter(qn("w:lang"))
    assert default.get(qn("w:val")) == tag
    turned = [
        one
        for one in document.element.body.iter(qn("w:p"))
        if one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None
    ]
    assert bool(turned) == (letter.direction == "ltr")
    from_right = [
        "".join(run.itertext())
        for run in document.element.iter(qn("w:r"))
        if run.find(f".//{qn('w:rtl')}") is not None
    ]
    assert bool(from_right) == (letter.direction == "rtl")
    assert not any(character.isascii() and character.isalnum() for text in from_right for character in text)

"""Huge and hostile letters: laid out whole in every form, or refused with the place of the fault."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.judges import plain, refused
from tests.unit.reports.reading_back import squeezed, text_of_html
from tests.unit.reports.reading_structure import Tagged
from tests.unit.reports.test_every_form_agrees import texts_of_docx
from tillsyn.inspect.errors import NotPossibleNow
from tillsyn.inspect.services.letter_files import render_content
from tillsyn.reports import content as c
from tillsyn.reports.docx_writer import LEFT_TO_RIGHT_MARK
from tillsyn.reports.letter_docx import render_docx
from tillsyn.reports.letter_html import render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_fonts import MissingGlyph
from tillsyn.reports.reading import sentences
from tillsyn.reports.refusals import CannotLayOut, Place

LETTER = example_letter("sv")
DEFICIENCY = next(block for block in c.blocks_of(LETTER) if isinstance(block, c.Deficiency))
WORD = "x" * 10_000
TEXT = "Vi såg att barnen fick vänta på svar, och vi hörde varför. " * 70
LONG_WORD = "verksamhetsansvarsfördelningsbeskrivning" * 6
MARKUP = (
    "<b>fet", "<br/>", "<br/><br/>", "a<br/>b", "<para align='center'>x</para>", "&amp; &nbsp; &lt;", "{x} %(y)s %s",
    "<a href='https://x.example'>x</a>", "<img src='x'/>", "<font color='red'>x</font>", "<seq id='a'/>",
    "]]> <![CDATA[x", "<onDraw name='x' label='y'/>", "\\000 ( ) \\) \\", "<!-- x -->", "&#0; &#x202e;", "<unichar code='0'/>",
    "<script>alert(1)</script>", "<bullet>x</bullet>", "<index item='x'/>", "<sup>x</sup>",
)  # fmt: skip


def holding(*blocks: c.Block, section: str = "children") -> c.Letter:
    """The example letter, small, with other blocks in a section."""
    kept = ("summary", section)
    sections = tuple(
        replace(one, blocks=blocks) if one.key == section else one
        for one in LETTER.sections
        if one.key in kept
    )
    return replace(LETTER, sections=sections, appendices=())


def whole(letter: c.Letter) -> int:
    """The number of pages, after seeing that every form is sound and says all, in its order."""
    said = [plain(one) for one in sentences(letter) if plain(one)]
    data = render_pdf(letter)
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    assert [plain(one) for one in read.texts if plain(one)] == said
    assert squeezed(plain(text_of_html(render_html(letter)))) == squeezed("".join(said))
    written = squeezed(plain("".join(texts_of_docx(render_docx(letter)))))
    assert written == squeezed("".join(said)).replace(LEFT_TO_RIGHT_MARK, "")
    return len(read.pdf.pages)


SIXTY = tuple(
    replace(DEFICIENCY, key=f"d{n}", number=n, saw=f"{TEXT[: 58 * (n % 9)]} {LONG_WORD}")
    for n in range(1, 61)
)
LAID_OUT: dict[str, c.Letter] = {
    "forty rows, some higher than a page": holding(
        c.Grid("g", "Kraven", ("Vad", "Hur"), tuple((f"{n}", TEXT[: (n % 8) * 600] or "–") for n in range(40)))
    ),
    "cells higher than a page": holding(c.Grid("g", "Kraven", ("Vad", "Hur"), (("Natt", TEXT), (TEXT, "Dag")))),
    "thirty columns": holding(
        c.Grid("g", "Smal", tuple(f"k{n}" for n in range(30)), tuple(("ord",) * 30 for _ in range(4)))
    ),
    "a word of ten thousand characters": holding(c.Paragraph("p", WORD), c.Quote("q", "y" + WORD)),
    "such a word for a heading": holding(c.Subheading("s", WORD), c.Paragraph("p", "Sist.")),
    "such words in a table": holding(c.Facts("f", ((LONG_WORD, LONG_WORD),)), c.Grid("g", LONG_WORD, (LONG_WORD, "B"), ((WORD, "b"),))),
    "a heading of pages": holding(c.Subheading("s", TEXT), c.Paragraph("p", "Sist.")),
    "advice with a title of pages": holding(c.Advice("a", TEXT, TEXT), section="advice"),
    "a title of a page": replace(holding(c.Paragraph("p", "x")), title=TEXT[:2000]),
    "line breaks where one line is": replace(
        holding(c.Subheading("s", "a\nb\r\nc")), title="a\nb\tc", kind="x\r\ny", home="a\nb", reference="1\n2",
        recipient=c.Recipient("a\nb", ("c\td",)),
    ),
    "nothing in the section": holding(),
    "blocks that say nothing": holding(
        c.Paragraph("a", ""), c.Subheading("b", " "), c.Bullets("d", ("", " \n")), c.Bullets("e", ()), c.Quote("f", ""),
        c.Notice("g", "\n\n"), c.Facts("h", ()), c.Facts("i", (("", ""),)), c.Grid("j", "", (), ()), c.Questions("l", ()),
        c.Paragraph("m", "\u200b\u00ad"), c.Subheading("n", "\u00ad"), c.Bullets("o", ("Ett", "\ufeff", "Två")),
    ),
    "a table without rows": holding(c.Grid("k", "Tom", ("A", "B"), ())),
    "markup": holding(*(c.Paragraph(f"p{n}", one) for n, one in enumerate(MARKUP)), c.Bullets("b", MARKUP)),
    "marks of direction and joiners": holding(c.Paragraph("p", "a\u200eb\u200fc d\u200ce\u200df")),
    "signs without width": holding(c.Paragraph("p", "a\u200bb\u2060c\ufeffd verk\u00adsamhet")),
    "combining marks": holding(c.Paragraph("p", "a\u030a o\u0308 e\u0301 " * 50 + "\u0301" * 500)),
    "blanks of all kinds": holding(c.Paragraph("p", "a\u2003b\u2007c\u2028d\u2029e\u00a0f"), c.Paragraph("q", "\u00a0")),
}  # fmt: skip


LONG = {"forty rows, some higher than a page", "a word of ten thousand characters", "such words in a table",
        "such a word for a heading", "thirty columns", "cells higher than a page"}  # fmt: skip


@pytest.mark.parametrize(
    "what", [pytest.param(one, marks=pytest.mark.slow) if one in LONG else one for one in LAID_OUT]
)
def test_it_is_laid_out_whole(what: str) -> None:
    assert whole(LAID_OUT[what]) >= 1


@pytest.mark.slow
def test_sixty_findings_with_long_words_are_laid_out_whole() -> None:
    assert whole(replace(LETTER, sections=holding(*SIXTY, section="deficiencies").sections)) > 25


HEADING = next(one.heading for one in LETTER.sections if one.key == "children")
NO_TEXT = [
    "\x00",
    "\x07",
    "\x0b",
    "\x1f",
    "\x7f",
    "\x85",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\ufdd0",
    "\U0001ffff",
    "\ue000",
]
STEERING = ["\u202a", "\u202e", "\u2066", "\u2069"]
FORMS: dict[str, Callable[[c.Letter], object]] = {"pdf": render_pdf, "html": render_html, "docx": render_docx}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sign", NO_TEXT + STEERING, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_is_no_text_or_turns_it_is_refused_with_its_place_in_every_form(sign: str, form: str) -> None:
    letter = holding(c.Paragraph("a", "Bra."), c.Facts("f", (("Natt", f"Mörkt{sign} och kallt"),)))
    with pytest.raises(MissingGlyph) as fault:
        FORMS[form](letter)
    assert fault.value.character == sign
    assert fault.value.place == Place(HEADING, "Mörkt och kallt")


@pytest.mark.parametrize("sign", ["😀", "漢", "\u3000", "\ufe0f"])
def test_what_the_typefaces_lack_is_refused_on_paper_with_its_place(sign: str) -> None:
    with pytest.raises(MissingGlyph) as fault:
        render_pdf(holding(c.Paragraph("a", f"Glad {sign}")))
    assert fault.value.place.section == HEADING
    assert fault.value.place.text.startswith("Glad")


TOO_TALL: dict[str, tuple[c.Letter, Place]] = {
    "headings of a table": (
        holding(c.Paragraph("a", "Bra."), c.Grid("g", "x", (TEXT, TEXT), (("a", "b"),))),
        Place(HEADING, "x Vi såg att barnen fick vänta på svar, och vi hörde varför."),
    ),
    "an address": (
        replace(LETTER, recipient=c.Recipient(TEXT, ("x",) * 200)),
        Place("", TEXT[:60].rstrip() + "…"),
    ),
}


@pytest.mark.parametrize("what", TOO_TALL)
def test_what_fits_on_no_page_is_refused_with_its_place(what: str) -> None:
    letter, place = TOO_TALL[what]
    with pytest.raises(CannotLayOut) as fault:
        render_pdf(letter)
    assert fault.value.place.section == place.section
    assert fault.value.place.text[:50] == place.text[:50]


def test_people_are_told_where_it_stands_and_which_sign_it_is() -> None:
    with pytest.raises(NotPossibleNow) as told:
        render_content(holding(c.Paragraph("a", "Mörkt\x07 och kallt")), "pdf")
    assert told.value.values == {"sign": "U+0007", "section": HEADING, "paragraph": "Mörkt och kallt"}
    with pytest.raises(NotPossibleNow) as told:
        render_content(replace(LETTER, home="Hemmet 😀"), "pdf")
    assert told.value.values == {"sign": "😀 (U+1F600)", "paragraph": "Hemmet 😀"}
    with pytest.raises(NotPossibleNow) as told:
        render_content(TOO_TALL["headings of a table"][0], "pdf")
    assert told.value.values["section"] == HEADING

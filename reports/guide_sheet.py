"""An interview guide on paper, with lines to write on: the last fallback, when no screen is at hand."""

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer

from . import pdf_look as look
from .content import paragraphs_of
from .guide_sheet_parts import Faces, Fields, Lines, Ticks
from .pdf_blocks import heading, item, text, texts
from .pdf_flowables import Card, CardLook
from .pdf_fonts import ITALIC, SANS, register_fonts, written
from .pdf_paper import LANGUAGE_TAGS, foot_line, on_paper
from .tagging.canvas import TaggedCanvas
from .tagging.conformance import About
from .tagging.structure import Tag, list_of, under

Language = Literal["sv", "en"]

LEFT = RIGHT = 20 * mm
TOP = 16 * mm
BOTTOM = 20 * mm
WIDTH = look.PAGE[0] - LEFT - RIGHT
_ALOUD = CardLook(fill=look.TINT, padding=(9, 14, 5, 14), room=60, whole=260)


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question. `notes`: short lines under it, such as when it is asked; `help`: what to ask on with.

    `faces`: the words of the scale of faces, from the saddest; empty when it is not answered with pictures;
    `faces_said`: what is said when it is shown.
    """

    text: str
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    faces_said: str = ""


@dataclass(frozen=True, slots=True)
class SheetArea:
    title: str
    questions: tuple[SheetQuestion, ...]


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A guide as it is printed; all in one language.

    `choices`: what the person may decide about each answer, to be ticked. `warning`: what is said of an
    example that is not verified; empty otherwise. `lines`: to write on, under each question; one less
    under the faces.
    """

    language: Language
    pack: str
    title: str
    version: str
    opening: str
    closing: str
    areas: tuple[SheetArea, ...]
    choices: tuple[str, ...]
    warning: str = ""
    lines: int = 4


@dataclass(frozen=True, slots=True)
class _Words:
    version: str
    fields: tuple[str, ...]
    how: str
    first: str
    last: str
    own: str
    own_about: str
    told: str
    read_back: str
    answer: str
    page: str
    of: str
    subject: str
    faces: str


_WORDS = {
    "sv": _Words(
        version="Version %s",
        fields=(
            "Diarienummer",
            "Dag och tid",
            "Vem (beteckning)",
            "Ålder",
            "Språk och tolk",
            "Plats",
            "Vem antecknar",
        ),
        how="Frågorna kan ställas i valfri ordning. Skriv personens egna ord inom citattecken. Skriv inga "
        "namn. För in anteckningarna i Tillsyn samma dag och förstör sedan papperet enligt "
        "myndighetens rutin.",
        first="Säg först",
        last="Säg sist",
        own="Egna frågor",
        own_about="Skriv frågan först, så att den följer med svaret.",
        told="Får det berättas?",
        read_back="Anteckningarna är upplästa",
        answer="Så vill personen få veta vad vi kom fram till",
        page="Sida %s",
        of=" av ",
        subject="Samtalsguide för papper",
        faces="Tecknade ansikten i en rad, från det mest ledsna till det gladaste",
    ),
    "en": _Words(
        version="Version %s",
        fields=(
            "Case number",
            "Day and time",
            "Who (short name)",
            "Age",
            "Language, interpreter",
            "Place",
            "Notes by",
        ),
        how="The questions can be asked in any order. Write the person’s own words in quotation marks. Write "
        "no names. Enter the notes in Tillsyn on the same day, then destroy the paper as the "
        "authority prescribes.",
        first="Say first",
        last="Say last",
        own="Questions of your own",
        own_about="Write the question first, so that it stays with its answer.",
        told="May it be told?",
        read_back="The notes have been read back",
        answer="How the person wants to hear what we found",
        page="Page %s",
        of=" of ",
        subject="Interview guide for paper",
        faces="Drawn faces in a row, from the saddest to the happiest",
    ),
}


def render_guide_sheet(sheet: GuideSheet) -> bytes:
    """The guide as PDF, on A4. The same content gives the same bytes.

    PDF/UA-1 and PDF/A-2a. Raises `MissingGlyph` for a character that the vendored typefaces cannot write.
    """
    register_fonts()
    about = About(
        title=f"{sheet.title} ({sheet.pack} {sheet.version})",
        language=LANGUAGE_TAGS[sheet.language],
        author=sheet.pack,
        subject=_WORDS[sheet.language].subject,
        font=SANS,
    )
    return on_paper(_story(sheet), [_page(sheet)], about)


def _page(sheet: GuideSheet) -> PageTemplate:
    frame = Frame(
        LEFT, BOTTOM, WIDTH, look.PAGE[1] - BOTTOM - TOP,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    words = _WORDS[sheet.language]

    what = f"{sheet.title} · {words.version % sheet.version}"
    written(what, SANS)

    def foot(canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        page = words.page % document.page + words.of
        foot_line(canvas, LEFT, look.PAGE[0] - RIGHT, BOTTOM - 20, what, page)
        canvas.restoreState()

    return PageTemplate(id="sheet", frames=[frame], onPage=foot)


def _story(sheet: GuideSheet) -> list[Flowable]:
    words, style = _WORDS[sheet.language], look.styles()
    story: list[Flowable] = [
        text(f"{sheet.pack} · {words.version % sheet.version}", style.kind),
        heading(sheet.title, style.title, "title", 0),
    ]
    if sheet.warning:
        story += [Card(texts(sheet.warning, style.body), _ALOUD), Spacer(0, 6)]
    story += [Fields(words.fields), Spacer(0, 8), text(words.how, style.small)]
    story += _aloud(words.first, sheet.opening, "first")
    number = 0
    for at, area in enumerate(sheet.areas):
        section, listed = Tag("Sect"), list_of("Decimal")
        head: list[Flowable] = [heading(area.title, style.h2, f"area-{at}", 1)]
        for question in area.questions:
            number += 1
            asked = [*head, *_question(question, number, listed, sheet, words)]
            under(section, asked)
            story.append(KeepTogether(asked))
            head = []
    own = [
        heading(words.own, style.h2, "own", 1),
        text(words.own_about, style.small),
        Lines(2 * sheet.lines),
    ]
    story.append(KeepTogether(own))
    end = [text(words.answer, style.small), Lines(2), Ticks("", (words.read_back,))]
    story.append(KeepTogether([*_aloud(words.last, sheet.closing, "last"), Spacer(0, 6), *end]))
    return story


def _aloud(title: str, said: str, key: str) -> list[Flowable]:
    style = look.styles()
    larger = ParagraphStyle("aloud", style.body, fontSize=11.5, leading=17)
    return [heading(title, style.h2, key, 1), Card(texts(said.strip(), larger), _ALOUD, before=2)]


def _question(
    question: SheetQuestion, number: int, listed: Tag, sheet: GuideSheet, words: _Words
) -> list[Flowable]:
    style = look.styles()
    asked = ParagraphStyle("asked", style.area, fontSize=11.5, leading=15.5, leftIndent=20, bulletIndent=0)
    below = ParagraphStyle("under", style.quiet, fontSize=9, leading=12.8, leftIndent=20)
    help_ = ParagraphStyle("help", below, fontName=ITALIC, textColor=look.INK)
    line, body = item(listed, f"{number}.", question.text, asked)
    made: list[Flowable] = [Spacer(0, 11), line]
    made += [text(note, below, body.add("P")) for note in question.notes]
    if question.help:
        made.append(text(" – ".join(question.help), help_, body.add("P")))
    if question.faces:
        said = [text(part, below, body.add("P")) for part in paragraphs_of(question.faces_said)]
        made += [*said, Faces(question.faces, words.faces, body)]
    made.append(Lines(sheet.lines - 1 if question.faces else sheet.lines))
    made.append(Ticks(words.told, sheet.choices, body))
    return made

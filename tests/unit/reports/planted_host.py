"""The sound sheet that faults are planted in: one of everything that a letter or a guide can hold.

Small, so that dozens of faulty copies of it are judged in seconds.
"""

from functools import cache
from typing import Any

from reportlab.platypus import Frame, PageTemplate

from tests.unit.reports.tagged_examples import ABOUT
from tillsyn.reports import content as c
from tillsyn.reports import pdf_look as look
from tillsyn.reports.guide_sheet_parts import Faces
from tillsyn.reports.pdf_blocks import blocks, heading
from tillsyn.reports.pdf_paper import foot_line, on_paper
from tillsyn.reports.tagging.structure import Tag
from tillsyn.reports.tagging.text import TaggedParagraph, declare
from tillsyn.reports.wording import wording

ADDRESS = "https://tillsyn.example"
READ_MORE = "Läs mer på vår webbplats och skriv till oss."
ROWS = tuple((f"Krav {number}", "Uppfyllt", "Ja") for number in range(12))
BLOCKS: tuple[c.Block, ...] = (
    c.Paragraph("one", "Vi såg och hörde. " * 9),
    c.Paragraph("two", "Det andra stycket."),
    c.Bullets("list", ("Ett skäl", "Ett till")),
    c.Questions("asked", ("Hur märks det?", "Vad behövs?")),
    c.Grid("grid", "Kraven", ("Kravpunkt", "Utfall", "Rättat"), ROWS),
    c.Subheading("last", "Sist"),
    c.Paragraph("three", "Så följer vi upp."),
)
SAYS = (
    "Ett prov",
    READ_MORE,
    *("Ja", "Nej"),
    "Det vi såg",
    ("Vi såg och hörde. " * 9).strip(),
    "Det andra stycket.",
    *("Ett skäl", "Ett till", "Hur märks det?", "Vad behövs?"),
    "Kraven",
    *("Kravpunkt", "Utfall", "Rättat"),
    *(cell for row in ROWS for cell in row),
    "Sist",
    "Så följer vi upp.",
)
"""What it says, piece by piece, to somebody who reads it by its structure."""


def make_sheet() -> bytes:
    """The sheet, made anew."""
    style = look.styles()
    linked = READ_MORE.replace("vår webbplats", f'<a href="{ADDRESS}">vår webbplats</a>')
    story = [
        heading("Ett prov", style.title, "title", 0),
        declare(TaggedParagraph(linked, style.body), Tag("P"), READ_MORE),
        Faces(("Ja", "Nej"), "Två ansikten: ett ledset och ett glatt", Tag("Div")),
        heading("Det vi såg", style.h2, "saw", 1),
        *blocks(BLOCKS, wording("sv")),
    ]
    frame = Frame(look.LEFT, look.BOTTOM, look.WIDTH, 300)
    return on_paper(story, [PageTemplate(frames=[frame], onPage=_foot)], ABOUT)


def _foot(canvas: Any, document: Any) -> None:
    canvas.saveState()
    foot_line(canvas, look.LEFT, look.LEFT + look.WIDTH, 40, "Tillsynen", f"Sida {document.page} av ")
    canvas.restoreState()


@cache
def sheet() -> bytes:
    """The sheet, made once."""
    return make_sheet()

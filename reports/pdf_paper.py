"""From a story to a finished file: pages with their number and how many there are, tagged."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate

from . import pdf_look as look
from .pdf_fonts import SANS
from .tagging.canvas import TaggedCanvas
from .tagging.conformance import About
from .tagging.structure import Tag, check, under

LANGUAGE_TAGS = {"sv": "sv-SE", "en": "en-GB", "ar": "ar"}
FOOT = 8.2
_TOTAL = "total-pages"


def on_paper(story: list[Flowable], pages: Sequence[PageTemplate], about: About) -> bytes:
    """The story as PDF on A4, PDF/UA-1 and PDF/A-2a. The same story gives the same bytes.

    Raises `NotAccessible` for a story that not everybody could read.
    """
    root = Tag("Document")
    under(root, story)
    check(root)
    paper = BytesIO()
    document = BaseDocTemplate(
        paper,
        pagesize=look.PAGE,
        pageTemplates=list(pages),
        lang=about.language,
        invariant=1,
        initialFontName=SANS,
    )
    document.build(story, canvasmaker=partial(_NumberedCanvas, about, root))
    return paper.getvalue()


def foot_line(canvas: TaggedCanvas, left: float, right: float, y: float, what: str, page: str) -> None:
    """The line at the foot: what it is, shortened to its room, and on the right the page and of how many."""
    x = right - stringWidth(page, SANS, FOOT) - 9
    canvas.setFillColor(look.QUIET)
    canvas.setFont(SANS, FOOT)
    room = x - left - 12
    if stringWidth(what, SANS, FOOT) > room:
        fits = bisect_right(
            range(1, len(what)), room, key=lambda end: stringWidth(what[:end] + "…", SANS, FOOT)
        )
        what = what[:fits] + "…"
    canvas.drawString(left, y, what)
    canvas.drawString(x, y, page)
    canvas.translate(x + stringWidth(page, SANS, FOOT), y)
    canvas.doForm(_TOTAL)


class _NumberedCanvas(TaggedCanvas):
    """Knows the number of pages when it is saved: sheets come apart."""

    def __init__(self, about: About, root: Tag, *args: Any, **settings: Any) -> None:
        super().__init__(about, root, *args, **settings)
        self.showOutline()

    def save(self) -> None:
        if self._code:
            self.showPage()
        self.beginForm(_TOTAL, 0, -3, 40, 12)
        self.setFont(SANS, FOOT)
        self.setFillColor(look.QUIET)
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()

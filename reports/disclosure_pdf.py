"""What is disclosed of a case, and a decision not to disclose, as tagged PDF.

The file is made of finished texts in which every masked passage is replaced already: of what was masked this
module never knows a word. So nothing of it can lie under a box, in a tag, in metadata or in an attachment.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from . import pdf_look as look
from .pdf_blocks import facts, heading, item, text
from .pdf_flowables import Card, CardLook
from .pdf_fonts import SANS, register_fonts, visible, writable
from .pdf_paper import LANGUAGE_TAGS, foot_line, on_paper
from .tagging.canvas import TaggedCanvas
from .tagging.conformance import About
from .tagging.structure import Tag, list_of, under

_TOGETHER = re.compile(r"(?:OSL )?\d+ kap\. \d+(?: [a-z])? §|(?<=\d) §")
_GIVEN = CardLook(bar=look.LINE, padding=(3, 0, 3, 14), room=60)
_NOTICE = CardLook(fill=look.TINT, padding=(9, 14, 6, 14), room=60, whole=260)


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One heading with its paragraphs, and a list after them. `boxed`: set apart, as what one may do.

    `given`: a text of the case, which a line beside it tells from the words of the authority.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    boxed: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the authority in Swedish, finished to its last word."""

    sender: str
    unit: str
    reference: str
    kind: str
    title: str
    rows: tuple[tuple[str, str], ...]
    parts: tuple[PaperPart, ...]
    contact: tuple[str, ...] = ()
    colour: str = ""


def render_paper(paper: Paper) -> bytes:
    """The paper as PDF/UA-1 and PDF/A-2a on A4. The same content gives the same bytes."""
    register_fonts()
    about = About(
        title=f"{_clean(paper.title)} ({_clean(paper.reference)})",
        language=LANGUAGE_TAGS["sv"],
        author=_clean(paper.sender),
        subject=_clean(paper.kind),
        font=SANS,
    )
    return on_paper(_story(paper), [_page(paper)], about)


def _clean(said: str) -> str:
    """On one line; a section of the law is not divided between two."""
    line = " ".join(visible(writable(said, SANS)).split())
    return _TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), line)


def _page(paper: Paper) -> PageTemplate:
    frame = Frame(
        look.LEFT, look.BOTTOM, look.WIDTH, look.PAGE[1] - look.BOTTOM - look.FIRST_TOP,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    what = _clean(f"{paper.sender} · {paper.reference}")

    def foot(canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        right, y = look.PAGE[0] - look.RIGHT, look.BOTTOM - 26
        canvas.saveState()
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.5)
        canvas.line(look.LEFT, y + 15, right, y + 15)
        foot_line(canvas, look.LEFT, right, y, what, f"Sida {document.page} av ")
        canvas.restoreState()

    return PageTemplate(id="paper", frames=[frame], onPage=foot)


def _story(paper: Paper) -> list[Flowable]:
    style = look.styles(paper.colour)
    story: list[Flowable] = [text(_clean(paper.sender), style.sender)]
    if paper.unit.strip():
        story.append(text(_clean(paper.unit), style.quiet))
    story += [Spacer(0, 22), text(_clean(paper.kind), style.kind)]
    story.append(heading(_clean(paper.title), style.title, "title", 0))
    story.append(facts([(_clean(label), _clean(said)) for label, said in paper.rows], look=style))
    for at, part in enumerate(paper.parts):
        story += _part(part, at, style)
    if paper.contact:
        story.append(Spacer(0, 14))
        story += [text(_clean(line), style.quiet) for line in paper.contact if line.strip()]
    return story


def _part(part: PaperPart, at: int, style: look.Styles) -> list[Flowable]:
    head = heading(_clean(part.heading), style.h2, f"part-{at}", 1)
    body: list[Flowable] = [text(one, style.body) for one in _paragraphs(part.paragraphs)]
    if part.items:
        listed = list_of("Disc")
        plain = ParagraphStyle(
            "plain item",
            parent=style.item,
            fontSize=style.body.fontSize,
            leading=style.body.leading,
            rightIndent=0,
        )
        body += [item(listed, "•", _clean(one), plain)[0] for one in part.items]
    made: list[Flowable] = [head, *body]
    if body and (part.boxed or part.given):
        made = [head, Card(body, _NOTICE if part.boxed else _GIVEN, before=2)]
    under(Tag("Sect"), made)
    return made


def _paragraphs(texts: Sequence[str]) -> list[str]:
    return [clean for said in texts for line in said.split("\n") if (clean := _clean(line))]

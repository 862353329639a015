"""The page with the code of an invitation, the last one of a letter: PDF that everybody can read.

It is a file of its own. The letter is frozen and kept, and a code that works must be kept nowhere.
"""

from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from . import pdf_look as look
from .content import Language
from .pdf_blocks import heading, item, text, texts
from .pdf_flowables import Card, CardLook
from .pdf_fonts import SANS, SEMIBOLD, visible, written
from .pdf_paper import LANGUAGE_TAGS, foot_line, on_paper
from .tagging.canvas import TaggedCanvas
from .tagging.conformance import About
from .tagging.structure import list_of
from .wording import wording

_CODE = CardLook(fill=look.TINT, padding=(12, 14, 12, 14), room=60)


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """All in one language. `kind` and `title`: what the page is; `to`: whom; `steps`: what to do, in order.

    `code_label` and `code` stand large after the steps; `after`: paragraphs below. `colour`: of the sender.
    """

    language: Language
    sender: str
    kind: str
    title: str
    to: str
    steps: tuple[str, ...]
    code_label: str
    code: str
    after: tuple[str, ...]
    colour: str = ""


def render_invitation_page(page: InvitationPage) -> bytes:
    """The page as PDF/UA-1 and PDF/A-2a, on A4. The code stands in its text alone: not in its title.

    Raises `MissingGlyph` for a character that the vendored typefaces cannot write.
    """
    about = About(
        title=page.title,
        language=LANGUAGE_TAGS[page.language],
        author=page.sender,
        subject=page.kind,
        font=SANS,
    )
    return on_paper(_story(page), [_template(page)], about)


def _story(page: InvitationPage) -> list[Flowable]:
    style = look.styles(page.colour)
    code = ParagraphStyle("code", style.body, fontName=SEMIBOLD, fontSize=26, leading=34, spaceAfter=0)
    listed = list_of("Decimal")
    story: list[Flowable] = [
        text(page.sender, style.sender),
        Spacer(0, 16),
        text(page.kind, style.kind),
        heading(page.title, style.title, "title", 0),
        text(page.to, style.lead),
    ]
    story += [
        item(listed, f"{number}.", step, style.item)[0] for number, step in enumerate(page.steps, start=1)
    ]
    story += [Spacer(0, 6), Card([text(page.code_label, style.label), text(page.code, code)], _CODE)]
    story.append(Spacer(0, 10))
    for paragraph in page.after:
        story += texts(paragraph, style.running)
    return story


def _template(page: InvitationPage) -> PageTemplate:
    frame = Frame(
        look.LEFT, look.BOTTOM, look.WIDTH, look.PAGE[1] - look.BOTTOM - look.FIRST_TOP,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    words = wording(page.language)
    sender = f"{page.sender} · {page.kind}"
    written(sender, SANS)

    def foot(canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        number = words.page % {"page": document.page} + words.page_of
        foot_line(canvas, look.LEFT, look.PAGE[0] - look.RIGHT, look.BOTTOM - 26, visible(sender), number)
        canvas.restoreState()

    return PageTemplate(id="invitation", frames=[frame], onPage=foot)

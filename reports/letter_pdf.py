"""A letter on paper, as PDF."""

from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from . import pdf_look as look
from .content import Appendix, Letter, Section
from .pdf_blocks import blocks, facts, heading, text, texts
from .pdf_flowables import Card, CardLook
from .pdf_fonts import SANS, register_fonts, written
from .reading import contact_columns, head_rows
from .wording import Wording, wording

_VOICES = CardLook(fill=look.WARM, bar=look.WARM_BAR, padding=(12, 16, 8, 18), room=150)
_TOTAL = "total-pages"
_FOOT = 8.2


def render_pdf(letter: Letter) -> bytes:
    """The letter as PDF. The same content gives the same bytes.

    Raises `MissingGlyph` for a character that the vendored typefaces cannot write.
    """
    register_fonts()
    story = _story(letter)
    paper = BytesIO()
    document = BaseDocTemplate(
        paper,
        pagesize=look.PAGE,
        pageTemplates=[_page(letter, "first", look.FIRST_TOP), _page(letter, "later", look.TOP)],
        title=f"{letter.title} ({letter.reference})",
        author=letter.authority.name,
        subject=letter.kind,
        creator="Tillsyn",
        lang={"sv": "sv-SE", "en": "en-GB"}[letter.language],
        displayDocTitle=True,
        invariant=1,
        initialFontName=SANS,
    )
    document.build(story, canvasmaker=_LetterCanvas)
    return paper.getvalue()


class _LetterCanvas(Canvas):  # type: ignore[misc]
    """A canvas that starts in our own typeface and knows the number of pages when it is saved."""

    def __init__(self, *args: object, **settings: object) -> None:
        super().__init__(*args, **{**settings, "initialFontName": SANS})
        self.showOutline()

    def save(self) -> None:
        if self._code:
            self.showPage()
        self.beginForm(_TOTAL, 0, -3, 40, 12)
        self.setFont(SANS, _FOOT)
        self.setFillColor(look.QUIET)
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()


def _page(letter: Letter, name: str, top: float) -> PageTemplate:
    frame = Frame(
        look.LEFT, look.BOTTOM, look.WIDTH, look.PAGE[1] - look.BOTTOM - top,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    words = wording(letter.language)

    def foot(canvas: Canvas, document: BaseDocTemplate) -> None:
        sender = f"{letter.authority.name} · {letter.reference}"
        written(sender, SANS)
        before = words.page % {"page": document.page} + words.page_of
        right = look.PAGE[0] - look.RIGHT
        x = right - stringWidth(before, SANS, _FOOT) - 9
        y = look.BOTTOM - 26
        canvas.saveState()
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.5)
        canvas.line(look.LEFT, y + 15, right, y + 15)
        canvas.setFillColor(look.QUIET)
        canvas.setFont(SANS, _FOOT)
        room = x - look.LEFT - 12
        while stringWidth(sender, SANS, _FOOT) > room:
            sender = sender[:-2] + "…"
        canvas.drawString(look.LEFT, y, sender)
        canvas.drawString(x, y, before)
        canvas.translate(x + stringWidth(before, SANS, _FOOT), y)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    return PageTemplate(id=name, frames=[frame], onPage=foot)


def _story(letter: Letter) -> list[Flowable]:
    words = wording(letter.language)
    style = look.styles()
    story: list[Flowable] = [NextPageTemplate("later"), _letterhead(letter, words)]
    story.append(text(letter.kind, style.kind))
    story.append(heading(letter.title, style.title, "title", 0))
    story.append(facts(head_rows(letter)))
    for section in letter.sections:
        story += _section(section, words)
    story += _ending(letter, words)
    for number, appendix in enumerate(letter.appendices, start=1):
        story += _appendix(appendix, number, words)
    return story


def _letterhead(letter: Letter, words: Wording) -> Flowable:
    """Sender, date and reference on the left; the address where the window of the envelope is."""
    style = look.styles()
    sender = [*texts(letter.authority.name, style.sender), *texts(letter.authority.unit, style.quiet)]
    facts_of_letter = [
        text(words.date, style.quiet),
        text(words.on(letter.dated_on), style.address),
        Spacer(0, 5),
        text(words.reference, style.quiet),
        text(letter.reference, style.address),
    ]
    lines = (letter.recipient.name, *letter.recipient.address_lines)
    address = [text(line, style.address) for line in lines if line.strip()]
    left = look.WINDOW_X - look.LEFT
    table = Table(
        [[sender, ""], [facts_of_letter, address]],
        colWidths=[left, look.WINDOW_WIDTH],
        rowHeights=[look.WINDOW_Y - look.FIRST_TOP, None],
        minRowHeights=[0, look.WINDOW_HEIGHT],
        hAlign="LEFT",
        spaceAfter=16,
    )
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("SPAN", (0, 0), (1, 0)),
                ("LINEABOVE", (0, 0), (0, 0), 2.2, look.ACCENT),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, 0), 9),
                ("TOPPADDING", (0, 1), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _section(section: Section, words: Wording) -> list[Flowable]:
    style = look.styles()
    inside: list[Flowable] = []
    if section.lead:
        inside += texts(section.lead, style.lead)
    inside += blocks(section.blocks, words)
    if section.key == "head":
        return inside
    if section.key == "children":
        parts = [heading(section.heading, style.warm_h2, section.key, 1), *inside]
        # A card cannot hold a page break: it breaks where it must.
        parts = [part for part in parts if not isinstance(part, CondPageBreak)]
        return [Card(parts, _VOICES, before=14, after=12)]
    return _headed(heading(section.heading, style.h2, section.key, 1), inside)


def _headed(title: Flowable, inside: list[Flowable]) -> list[Flowable]:
    """The heading bound to what follows it, so that it is never left alone at the foot of a page."""
    bound = [title]
    while inside and (len(bound) == 1 or bound[-1].getKeepWithNext()):
        following, *inside = inside
        if not isinstance(following, CondPageBreak):
            bound.append(following)
    together = CardLook(padding=(0, 0, 0, 0), room=0)
    return [Card(bound, together, title.getSpaceBefore(), bound[-1].getSpaceAfter()), *inside]


def _ending(letter: Letter, words: Wording) -> list[Flowable]:
    style = look.styles()
    story: list[Flowable] = [CondPageBreak(look.ROOM_FOR_HEADING)]
    if letter.signatures:
        story.append(text(words.signed, style.h3))
        story.append(facts([(one.part, f"{one.name}\n\n{one.title}") for one in letter.signatures]))
    story.append(text(words.contact, style.h3))
    story.append(_contact(letter))
    story.append(Spacer(0, 12))
    story += texts(letter.method_stamp, style.quiet)
    return story


def _contact(letter: Letter) -> Flowable:
    """Where the sender is on the left, how to reach it on the right."""
    columns = [[text(line, look.styles().cell) for line in lines] for lines in contact_columns(letter)]
    table = Table([columns], colWidths=[look.WIDTH / 2, look.WIDTH / 2], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _appendix(appendix: Appendix, number: int, words: Wording) -> list[Flowable]:
    style = look.styles()
    return [
        PageBreak(),
        text(words.appendix_number(number), style.kind),
        heading(appendix.title, style.title, appendix.key, 1),
        *blocks(appendix.blocks, words),
    ]

"""A letter on paper, as PDF."""

from functools import partial

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
from reportlab.platypus.doctemplate import LayoutError

from . import pdf_look as look
from .child_pdf import render_child_pdf
from .content import Appendix, Letter, Section, is_for_child
from .logo import LogoOnPaper
from .pdf_blocks import blocks, correction_card, example_card, facts, heading, text, texts
from .pdf_flowables import Card, CardLook
from .pdf_fonts import SANS, MissingGlyph, register_fonts, visible, written
from .pdf_paper import LANGUAGE_TAGS, foot_line, on_paper
from .reading import address, contact_columns, dates, has_contact, head_rows
from .refusals import CannotLayOut, check_characters, place_of, place_of_failure
from .tagging.canvas import TaggedCanvas
from .tagging.conformance import About
from .tagging.structure import Tag, under
from .wording import Wording, wording

VOICES = ("children", "voices")
"""The sections that say what people told."""
_TOGETHER = CardLook(padding=(0, 0, 0, 0), room=0, whole=130)
_VOICES = CardLook(fill=look.WARM, bar=look.WARM_BAR, padding=(12, 16, 8, 18), room=150)


def render_pdf(letter: Letter, *, to_be_sealed: bool = False) -> bytes:
    """The letter as PDF, PDF/UA-1 and PDF/A-2a. The same content gives the same bytes.

    `to_be_sealed`: with an empty field, which shows nothing, for an electronic seal.
    A letter to a child is one page, and is laid out by `child_pdf`.
    Raises `MissingGlyph` for a character that the vendored typefaces cannot write, and `CannotLayOut` for a
    part that fits on no page; both name the place.
    """
    check_characters(letter)
    register_fonts()
    about = about_letter(letter, to_be_sealed=to_be_sealed)
    try:
        return _render(letter, about)
    except MissingGlyph as fault:
        fault.place = fault.place or place_of(letter, fault.character)
        raise
    except LayoutError as fault:
        raise CannotLayOut(place_of_failure(letter, partial(_is_too_tall, about=about))) from fault


def _render(letter: Letter, about: About) -> bytes:
    if is_for_child(letter.form):
        return render_child_pdf(letter, about)
    pages = [_page(letter, "first", look.FIRST_TOP), _page(letter, "later", look.TOP)]
    return on_paper(_story(letter), pages, about)


def _is_too_tall(letter: Letter, about: About) -> bool:
    try:
        _render(letter, about)
    except LayoutError:
        return True
    return False


def about_letter(letter: Letter, *, to_be_sealed: bool = False) -> About:
    """What the file of a letter says of itself."""
    return About(
        title=f"{letter.title} ({letter.reference})",
        language=LANGUAGE_TAGS[letter.language],
        author=letter.authority.name,
        subject=letter.kind,
        font=SANS,
        seal=wording(letter.language).seal if to_be_sealed else "",
    )


def _page(letter: Letter, name: str, top: float) -> PageTemplate:
    frame = Frame(
        look.LEFT, look.BOTTOM, look.WIDTH, look.PAGE[1] - look.BOTTOM - top,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    words = wording(letter.language)

    sender = f"{letter.authority.name} · {letter.reference}"
    written(sender, SANS)
    sender = visible(sender)

    def foot(canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        right, y = look.PAGE[0] - look.RIGHT, look.BOTTOM - 26
        canvas.saveState()
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.5)
        canvas.line(look.LEFT, y + 15, right, y + 15)
        page = words.page % {"page": document.page} + words.page_of
        foot_line(canvas, look.LEFT, right, y, sender, page)
        canvas.restoreState()

    return PageTemplate(id=name, frames=[frame], onPage=foot)


def _story(letter: Letter) -> list[Flowable]:
    words = wording(letter.language)
    style = look.styles(letter.authority.colour)
    story: list[Flowable] = [NextPageTemplate("later"), _letterhead(letter, style)]
    if letter.example.strip():
        story += [example_card(letter.example, style), Spacer(0, 8)]
    story.append(text(letter.kind, style.kind))
    story.append(heading(letter.title, style.title, "title", 0))
    if letter.corrects.strip():
        story.append(correction_card(letter.corrects, style))
    story.append(facts(head_rows(letter), look=style))
    for section in letter.sections:
        story += _together(_section(section, words, style))
    story += _ending(letter, words, style)
    for number, appendix in enumerate(letter.appendices, start=1):
        story += _together(_appendix(appendix, number, words, style))
    return story


def _together(section: list[Flowable]) -> list[Flowable]:
    under(Tag("Sect"), section)
    return section


def _letterhead(letter: Letter, style: look.Styles) -> Flowable:
    """Sender, date and reference on the left; the address where the window of the envelope is."""
    logo = letter.authority.logo
    sender: list[Flowable] = [LogoOnPaper(logo), Spacer(0, 5)] if logo else []
    sender += [*texts(letter.authority.name, style.sender), *texts(letter.authority.unit, style.quiet)]
    facts_of_letter: list[Flowable] = []
    for label, said in dates(letter):
        facts_of_letter += [Spacer(0, 5)] if facts_of_letter else []
        facts_of_letter += [text(label, style.quiet), text(said, style.address)]
    lines = [text(line, style.address) for line in address(letter)]
    left = look.WINDOW_X - look.LEFT
    table = Table(
        [[sender, ""], [facts_of_letter, lines]],
        colWidths=[left, look.WINDOW_WIDTH],
        rowHeights=[look.WINDOW_Y - look.FIRST_TOP, None],
        minRowHeights=[0, look.WINDOW_HEIGHT],
        hAlign="LEFT",
        spaceAfter=10,
    )
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("SPAN", (0, 0), (1, 0)),
                ("LINEABOVE", (0, 0), (0, 0), 2.2, style.accent),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, 0), 9),
                ("TOPPADDING", (0, 1), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _section(section: Section, words: Wording, style: look.Styles) -> list[Flowable]:
    inside: list[Flowable] = []
    if section.lead:
        inside += texts(section.lead, style.lead)
        inside[-1].keepWithNext = 1
    inside += blocks(section.blocks, words, style)
    if section.key == "head":
        return inside
    if section.key in VOICES:
        parts = [heading(section.heading, style.warm_h2, section.key, 1), *inside]
        # A card cannot hold a page break: it breaks where it must.
        parts = [part for part in parts if not isinstance(part, CondPageBreak)]
        return [Card(parts, _VOICES, before=14, after=12)]
    return _bound([heading(section.heading, style.h2, section.key, 1), *inside])


def _bound(flowables: list[Flowable]) -> list[Flowable]:
    """Each heading bound to what follows it, so that it is never left alone at the foot of a page."""
    made: list[Flowable] = []
    while flowables:
        first, *flowables = flowables
        chain = [first]
        while flowables and chain[-1].getKeepWithNext():
            following, *flowables = flowables
            if not isinstance(following, CondPageBreak):
                chain.append(following)
        if len(chain) > 1:
            last = chain[-1].getSpaceAfter()
            first = Card(chain, _TOGETHER, first.getSpaceBefore(), last)
        made.append(first)
    return made


def _ending(letter: Letter, words: Wording, style: look.Styles) -> list[Flowable]:
    """Who is behind the decision on the left, how to reach us on the right."""
    signed: list[Flowable] = []
    if letter.signatures:
        signed.append(text(words.signing(letter.form), style.h3, Tag("H2")))
    for one in letter.signatures:
        signed += [
            text(one.part, style.cell_head),
            text(one.name, style.cell),
            text(one.title, style.cell),
            Spacer(0, 5),
        ]
    reach: list[Flowable] = [text(words.contact, style.h3, Tag("H2"))] if has_contact(letter) else []
    for lines in contact_columns(letter) if reach else ():
        reach += [*(text(line, style.cell) for line in lines), Spacer(0, 5)]
    stamp = texts(letter.method_stamp, style.stamp)
    columns = [column for column in (signed, reach) if column]
    if not columns:
        return [Spacer(0, 12), *stamp]
    table = Table(
        [columns], colWidths=[look.WIDTH / len(columns)] * len(columns), splitInRow=1, spaceBefore=10
    )
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return [CondPageBreak(look.ROOM_FOR_HEADING), table, Spacer(0, 6), *stamp]


def _appendix(appendix: Appendix, number: int, words: Wording, style: look.Styles) -> list[Flowable]:
    return [
        PageBreak(),
        text(words.appendix_number(number), style.kind),
        heading(appendix.title, style.title, appendix.key, 1),
        *blocks(appendix.blocks, words, style),
    ]

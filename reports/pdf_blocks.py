"""From blocks of content to flowables on paper."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table, TableStyle

from . import content as c
from .pdf_flowables import AreaLine, Card, CardLook, Heading
from .pdf_fonts import SANS, SEMIBOLD, written
from .pdf_look import ACCENT, LINE, ROOM_FOR_HEADING, TINT, WARM_BAR, WHITE, styles
from .reading import deficiency_parts
from .wording import Wording

_QUOTE = CardLook(fill=WHITE, bar=WARM_BAR, padding=(9, 14, 9, 15), room=46, whole=160)
_NOTICE = CardLook(fill=WHITE, border=LINE, bar=ACCENT, padding=(10, 14, 4, 16), room=46, whole=160)
_ADVICE = CardLook(fill=TINT, padding=(11, 14, 6, 14), room=80, whole=220)
_DEFICIENCY = CardLook(fill=WHITE, border=ACCENT, padding=(0, 0, 0, 0), room=150)
_BAND = CardLook(fill=ACCENT, padding=(9, 13, 10, 13), room=60)
_DUE = CardLook(fill=TINT, padding=(9, 13, 10, 13), room=40)


def text(plain: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """One paragraph of plain text."""
    return Paragraph(written(plain, style.fontName), style, bulletText=bullet)


def texts(plain: str, style: ParagraphStyle) -> list[Flowable]:
    """The paragraphs of a text that may hold several."""
    return [text(part, style) for part in c.paragraphs_of(plain)]


def heading(plain: str, style: ParagraphStyle, key: str, level: int) -> Heading:
    """A heading with its bookmark; `level` 0 is the title."""
    made = Heading(written(plain, style.fontName), style)
    made.bookmark = (key, plain, level)
    return made


def blocks(content: Sequence[c.Block], words: Wording) -> list[Flowable]:
    """The flowables of several blocks, in their order."""
    return [flowable for block in content for flowable in _block(block, words)]


def _block(block: c.Block, words: Wording) -> list[Flowable]:  # noqa: C901 - a case a kind
    look = styles()
    match block:
        case c.Paragraph():
            return texts(block.text, look.body)
        case c.Subheading():
            return [CondPageBreak(ROOM_FOR_HEADING / 2), heading(block.text, look.h3, block.key, 2)]
        case c.Bullets():
            return _items([("•", item) for item in block.items])
        case c.Questions():
            return _items([(f"{number}.", item) for number, item in enumerate(block.items, start=1)])
        case c.Quote():
            return [Card(_loose(texts(block.text, look.quote)), _QUOTE, before=5, after=8)]
        case c.Notice():
            return [Card(texts(block.text, look.body), _NOTICE)]
        case c.Advice():
            return [
                Card(
                    [
                        text(words.advice, look.eyebrow),
                        heading(block.title, look.h3, block.key, 2),
                        *texts(block.text, look.body),
                    ],
                    _ADVICE,
                )
            ]
        case c.Deficiency():
            return [_deficiency(block, words)]
        case c.AreaAssessment():
            written(block.word, SEMIBOLD)
            return [
                CondPageBreak(ROOM_FOR_HEADING / 2),
                AreaLine(text(block.area, look.area), block.sign, block.word),
                *texts(block.text, look.body),
            ]
        case c.Facts():
            return [facts(block.rows)]
        case c.Grid():
            return [*texts(block.caption, look.caption), _grid(block), Spacer(0, 8)]


def facts(rows: Sequence[tuple[str, str]], label_share: int = 27) -> Flowable:
    """Names on the left, what they are on the right, thin lines between."""
    look = styles()
    if not rows:
        return Spacer(0, 0)
    cells = [[texts(label, look.cell_head), texts(value, look.cell)] for label, value in rows]
    widths = [f"{label_share}%", f"{100 - label_share}%"]
    table = Table(cells, colWidths=widths, splitInRow=1, spaceBefore=3, spaceAfter=8)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
    )
    return table


def _grid(block: c.Grid) -> Flowable:
    look = styles()
    cells = [[texts(cell, look.cell_head) for cell in block.headings]]
    cells += [[texts(cell, look.cell) for cell in row] for row in block.rows]
    table = Table(cells, colWidths=_column_widths(block), repeatRows=1, splitInRow=1, spaceBefore=2)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), TINT),
                ("LINEBELOW", (0, 0), (-1, 0), 1, ACCENT),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("RIGHTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 4.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5.5),
            ]
        )
    )
    return table


def _column_widths(block: c.Grid) -> list[str]:
    """Wider columns for longer text, but none so narrow that words break."""
    columns = zip(block.headings, *block.rows, strict=True)
    longest = [max(len(cell) for cell in column) for column in columns]
    wishes = [min(max(length, 10), 60) ** 0.75 for length in longest]
    return [f"{100 * wish / sum(wishes):.3f}%" for wish in wishes]


def _items(items: list[tuple[str, str]]) -> list[Flowable]:
    look = styles()
    made: list[Flowable] = []
    for bullet, item in items:
        first, *more = c.paragraphs_of(item) or ("",)
        made.append(text(first, look.item, bullet))
        made += [text(part, look.item_more) for part in more]
    made.append(Spacer(0, 3))
    return made


def _loose(paragraphs: list[Flowable]) -> list[Flowable]:
    for paragraph in paragraphs[1:]:
        paragraph.spaceBefore = 6
    return paragraphs


def _deficiency(block: c.Deficiency, words: Wording) -> Card:
    look = styles()
    band = Card(
        [
            text(words.deficiency_number(block.number), look.card_kind),
            heading(block.title, look.card_title, block.key, 2),
        ],
        _BAND,
        before=0,
        after=4,
    )
    band.keepWithNext = 1
    inside: list[Flowable] = [band]
    *parts, (due_label, due) = deficiency_parts(block, words)
    for label, content in parts:
        inside.append(text(label, look.label))
        for index, passage in enumerate(content):
            style = look.source if index and label == words.saw else look.part
            inside += texts(passage, style)
    # What must be achieved and by when belong together on one page.
    inside[-1].keepWithNext = 1
    inside.append(
        Card(
            [text(due_label, look.due_label), *[line for part in due for line in texts(part, look.due)]],
            _DUE,
            before=9,
            after=0,
        )
    )
    return Card(inside, _DEFICIENCY, before=8, after=13)

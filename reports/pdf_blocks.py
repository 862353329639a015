"""From blocks of content to flowables on paper."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table, TableStyle
from reportlab.platypus.paragraph import split as words_of

from . import content as c
from .pdf_flowables import AreaLine, Card, CardLook, Heading
from .pdf_fonts import SANS, SEMIBOLD, visible, written
from .pdf_look import LINE, ROOM_FOR_HEADING, TINT, WARM_BAR, WHITE, Styles, styles
from .reading import deficiency_parts, has_words, says_something
from .tables import column_shares
from .tagging.structure import Tag, column_head, list_of, row_head
from .tagging.text import TaggedParagraph, declare
from .wording import Wording

_WIDE_ENOUGH = 10
"""So many columns have room for a margin beside their text."""
_QUOTE = CardLook(fill=WHITE, bar=WARM_BAR, padding=(9, 14, 9, 15), room=46, whole=160)
_NOTICE = CardLook(fill=WHITE, border=LINE, padding=(10, 14, 4, 16), room=46, whole=160)
_ADVICE = CardLook(fill=TINT, padding=(7, 13, 3, 13), room=60, whole=220)
_DEFICIENCY = CardLook(fill=WHITE, padding=(0, 0, 0, 0), room=110)
_PART = CardLook(padding=(0, 0, 0, 0), room=30, whole=150)
_BAND = CardLook(padding=(4, 13, 5, 13), room=60)
_DUE = CardLook(fill=TINT, padding=(4, 0, 5, 0), room=30)


def text(plain: str, style: ParagraphStyle, tag: Tag | None = None) -> TaggedParagraph:
    """One paragraph of plain text. `tag`: what it is, when it is not just a paragraph."""
    return _declared(TaggedParagraph(written(plain, style.fontName), style), plain, tag or Tag("P"))


def texts(plain: str, style: ParagraphStyle, inside: Tag | None = None) -> list[Flowable]:
    """The paragraphs of a text that may hold several. `inside`: the tag that holds them, as of a cell."""
    parts = c.paragraphs_of(plain)
    if inside is not None and len(parts) == 1:
        return [text(parts[0], style, inside)]
    return [text(part, style, inside and inside.add("P")) for part in parts]


def item(listed: Tag, label: str, plain: str, style: ParagraphStyle) -> tuple[TaggedParagraph, Tag]:
    """One more item of a list with its label, and the tag of its text, which can hold more paragraphs."""
    entry = listed.add("LI")
    bullet, body = entry.add("Lbl"), entry.add("LBody")
    made = TaggedParagraph(written(plain, style.fontName), style, bulletText=label)
    return _declared(made, plain, body.add("P"), (label, bullet)), body


def _declared(
    made: TaggedParagraph, plain: str, tag: Tag, bullet: tuple[str, Tag] | None = None
) -> TaggedParagraph:
    return declare(made, tag, visible(plain), bullet if visible(plain).strip() else None)


def example_card(plain: str, look: Styles) -> Flowable:
    """That the letter is an example, and below it in smaller letters what is to be verified."""
    first, *others = c.paragraphs_of(plain)
    parts = [text(first, look.card_h3), *(text(part, look.quiet) for part in others), Spacer(0, 5)]
    return Card(parts, _notice(look))


def correction_card(plain: str, look: Styles) -> Flowable:
    """Which letter this one replaces."""
    return Card([*texts(plain, look.card_h3), Spacer(0, 5)], _notice(look), before=0, after=11)


def _notice(look: Styles) -> CardLook:
    return replace(_NOTICE, bar=look.accent)


def heading(plain: str, style: ParagraphStyle, key: str, level: int) -> Heading:
    """A heading with its bookmark; `level` 0 is the title."""
    made = Heading(written(plain, style.fontName), style)
    _declared(made, plain, Tag(f"H{level + 1}"))
    made.bookmark = (key, visible(plain), level)
    return made


def blocks(content: Sequence[c.Block], words: Wording, look: Styles | None = None) -> list[Flowable]:
    """The flowables of several blocks, in their order. What leads up to a piece of advice stays with it."""
    look = look or styles()
    made: list[Flowable] = []
    for at, block in enumerate(content):
        if not says_something(block, words.language):
            continue
        flowables = _block(block, words, look)
        next_is_advice = any(isinstance(one, c.Advice) for one in content[at + 1 : at + 2])
        if flowables and isinstance(block, c.Paragraph) and next_is_advice:
            flowables[0].spaceBefore = 9
            flowables[-1].keepWithNext = 1
        made += flowables
    return made


def _block(block: c.Block, words: Wording, look: Styles) -> list[Flowable]:  # noqa: C901 - a case a kind
    match block:
        case c.Paragraph():
            return texts(block.text, look.running)
        case c.Subheading():
            return [CondPageBreak(ROOM_FOR_HEADING / 2), heading(block.text, look.h3, block.key, 2)]
        case c.Bullets():
            return _items([("•", one) for one in block.items if has_words(one)], "Disc", look)
        case c.Questions():
            return _items(
                [(f"{n}.", one) for n, one in enumerate(filter(has_words, block.items), start=1)],
                "Decimal",
                look,
            )
        case c.Quote():
            return [Card(_loose(texts(block.text, look.quote)), _QUOTE, before=5, after=8)]
        case c.Notice():
            return [Card(texts(block.text, look.notice), _notice(look))]
        case c.Advice():
            return [
                Card(
                    [
                        *([] if block.marked_above else [text(words.advice, look.eyebrow)]),
                        *(
                            [heading(block.title, look.card_h3, block.key, 2)]
                            if has_words(block.title)
                            else []
                        ),
                        *texts(block.text, look.card_text),
                    ],
                    _ADVICE,
                    before=4,
                    after=5,
                )
            ]
        case c.Deficiency():
            return [_deficiency(block, words, look)]
        case c.AreaAssessment():
            written(block.word, SEMIBOLD)
            word = " ".join(words_of(visible(block.word)))
            return [
                CondPageBreak(ROOM_FOR_HEADING / 2),
                AreaLine(heading(block.area, look.area, block.key, 2), block.sign, word),
                *texts(block.text, look.running),
            ]
        case c.Facts():
            # One row alone explains what follows it.
            made = facts(block.rows, look=look)
            made.keepWithNext = len(block.rows) == 1
            return [made]
        case c.Step():
            return [heading(block.title, look.h3, block.key, 2), *texts(block.text, look.running)]
        case c.Grid():
            # Bound to a long table by keepWithNext, the caption would take the whole of it to a new page.
            table = Tag("Table")
            named = table.add("Caption") if block.caption.strip() else None
            caption = texts(block.caption, look.caption, named)
            return [CondPageBreak(ROOM_FOR_HEADING), *caption, _grid(block, table, look), Spacer(0, 8)]


def facts(rows: Sequence[tuple[str, str]], label_share: int = 27, look: Styles | None = None) -> Flowable:
    """Names on the left, what they are on the right, thin lines between."""
    look = look or styles()
    if not rows:
        return Spacer(0, 0)
    cells, tag = [], Tag("Table")
    for label, value in rows:
        row = tag.add("TR")
        cells.append(
            [
                texts(label, look.cell_head, row_head(row)),
                _loose(texts(value, look.cell, row.add("TD")), 3),
            ]
        )
    widths = [f"{label_share}%", f"{100 - label_share}%"]
    table = Table(cells, colWidths=widths, splitInRow=1, spaceBefore=2, spaceAfter=6)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _grid(block: c.Grid, tag: Tag, look: Styles) -> Flowable:
    top, body = tag.add("THead").add("TR"), tag.add("TBody")
    cells = [[texts(cell, look.cell_head, column_head(top)) for cell in block.headings]]
    for written_ in block.rows:
        row = body.add("TR")
        head, *others = written_
        cells.append(
            [
                texts(head, look.fine, row_head(row)),
                *(texts(cell, look.fine, row.add("TD")) for cell in others),
            ]
        )
    beside = 7 if len(block.headings) <= _WIDE_ENOUGH else 1
    table = Table(cells, colWidths=_column_widths(block), repeatRows=1, splitInRow=1, spaceBefore=2)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), TINT),
                ("LINEBELOW", (0, 0), (-1, 0), 1, look.accent),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), beside),
                ("RIGHTPADDING", (0, 0), (-1, -1), beside),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ]
        )
    )
    return table


def _column_widths(block: c.Grid) -> list[str]:
    return [f"{100 * share:.3f}%" for share in column_shares(block)]


def _items(items: list[tuple[str, str]], numbering: str, look: Styles) -> list[Flowable]:
    made: list[Flowable] = []
    listed = list_of(numbering)
    for label, said in items:
        first, *more = c.paragraphs_of(said) or ("",)
        line, body = item(listed, label, first, look.item)
        made.append(line)
        made += [text(part, look.item_more, body.add("P")) for part in more]
    made.append(Spacer(0, 3))
    return made


def _loose(paragraphs: list[Flowable], space: float = 6) -> list[Flowable]:
    for paragraph in paragraphs[1:]:
        paragraph.spaceBefore = space
    return paragraphs


def _deficiency(block: c.Deficiency, words: Wording, look: Styles) -> Card:
    number = text(words.deficiency_number(block.number), look.card_kind)
    ground = replace(_BAND, fill=look.accent)
    band = Card([number, heading(block.title, look.card_title, block.key, 2)], ground, before=0, after=3)
    band.keepWithNext = 1
    *parts, achieve, due = deficiency_parts(block, words)
    rows = [_part(label, content, words, look) for label, content in (*parts, achieve)]
    # What we saw and what applies belong together; so do how grave it is, what is to be achieved and by when.
    for row, (label, _) in zip(rows, (*parts, achieve), strict=True):
        row.keepWithNext = label in (words.saw, words.level, words.your_view, words.achieve)
    frame = replace(_DEFICIENCY, border=look.accent)
    return Card([band, *rows, _due(*due, look)], frame, before=6, after=9)


def _part(label: str, content: tuple[str, ...], words: Wording, look: Styles) -> Card:
    """One part of a deficiency: the label on the left, what it says on the right."""
    quiet = label in (words.saw, words.rule)
    said = [
        text(line, look.source if quiet and number else look.part)
        for number, line in enumerate(line for passage in content for line in c.paragraphs_of(passage))
    ]
    return Card([_pair(texts(label, look.label), said)], _PART, before=2, after=1)


def _pair(label: list[Flowable], said: list[Flowable]) -> Table:
    table = Table([[label, said]], colWidths=["25%", "75%"], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SANS, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 13),
                ("LEFTPADDING", (1, 0), (1, -1), 0),
                ("RIGHTPADDING", (0, 0), (0, -1), 8),
                ("RIGHTPADDING", (1, 0), (1, -1), 13),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _due(label: str, content: tuple[str, ...], look: Styles) -> Card:
    """By when, on a line of its own at the foot."""
    days = [line for part in content for line in texts(part, look.due)]
    return Card([_pair(texts(label, look.due_label), days)], _DUE, before=3, after=0)

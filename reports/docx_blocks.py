"""From blocks of content to paragraphs, lists and tables of a DOCX file."""

from collections.abc import Sequence

from . import content as c
from . import docx_styles as look
from .docx_writer import Properties, Writer
from .reading import deficiency_parts, has_words, says_something, table_captions
from .tables import column_shares
from .wording import Wording

_COLUMN = 2500
_LONGEST_LABEL = 21


def write_block(writer: Writer, block: c.Block, words: Wording) -> None:  # noqa: C901 - a case a kind
    """One block at the end of the document."""
    if not says_something(block, words.language):
        return
    match block:
        case c.Paragraph():
            writer.paragraphs(block.text)
        case c.Subheading():
            writer.paragraph(block.text, "Heading 3")
        case c.Bullets():
            writer.items([one for one in block.items if has_words(one)], "List Bullet")
        case c.Questions():
            writer.items([one for one in block.items if has_words(one)], "List Number")
        case c.Quote():
            writer.paragraphs(block.text, "Quote")
        case c.Notice():
            writer.paragraphs(block.text, "Notice")
        case c.Advice():
            ground = _ground(look.TINT)
            if not block.marked_above:
                writer.paragraph(words.advice, "Eyebrow", ground)
            if has_words(block.title):
                writer.paragraph(block.title, "Heading 3", ground)
            writer.paragraphs(block.text, "Normal", ground)
        case c.Deficiency():
            _deficiency(writer, block, words)
        case c.AreaAssessment():
            writer.paragraph(block.area, "Heading 3")
            writer.position(block.word, *look.SIGN_INKS[block.sign])
            writer.paragraphs(block.text)
        case c.Facts():
            write_facts(writer, block.rows)
        case c.Grid():
            caption = table_captions(block)
            for part in caption:
                writer.paragraph(part, "Caption")
            writer.table(" ".join(caption), block.headings, block.rows, column_shares(block))
        case c.Step():
            writer.paragraph(block.title, "Heading 3")
            writer.paragraphs(block.text)


def write_facts(writer: Writer, rows: Sequence[tuple[str, str]]) -> None:
    """Names and what they are: in two columns, or under each other where a name is long."""
    if all(len(label) <= _LONGEST_LABEL for label, _ in rows):
        for number, (label, text) in enumerate(rows, start=1):
            writer.pair(label, text, _COLUMN, 160 if number == len(rows) else 60)
    else:
        for label, text in rows:
            writer.paragraph(label, "Label")
            writer.paragraphs(text)


def _deficiency(writer: Writer, block: c.Deficiency, words: Wording) -> None:
    """Its parts under each other along a line that holds them together."""
    line: Properties = {
        "pBdr": f"<w:pBdr>{look.edge(writer.begins, writer.accent, 18, 10)}</w:pBdr>",
        "ind": '<w:ind w:left="227"/>',
    }
    writer.paragraph(words.deficiency_number(block.number), "Eyebrow")
    writer.paragraph(block.title, "Heading 3", line)
    *parts, (due_label, due) = deficiency_parts(block, words)
    for label, texts in parts:
        writer.paragraph(label, "Label", line)
        said = [part for text in texts for part in c.paragraphs_of(text)]
        quiet = label in (words.saw, words.rule)
        for number, part in enumerate(said):
            writer.paragraph(part, "Source" if quiet and number else "Normal", line)
    ground = line | _ground(look.TINT)
    writer.paragraph(due_label, "Label", ground)
    for text in due:
        writer.paragraphs(text, "Due", ground)


def _ground(fill: str) -> Properties:
    return {"shd": f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'}

"""What a reader meets, in order: the measure that every form of a letter is compared with."""

from collections.abc import Iterator

from .content import (
    Advice,
    AreaAssessment,
    Block,
    Bullets,
    Deficiency,
    Facts,
    Grid,
    Letter,
    Notice,
    Paragraph,
    Questions,
    Quote,
    Section,
    Subheading,
    paragraphs_of,
)
from .wording import Wording, wording


def sentences(letter: Letter) -> tuple[str, ...]:
    """All text of the letter in reading order, labels and headings included; one item a paragraph or cell.

    Page numbers and other marks that belong to the paper are not part of it.
    """
    return tuple(_letter(letter, wording(letter.language)))


def block_sentences(block: Block, language: str) -> tuple[str, ...]:
    """The text of one block in reading order."""
    return tuple(_block(block, wording(language)))


def contact_columns(letter: Letter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As they stand at the end of the letter: who and where the sender is, and the ways to reach it."""
    sender = letter.authority
    where = (sender.name, sender.unit, *sender.address_lines)
    reach = (*sender.contact_lines, sender.web)
    return tuple(line for line in where if line.strip()), tuple(line for line in reach if line.strip())


def table_captions(block: Block) -> tuple[str, ...]:
    """The caption of a table, if it has one."""
    return paragraphs_of(block.caption) if isinstance(block, Grid) else ()


def _letter(letter: Letter, words: Wording) -> Iterator[str]:
    yield from paragraphs_of(letter.authority.name)
    yield from paragraphs_of(letter.authority.unit)
    yield from (words.date, words.on(letter.dated_on), words.reference, letter.reference)
    yield letter.recipient.name
    yield from letter.recipient.address_lines
    yield letter.kind
    yield letter.title
    for label, text in head_rows(letter):
        yield label
        yield from paragraphs_of(text)
    for section in letter.sections:
        yield from _section(section, words)
    if letter.signatures:
        yield words.signed
        for signature in letter.signatures:
            yield from (signature.part, signature.name, signature.title)
    yield words.contact
    for column in contact_columns(letter):
        yield from column
    yield from paragraphs_of(letter.method_stamp)
    for number, appendix in enumerate(letter.appendices, start=1):
        yield words.appendix_number(number)
        yield appendix.title
        for block in appendix.blocks:
            yield from _block(block, words)


def head_rows(letter: Letter) -> tuple[tuple[str, str], ...]:
    """The rows under the title: home, visit and who gets a copy; those that are empty are left out."""
    words = wording(letter.language)
    rows = (
        (words.home, letter.home),
        (words.visit, letter.visit),
        (words.copies, "\n\n".join(letter.copies)),
    )
    return tuple((label, text) for label, text in rows if text.strip())


def _section(section: Section, words: Wording) -> Iterator[str]:
    if section.key != "head":
        yield section.heading
    if section.lead:
        yield from paragraphs_of(section.lead)
    for block in section.blocks:
        yield from _block(block, words)


def _block(block: Block, words: Wording) -> Iterator[str]:  # noqa: C901 - a case a kind
    match block:
        case Paragraph() | Quote() | Notice() | Subheading():
            yield from paragraphs_of(block.text)
        case Bullets() | Questions():
            for item in block.items:
                yield from paragraphs_of(item)
        case Advice():
            yield words.advice
            yield block.title
            yield from paragraphs_of(block.text)
        case AreaAssessment():
            yield from (block.area, block.word)
            yield from paragraphs_of(block.text)
        case Facts():
            for label, text in block.rows:
                yield label
                yield from paragraphs_of(text)
        case Grid():
            yield from table_captions(block)
            for row in (block.headings, *block.rows):
                for cell in row:
                    yield from paragraphs_of(cell)
        case Deficiency():
            yield words.deficiency_number(block.number)
            yield block.title
            for label, texts in deficiency_parts(block, words):
                yield label
                for text in texts:
                    yield from paragraphs_of(text)


def deficiency_parts(block: Deficiency, words: Wording) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The seven parts: label and texts. Every form of the letter takes them from here."""
    return (
        (words.saw, (block.saw, f"{words.sources}: {block.sources}")),
        (words.rule, (block.rule,)),
        (words.matters, (block.matters,)),
        (words.level, (block.level, block.proportion)),
        (words.your_view, (block.your_view,)),
        (words.achieve, (block.achieve,)),
        (words.due, (block.due,)),
    )

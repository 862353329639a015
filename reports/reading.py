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
    Step,
    Subheading,
    is_for_child,
    paragraphs_of,
)
from .wording import Wording, wording

UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Signs that show nothing, and only say where a line may be broken or not."""


def sentences(letter: Letter) -> tuple[str, ...]:
    """All text of the letter in reading order, labels and headings included; one item a paragraph or cell.

    Page numbers and other marks that belong to the paper are not part of it.
    """
    read = _to_a_child if is_for_child(letter.form) else _letter
    return tuple(read(letter, wording(letter.language)))


def block_sentences(block: Block, language: str) -> tuple[str, ...]:
    """The text of one block in reading order."""
    return tuple(_block(block, wording(language)))


def says_something(block: Block, language: str) -> bool:
    """Whether there is anything to read in a block: one that was emptied stands in no form of the letter."""
    return any(has_words(text) for text in block_sentences(block, language))


def has_words(text: str) -> bool:
    """Whether a text shows anything."""
    return any(sign not in UNSEEN and not sign.isspace() for sign in text)


def contact_columns(letter: Letter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As they stand at the end of the letter: who and where the sender is, and the ways to reach it."""
    sender = letter.authority
    where = (sender.name, sender.unit, *sender.address_lines)
    reach = (*sender.contact_lines, sender.web)
    return tuple(line for line in where if line.strip()), tuple(line for line in reach if line.strip())


def has_contact(letter: Letter) -> bool:
    """Whether the ways to reach the sender stand at the end: a letter to a child says it in its own words."""
    return not is_for_child(letter.form)


def dates(letter: Letter) -> tuple[tuple[str, str], ...]:
    """What the letter is known by: its date, the case's number and its own number, if it has one."""
    words = wording(letter.language)
    rows = (
        (words.date, words.on(letter.dated_on)),
        (words.reference, letter.reference),
        (words.number, letter.number),
    )
    return tuple(row for row in rows if row[1].strip())


def address(letter: Letter) -> tuple[str, ...]:
    """The lines in the window of the envelope; none where the letter is handed over."""
    lines = (letter.recipient.name, *letter.recipient.address_lines)
    return tuple(line for line in lines if line.strip())


def table_captions(block: Block) -> tuple[str, ...]:
    """The caption of a table, if it has one."""
    return paragraphs_of(block.caption) if isinstance(block, Grid) else ()


def _letter(letter: Letter, words: Wording) -> Iterator[str]:
    yield from paragraphs_of(letter.authority.name)
    yield from paragraphs_of(letter.authority.unit)
    for label, text in dates(letter):
        yield from (label, text)
    yield from address(letter)
    yield from paragraphs_of(letter.example)
    yield letter.kind
    yield letter.title
    yield from paragraphs_of(letter.corrects)
    for label, text in head_rows(letter):
        yield label
        yield from paragraphs_of(text)
    for section in letter.sections:
        yield from _section(section, words)
    if letter.signatures:
        yield words.signing(letter.form)
        for signature in letter.signatures:
            yield from (signature.part, signature.name, signature.title)
    if has_contact(letter):
        yield words.contact
        for column in contact_columns(letter):
            yield from column
    yield from paragraphs_of(letter.method_stamp)
    for number, appendix in enumerate(letter.appendices, start=1):
        yield words.appendix_number(number)
        yield appendix.title
        for block in appendix.blocks:
            yield from _block(block, words)


def _to_a_child(letter: Letter, words: Wording) -> Iterator[str]:
    """One page: what the letter is known by stands last, and no address."""
    yield from paragraphs_of(letter.authority.name)
    yield from (letter.kind, letter.title)
    yield from paragraphs_of(letter.example)
    yield from paragraphs_of(letter.corrects)
    for section in letter.sections:
        if shows_heading(section):
            yield section.heading
        if section.lead:
            yield from paragraphs_of(section.lead)
        for block in section.blocks:
            yield from _block(block, words)
    yield known_by(letter)


def shows_heading(section: Section) -> bool:
    """Whether a section of a letter to a child shows its heading: one that begins with a step does not."""
    return section.key != "head" and not (section.blocks and isinstance(section.blocks[0], Step))


def known_by(letter: Letter) -> str:
    """The line at the foot of a letter to a child: its date and its numbers."""
    return " · ".join(f"{label}: {text}" for label, text in dates(letter))


def head_rows(letter: Letter) -> tuple[tuple[str, str], ...]:
    """The rows under the title: home, visit and who gets a copy; those that are empty are left out."""
    words = wording(letter.language)
    rows = (
        (letter.place or words.home, letter.home),
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
        case Paragraph() | Quote() | Notice():
            yield from paragraphs_of(block.text)
        case Subheading():
            yield " ".join(paragraphs_of(block.text))
        case Bullets() | Questions():
            for item in block.items:
                yield from paragraphs_of(item)
        case Advice():
            if not block.marked_above:
                yield words.advice
            yield block.title
            yield from paragraphs_of(block.text)
        case Step():
            yield block.title
            yield from paragraphs_of(block.text)
        case AreaAssessment():
            yield from (block.area, block.word)
            yield from paragraphs_of(block.text)
        case Facts():
            for pair in block.rows:
                for text in pair:
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
    """The parts, label and texts, without what the section says in common. Every form takes these."""
    parts = (
        (words.saw, (block.saw, f"{words.sources}: {block.sources}")),
        (words.rule, (block.rule,)),
        (words.matters, (block.matters,)),
        (words.level, (block.level, block.proportion)),
        (words.your_view, (block.your_view,)),
        (words.achieve, (block.achieve,)),
        (words.due, (block.due,)),
    )
    said = ((label, tuple(text for text in texts if text.strip())) for label, texts in parts)
    return tuple((label, texts) for label, texts in said if texts)

"""What a letter cannot hold, told with its place: under which heading, and in which words.

Every form of a letter refuses the same signs, so that all say the same. What only one form cannot do, as the
typefaces of the PDF cannot write every sign, is refused by that form, with the place as well.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .blocks import Block, ContentError, Facts
from .content import Letter, Section
from .pdf_fonts import MissingGlyph
from .reading import address, block_sentences, contact_columns, dates, head_rows

_SHOWN = 60
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters but tabs and line breaks, halves of characters, and what Unicode says is none."""
_STEERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the text after it: with it a letter reads otherwise than it looks."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: the heading it stands under, "" for the head and the ending, and how it begins."""

    section: str
    text: str


class CannotLayOut(ContentError):
    """A part of the letter that does not fit on any page."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__(f"too tall for a page, under {place.section!r}: {place.text!r}")


def check_characters(letter: Letter) -> None:
    """Raises `MissingGlyph`, with its place, for a sign that is no text or hides how text is read."""
    for section, text in _passages(letter):
        found = _NO_TEXT.search(text) or (letter.direction == "ltr" and _STEERS.search(text))
        if found:
            raise MissingGlyph(found.group(), text, Place(section, _beginning(text)))


def place_of(letter: Letter, character: str) -> Place | None:
    """Where a character first stands."""
    found = next(((where, text) for where, text in _passages(letter) if character in text), None)
    return Place(found[0], _beginning(found[1])) if found else None


def sign_of(character: str) -> str:
    """A character as people are told of it: itself where it shows, and its number."""
    number = f"U+{ord(character):04X}"
    return f"{character} ({number})" if character.isprintable() else number


def place_of_failure(letter: Letter, fails: Callable[[Letter], bool]) -> Place:
    """The passage for which a letter cannot be made: the first section, and block in it, that fails.

    `fails`: whether a letter fails. It is asked of letters with one section and one block.
    """
    if fails(replace(letter, sections=(), appendices=())):
        return Place("", _beginning(max(_around(letter), key=len)))
    for section in letter.sections:
        for block in section.blocks:
            if fails(_only(letter, replace(section, blocks=_with_what_it_needs(section, block)))):
                said = " ".join(block_sentences(block, letter.language))
                return Place(section.heading, _beginning(said))
        if fails(_only(letter, replace(section, blocks=()))):
            return Place(section.heading, _beginning(section.lead or section.heading))
    for appendix in letter.appendices:
        for block in appendix.blocks:
            if fails(replace(letter, sections=(), appendices=(replace(appendix, blocks=(block,)),))):
                said = " ".join(block_sentences(block, letter.language))
                return Place(appendix.title, _beginning(said))
    return Place("", "")


def _only(letter: Letter, section: Section) -> Letter:
    return replace(letter, sections=(section,), appendices=())


def _with_what_it_needs(section: Section, block: Block) -> tuple[Block, ...]:
    """A block, after what the section says in common before it."""
    before = section.blocks[: section.blocks.index(block)]
    return (*(one for one in before if isinstance(one, Facts)), block)


def _passages(letter: Letter) -> Iterator[tuple[str, str]]:
    """Every text of the letter with the heading that it stands under."""
    yield from (("", text) for text in _around(letter))
    for part in letter.sections:
        yield part.heading, part.heading
        yield part.heading, part.lead or ""
        for block in part.blocks:
            yield from ((part.heading, text) for text in block_sentences(block, letter.language))
    for appendix in letter.appendices:
        yield appendix.title, appendix.title
        for block in appendix.blocks:
            yield from ((appendix.title, text) for text in block_sentences(block, letter.language))


def _around(letter: Letter) -> Iterator[str]:
    """The texts of the head and the ending."""
    yield from (letter.authority.name, letter.authority.unit, letter.kind, letter.title)
    yield from (letter.example, letter.corrects, letter.method_stamp)
    for label, text in (*dates(letter), *head_rows(letter)):
        yield from (label, text)
    yield from address(letter)
    for column in contact_columns(letter):
        yield from column
    for one in letter.signatures:
        yield from (one.part, one.name, one.title)


def _beginning(text: str) -> str:
    """How a passage begins, without what cannot be shown."""
    shown = " ".join(_STEERS.sub("", _NO_TEXT.sub("", text)).split())
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN].rstrip()}…"

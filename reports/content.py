"""What a letter says, before anybody decides how it looks.

A `Letter` is frozen and complete: the same object gives the PDF and the HTML page, with the same
sentences in the same order (`tillsyn.reports.reading.sentences`). Whoever composes a letter fills these
classes with finished, plain text in one language. Nothing here knows where the text came from.

Text is plain: no markup. A blank line inside a text starts a new paragraph (`paragraphs_of`).
Every block and section has a `key`: it names the passage for the editor, for remarks and for the
provider's answers, and is unique within the letter.

Faulty content is refused when the object is made, with `ContentError`.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["sv", "en"]

SectionKey = Literal[
    "head", "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view",
    "assessment", "decision", "questions", "follow_up", "legal", "appendices",
]  # fmt: skip

Sign = Literal["good", "mostly", "improve", "serious", "unknown", "pending"]

SECTION_KEYS: tuple[str, ...] = get_args(SectionKey)
SIGNS: tuple[str, ...] = get_args(Sign)
LANGUAGES: tuple[str, ...] = get_args(Language)


class ContentError(ValueError):
    """The content cannot become a letter; the message says which part and why."""


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    key: str
    text: str


@dataclass(frozen=True)
class Subheading:
    """A heading one step below the section's own."""

    key: str
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list without order. Never holds demands: those are `Deficiency`."""

    key: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """What children told, in the inspectors' paraphrase. Identifies nobody."""

    key: str
    text: str


@dataclass(frozen=True)
class Advice:
    """One piece of advice. Shown under the line "Råd – inte krav"; belongs in section `advice` only."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Deficiency:
    """One deficiency in seven parts; belongs in section `deficiencies` only.

    1 `saw` and `sources` · 2 `rule` · 3 `matters` (for the children) · 4 `level` and `proportion`
    · 5 `your_view` · 6 `achieve` · 7 `due`. All are needed (FL 32: rules and deciding circumstances).
    """

    key: str
    number: int
    title: str
    saw: str
    sources: str
    rule: str
    matters: str
    level: str
    proportion: str
    your_view: str
    achieve: str
    due: str


@dataclass(frozen=True)
class Notice:
    """Something the reader must not overlook, set in a frame."""

    key: str
    text: str


@dataclass(frozen=True)
class AreaAssessment:
    """The position of one area: its name, the word and the reasons; `sign` picks the mark."""

    key: str
    area: str
    sign: Sign
    word: str
    text: str


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is, in two columns."""

    key: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table: `caption` says what it shows; the first cell of a row names the row."""

    key: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Questions:
    """Numbered open questions to talk about."""

    key: str
    items: tuple[str, ...]


Block = (
    Paragraph | Subheading | Bullets | Quote | Advice | Deficiency | Notice | AreaAssessment | Facts | Grid
    | Questions
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One of the fourteen sections. `lead` is a short text set larger, under the heading.

    The heading of `head` is not shown: its blocks follow the title of the letter.
    """

    key: SectionKey
    heading: str
    lead: str | None
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if self.key not in SECTION_KEYS:
            raise ContentError(f"unknown section {self.key!r}")
        if not self.heading.strip():
            raise ContentError(f"section {self.key!r} has no heading")
        for block in self.blocks:
            if isinstance(block, Advice) and self.key != "advice":
                raise ContentError(f"advice {block.key!r} stands in section {self.key!r}")
            if isinstance(block, Deficiency) and self.key != "deficiencies":
                raise ContentError(f"deficiency {block.key!r} stands in section {self.key!r}")


@dataclass(frozen=True)
class Appendix:
    """Follows the letter, on a page of its own."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Authority:
    """The sender. `web` is an address such as "tillsyn.example", without scheme."""

    name: str
    unit: str
    address_lines: tuple[str, ...]
    contact_lines: tuple[str, ...]
    web: str


@dataclass(frozen=True)
class Recipient:
    """Whom the letter is for, as it stands in the window of the envelope."""

    name: str
    address_lines: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """A person behind the decision and their part in it (FL 31), e.g. part="Beslut", title="enhetschef"."""

    part: str
    name: str
    title: str


@dataclass(frozen=True)
class Letter:
    """A whole letter in one language.

    `kind` is the small line above the title ("Återföring efter inspektion"), `reference` the registration
    number (dnr), `home` and `visit` finished phrases ("HVB Ekbacken, Västerås", "22 september 2026,
    oanmäld"), `method_stamp` the line that says with which version of the method the weighing was made.
    """

    language: Language
    kind: str
    title: str
    reference: str
    dated_on: dt.date
    authority: Authority
    recipient: Recipient
    copies: tuple[str, ...]
    home: str
    visit: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    method_stamp: str
    appendices: tuple[Appendix, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ContentError(f"the letter has no known language: {self.language!r}")
        for name in ("title", "kind", "reference"):
            if not getattr(self, name).strip():
                raise ContentError(f"the letter has no {name}")
        if not self.authority.name.strip():
            raise ContentError("the letter has no sender")
        order = [SECTION_KEYS.index(section.key) for section in self.sections]
        if order != sorted(set(order)):
            raise ContentError("a section stands twice or in the wrong order")
        seen: set[str] = set()
        for key in _keys(self):
            if not key or key in seen:
                raise ContentError(f"the key {key!r} is empty or used twice")
            seen.add(key)
        for block in blocks_of(self):
            _check(block)


def blocks_of(letter: Letter) -> tuple[Block, ...]:
    """All blocks, those of the sections first, then those of the appendices."""
    parts: tuple[Section | Appendix, ...] = letter.sections + letter.appendices
    return tuple(block for part in parts for block in part.blocks)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: cut at blank lines, single line breaks and runs of blanks made one space.

    Non-breaking spaces stay as they are.
    """
    parts = re.split(r"\n[ \t\r]*\n", text)
    return tuple(re.sub(r"[ \t\r\n]+", " ", part).strip(" ") for part in parts if part.strip())


def _keys(letter: Letter) -> tuple[str, ...]:
    return (
        tuple(section.key for section in letter.sections)
        + tuple(appendix.key for appendix in letter.appendices)
        + tuple(block.key for block in blocks_of(letter))
    )


def _check(block: Block) -> None:
    match block:
        case Deficiency():
            for name in (
                "title", "saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve",
                "due",
            ):  # fmt: skip
                if not getattr(block, name).strip():
                    raise ContentError(f"deficiency {block.key!r} does not say {name}")
        case AreaAssessment():
            if block.sign not in SIGNS:
                raise ContentError(f"assessment {block.key!r} has an unknown sign {block.sign!r}")
            if len(block.word) > 40:
                raise ContentError(f"the position word of {block.key!r} is {len(block.word)} characters long")
        case Grid():
            if any(len(row) != len(block.headings) for row in block.rows):
                raise ContentError(f"table {block.key!r} has a row that is not as wide as its headings")
        case _:
            pass

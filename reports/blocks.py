"""The passages of a letter: running text, lists, tables, advice, deficiencies, steps.

Text is plain: no markup. A blank line inside a text starts a new paragraph (`paragraphs_of`).
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

Sign = Literal["good", "mostly", "improve", "serious", "unknown", "pending"]
Picture = Literal["listen", "decide", "change", "reach"]

SIGNS: tuple[str, ...] = get_args(Sign)
PICTURES: tuple[str, ...] = get_args(Picture)
SAID_ONCE = frozenset({"matters", "proportion", "your_view"})
"""The parts of a deficiency that may be said for several at once."""


class ContentError(ValueError):
    """The content cannot become a letter; the message says which part and why.

    `lacks`: what somebody can put right, as a word: the part of a deficiency, `title`, `heading`, `word`,
    `common`, `sender`, `logo`, `colour`; "" for what only a fault in the making gives. `about`: what it
    stands under, as its readers know it.
    """

    def __init__(self, message: str, *, lacks: str = "", about: str = "") -> None:
        self.lacks = lacks
        self.about = about
        super().__init__(message)


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
    """One piece of advice. Shown under the line "Råd – inte krav"; belongs in section `advice` only.

    `marked_above`: the line stands once, as the lead of the section, and not on the advice itself.
    """

    key: str
    title: str
    text: str
    marked_above: bool = False


@dataclass(frozen=True)
class Deficiency:
    """One deficiency in seven parts; belongs in section `deficiencies` only.

    1 `saw` and `sources` · 2 `rule` · 3 `matters` (for the children) · 4 `level` and `proportion`
    · 5 `your_view` · 6 `achieve` · 7 `due`. All are needed (FL 32: rules and deciding circumstances);
    `in_common` names those that the section says once for several deficiencies, before them.
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
    in_common: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Step:
    """One of the steps of a letter to a child, with its picture. `number` counts from 1.

    Its title is the heading of the section that it begins. `alt`: what is said to those who do not see the
    picture; "" where the title says it all.
    """

    key: str
    number: int
    picture: Picture
    title: str
    text: str
    alt: str = ""


Block = (
    Paragraph | Subheading | Bullets | Quote | Advice | Deficiency | Notice | AreaAssessment | Facts | Grid
    | Questions | Step
)  # fmt: skip


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: cut at blank lines, single line breaks and runs of blanks made one space.

    Non-breaking spaces stay as they are.
    """
    parts = re.split(r"\n[ \t\r]*\n", text)
    return tuple(re.sub(r"[ \t\r\n]+", " ", part).strip(" ") for part in parts if part.strip())


def check_block(block: Block) -> None:  # noqa: C901 - a case a kind
    """Raises `ContentError` unless the block is whole."""
    match block:
        case Deficiency():
            for name in (
                "title", "saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve",
                "due",
            ):  # fmt: skip
                may_be_common = name in block.in_common and name in SAID_ONCE
                if not getattr(block, name).strip() and not may_be_common:
                    said = f"deficiency {block.key!r} does not say {name}"
                    raise ContentError(said, lacks=f"deficiency.{name}", about=block.title)
        case AreaAssessment():
            if block.sign not in SIGNS:
                raise ContentError(f"assessment {block.key!r} has an unknown sign {block.sign!r}")
            if len(block.word) > 40:
                said = f"the position word of {block.key!r} is {len(block.word)} characters long"
                raise ContentError(said, lacks="word", about=block.word)
        case Grid():
            if any(len(row) != len(block.headings) for row in block.rows):
                raise ContentError(f"table {block.key!r} has a row that is not as wide as its headings")
        case Step():
            if block.picture not in PICTURES:
                raise ContentError(f"step {block.key!r} has an unknown picture {block.picture!r}")
            if block.number < 1 or not block.title.strip():
                raise ContentError(f"step {block.key!r} has no number or no title")
        case _:
            pass

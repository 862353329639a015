"""What a letter says, before anybody decides how it looks.

A `Letter` is frozen and complete: the same object gives the PDF, the HTML page and the DOCX file, with the
same sentences in the same order (`tillsyn.reports.reading.sentences`). Whoever composes a letter fills these
classes, and those of `blocks`, with finished, plain text in one language. Nothing here knows where the text
came from.

Every block and section has a `key`: it names the passage for the editor, for remarks and for the
provider's answers, and is unique within the letter.

Faulty content is refused when the object is made, with `ContentError`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from .blocks import (
    PICTURES,
    SAID_ONCE,
    SIGNS,
    Advice,
    AreaAssessment,
    Block,
    Bullets,
    ContentError,
    Deficiency,
    Facts,
    Grid,
    Notice,
    Paragraph,
    Picture,
    Questions,
    Quote,
    Sign,
    Step,
    Subheading,
    check_block,
    paragraphs_of,
)
from .colours import check_readable

__all__ = [
    "LANGUAGES", "PICTURES", "SAID_ONCE", "SECTIONS", "SECTION_KEYS", "SIGNS", "Advice", "Appendix",
    "AreaAssessment", "Authority", "Block", "Bullets", "ContentError", "Deficiency", "Direction", "Facts",
    "Form", "Grid", "Language", "Letter", "Logo", "Notice", "Paragraph", "Picture", "Questions", "Quote",
    "Recipient", "Section", "SectionKey", "Sign", "Signature", "Step", "Subheading", "blocks_of",
    "is_for_child", "paragraphs_of",
]  # fmt: skip

Language = Literal["sv", "en", "ar"]
Direction = Literal["ltr", "rtl"]
LANGUAGES: tuple[str, ...] = ("sv", "en")
"""Those that every letter is written in. A letter to a child may be in any `Language`."""

Form = Literal[
    "information", "communication", "feedback", "decision", "committee", "child-6-12", "child-13-20",
    "reminder", "followup", "closing",
]  # fmt: skip

SectionKey = Literal[
    "head", "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view",
    "assessment", "decision", "questions", "follow_up", "legal", "appendices",
    "why", "talks", "rights", "contact", "facts", "preliminary", "reply", "grounds", "measures", "appeal",
    "told", "decided", "cannot", "next", "reach", "late", "until", "voices", "remaining", "learned", "closed",
    "points", "asked",
]  # fmt: skip

_TO_A_CHILD: tuple[SectionKey, ...] = ("head", "told", "decided", "cannot", "next", "reach")
SECTIONS: Mapping[str, tuple[SectionKey, ...]] = MappingProxyType(
    {
        "information": ("head", "why", "talks", "rights", "contact"),
        "communication": ("head", "summary", "facts", "preliminary", "reply", "legal"),
        "feedback": (
            "head", "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view",
            "assessment", "decision", "questions", "follow_up", "legal", "appendices",
        ),
        "decision": ("head", "decision", "grounds", "measures", "appeal"),
        "committee": ("head", "points", "asked", "contact"),
        "child-6-12": _TO_A_CHILD,
        "child-13-20": _TO_A_CHILD,
        "reminder": ("head", "late", "until", "contact"),
        "followup": ("head", "summary", "measures", "voices", "remaining", "next", "legal"),
        "closing": ("head", "summary", "measures", "voices", "learned", "closed", "legal"),
    }
)  # fmt: skip
"""The sections of each form of letter, in their order. A letter leaves out those that have nothing to say."""

SECTION_KEYS: tuple[str, ...] = get_args(SectionKey)


def is_for_child(form: str) -> bool:
    """Whether a letter of that form is the page for a child: steps with pictures, and no address of ours."""
    return form.startswith("child-")


@dataclass(frozen=True)
class Section:
    """One of the sections of its form of letter (`SECTIONS`). `lead`: a short text set larger.

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
            raise ContentError(f"section {self.key!r} has no heading", lacks="heading")
        said_before = False
        for block in self.blocks:
            said_before = said_before or isinstance(block, Facts)
            if isinstance(block, Advice) and self.key != "advice":
                raise ContentError(f"advice {block.key!r} stands in section {self.key!r}")
            if isinstance(block, Advice) and block.marked_above and not (self.lead or "").strip():
                said = f"nothing in the section marks {block.key!r} as advice"
                raise ContentError(said, lacks="common", about=self.heading)
            if isinstance(block, Deficiency) and self.key != "deficiencies":
                raise ContentError(f"deficiency {block.key!r} stands in section {self.key!r}")
            if isinstance(block, Deficiency) and block.in_common and not said_before:
                said = f"the section does not say what {block.key!r} leaves to it"
                raise ContentError(said, lacks="common", about=self.heading)


@dataclass(frozen=True)
class Appendix:
    """Follows the letter, on a page of its own."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Logo:
    """The mark of the sender: `data` is the file in base64, `alt` the words for those who do not see it."""

    data: str = field(repr=False)
    kind: Literal["png", "svg"]
    alt: str

    def __post_init__(self) -> None:
        if self.kind not in ("png", "svg"):
            raise ContentError(f"the logo is of an unknown kind {self.kind!r}", lacks="logo")
        if not self.alt.strip():
            raise ContentError("the logo has no words for those who do not see it", lacks="logo")


@dataclass(frozen=True)
class Authority:
    """The sender. `web` is an address such as "tillsyn.example", without scheme.

    `colour`: of headings and lines, as "#0B4F5C"; "" for the usual one.
    """

    name: str
    unit: str
    address_lines: tuple[str, ...]
    contact_lines: tuple[str, ...]
    web: str
    logo: Logo | None = None
    colour: str = ""

    def __post_init__(self) -> None:
        try:
            check_readable(self.colour or "#000000")
        except ValueError as fault:
            raise ContentError(f"the colour of the sender: {fault}", lacks="colour") from fault


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
    `place` is what such a home is called ("Hem", "Skola"), the label before `home`; `example` what a letter
    that is only an example says in its head.
    `form` is the kind of letter as the program knows it, a key of `SECTIONS`; `number` the letter's own
    number, by which it is verified ("2026-01342/F1-sv"); `corrects` a finished sentence that names the letter
    which this one replaces (FL 36), "" for none.
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
    place: str = ""
    example: str = ""
    form: str = "feedback"
    number: str = ""
    corrects: str = ""

    @property
    def direction(self) -> Direction:
        """Which way the language is written."""
        return "rtl" if self.language == "ar" else "ltr"

    def __post_init__(self) -> None:
        if self.language not in get_args(Language):
            raise ContentError(f"the letter has no known language: {self.language!r}")
        for name in ("title", "kind", "reference"):
            if not getattr(self, name).strip():
                raise ContentError(f"the letter has no {name}", lacks="title")
        if not self.authority.name.strip():
            raise ContentError("the letter has no sender", lacks="sender")
        _check_sections(self)
        seen: set[str] = set()
        for key in _keys(self):
            if not key or key in seen:
                raise ContentError(f"the key {key!r} is empty or used twice")
            seen.add(key)
        for block in blocks_of(self):
            check_block(block)


def blocks_of(letter: Letter) -> tuple[Block, ...]:
    """All blocks, those of the sections first, then those of the appendices."""
    parts: tuple[Section | Appendix, ...] = letter.sections + letter.appendices
    return tuple(block for part in parts for block in part.blocks)


def _keys(letter: Letter) -> tuple[str, ...]:
    return (
        tuple(section.key for section in letter.sections)
        + tuple(appendix.key for appendix in letter.appendices)
        + tuple(block.key for block in blocks_of(letter))
    )


def _check_sections(letter: Letter) -> None:
    """That they are those of its form, in their order, and that steps stand only where a child reads."""
    if letter.form not in SECTIONS:
        raise ContentError(f"the letter is of an unknown form {letter.form!r}")
    places = SECTIONS[letter.form]
    for section in letter.sections:
        if section.key not in places:
            raise ContentError(f"section {section.key!r} does not belong in the form {letter.form!r}")
    order = [places.index(section.key) for section in letter.sections]
    if order != sorted(set(order)):
        raise ContentError("a section stands twice or in the wrong order")
    for block in blocks_of(letter):
        if isinstance(block, Step) and not is_for_child(letter.form):
            raise ContentError(f"step {block.key!r} stands in a letter that is not to a child")

"""A project of coded text, as the exchange format REFI-QDA 1.0 has it: plain values and nothing else.

The names are the format's in plain words: a `Code` is a theme, a `Source` a text, a `Selection` a
stretch of it, and a `CodingRef` says that somebody put a code on it. Every thing has a `guid`; one that
is a GUID is in lower case without braces, whatever the file had.

What the format also knows and this does not (pictures, sound, film, maps of codes, sets) is counted in
`Project.left_out`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from ...models.vocabulary import N_
from ..errors import Invalid

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODE_BOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True, slots=True)
class ExchangeFault:
    """One fault: where (file, line and element) and what, as a message of the catalogue."""

    path: str
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    line: int | None = None

    @property
    def place(self) -> str:
        """`project.qde:214: Sources/TextSource[3]`; the line is left out where there is none."""
        return self.path if self.line is None else f"{self.line}: {self.path}"


class UnusableExchange(Invalid):
    """The file cannot be used; `faults` says why, all at once."""

    def __init__(self, faults: tuple[ExchangeFault, ...]) -> None:
        super().__init__(N_("The file cannot be imported. Nothing was changed."))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class User:
    guid: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """`is_codable` is false for a group that only holds other codes."""

    guid: str
    name: str
    is_codable: bool = True
    description: str = ""
    colour: str = ""
    codes: tuple["Code", ...] = ()
    notes: tuple[str, ...] = ()


class CodingRef(NamedTuple):
    """Somebody's putting of the code `code` on a stretch or a whole text.

    A named tuple, like `Selection`: there are thousands, and it is made in a fifth of the time.
    """

    guid: str
    code: str
    user: str | None = None
    at: datetime | None = None
    notes: tuple[str, ...] = ()


class Selection(NamedTuple):
    """A stretch of a text, counted in Unicode characters (code points) from 0; `ends` is not included."""

    guid: str
    begins: int
    ends: int
    name: str = ""
    description: str = ""
    codings: tuple[CodingRef, ...] = ()
    notes: tuple[str, ...] = ()
    user: str | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """`kind` is Text, Boolean, Integer, Float, Date or DateTime."""

    guid: str
    name: str
    kind: str = "Text"
    description: str = ""


@dataclass(frozen=True, slots=True)
class VariableValue:
    """`text` is the value as the format writes it: `true`, `2026-03-10T09:00:00Z`, or words."""

    variable: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its selections, in the order of the file. Line ends are those of the file."""

    guid: str
    name: str
    text: str
    description: str = ""
    selections: tuple[Selection, ...] = ()
    codings: tuple[CodingRef, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[VariableValue, ...] = ()
    user: str | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A memo. What it is about refers to it by its guid."""

    guid: str
    text: str
    name: str = ""
    user: str | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody or something that sources are about or come from."""

    guid: str
    name: str = ""
    description: str = ""
    values: tuple[VariableValue, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    description: str = ""
    about_project: tuple[str, ...] = ()
    """Guids of the notes on the project as a whole."""
    created_at: datetime | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    """Elements of the file that are not taken in, by their name in the format, and how many."""

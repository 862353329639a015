"""What an import of coded texts is going to add: texts and what is marked in them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ..exchange.refi_qda_model import ExchangeFault, Selection, Source
from ..rules.coded_selections import GivenCodes
from ..rules.exchange_marks import Marks, SourceMarks


@dataclass(slots=True)
class PlannedPassage:
    """`codes` is None for a stretch that only carries notes."""

    id: UUID
    begins: int
    ends: int
    codes: GivenCodes
    selection: Selection
    marks: Marks | None


@dataclass(slots=True)
class PlannedStatement:
    """A statement and what is marked in it; `is_new` is false for one that is in the case already."""

    id: UUID
    text: str
    is_new: bool
    place: int
    """Where it begins in the text of its source."""

    selection: Selection | None = None
    marks: Marks | None = None
    codes: GivenCodes = field(default_factory=GivenCodes)
    passages: list[PlannedPassage] = field(default_factory=list)


@dataclass(slots=True)
class PlannedSource:
    """`marks` is None for a text from another program, which becomes a document."""

    id: UUID
    source: Source
    marks: SourceMarks | None
    is_new: bool
    statements: list[PlannedStatement] = field(default_factory=list)


@dataclass(slots=True)
class CodeImportPlan:
    sources: list[PlannedSource] = field(default_factory=list)
    faults: list[ExchangeFault] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    """What stays as it is here although the file tells of it: `units`, `changed`, `divided`."""

    about: dict[str, list[UUID]] = field(default_factory=dict)
    """Statements and passages by the guids of the file's selections and sources, for the notes."""


Layout = dict[UUID, list[tuple[UUID, str]]]
"""The statements that the case has: id and text in order, by the id of their source."""


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of them that is known."""
    return next((moment for moment in moments if moment is not None), None)


@dataclass(slots=True)
class Added:
    """How many rows of each kind came in."""

    sources: int = 0
    statements: int = 0
    passages: int = 0
    codings: int = 0
    memos: int = 0

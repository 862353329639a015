"""What there is to code in a case, and how it has been coded: units, their judgements, memos."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.codings import Coding, Memo, Passage
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import N_, CodingPart
from ..errors import NotFound
from ..rules.two_coders import (
    Judged,
    Judgement,
    is_disputed,
    is_drawn,
    judged,
    lacks_second_coder,
    may_see_coding,
    part_of,
)
from ..rules.weighing.configuration import GRAVE
from .raw_ids import Raw, as_id, raw, time_of

Kept = TypeVar("Kept", Statement, Interview, Evidence)
CASE: BindParameter[UUID] = bindparam("inspection_id")

# Columns and not rows: a case can have thousands, and a page shows twenty of them.
_STATEMENTS = (
    select(
        raw(Statement.id),
        Statement.label,
        Statement.theme,
        Statement.severity,
        Statement.version,
        raw(Statement.interview_id),
        raw(Statement.evidence_id),
    )
    .where(Statement.inspection_id == CASE)
    .order_by(Statement.position, Statement.id)
)
_PASSAGES = (
    select(
        raw(Passage.id),
        raw(Passage.statement_id),
        Passage.label,
        Passage.begins,
        Passage.ends,
        Passage.theme,
        Passage.severity,
        Passage.version,
    )
    .where(Passage.inspection_id == CASE)
    .order_by(Passage.begins, Passage.ends, Passage.id)
)
_JUDGEMENTS = select(
    raw(Coding.unit_id),
    Coding.part,
    Coding.number,
    Coding.theme,
    Coding.severity,
    raw(Coding.coder_id),
    time_of(Coding.coded_at),
).where(Coding.inspection_id == CASE)


class _Told(NamedTuple):
    """A statement as _STATEMENTS gives it: the values of a named tuple are found faster than a row's."""

    id: Raw
    label: str
    theme: str | None
    severity: int | None
    version: int
    interview_id: Raw | None
    evidence_id: Raw | None


class _Given(NamedTuple):
    """A judgement as rules/two_coders.py reads it."""

    part: CodingPart
    number: int
    theme: str
    severity: int
    coder_id: UUID | None
    coded_at: datetime


class Filter(StrEnum):
    """Which units a coder looks at."""

    MINE = "mine"
    SECOND = "second"
    DISPUTED = "disputed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Unit:
    """What one judgement is about: a whole statement, or a passage of one (`begins` to `ends` of its text).

    `theme` and `severity` are what stands and what is weighed. `judgements` are all there have been;
    who may see which of them: rules/two_coders.py.
    """

    id: UUID
    label: str
    statement_id: UUID
    passage_id: UUID | None
    source_id: UUID
    begins: int | None
    ends: int | None
    theme: str | None
    severity: int | None
    version: int
    judged: Judged
    judgements: tuple[Judgement, ...]
    in_parts: bool
    """A statement that is coded passage by passage and not as a whole."""

    @property
    def is_drawn(self) -> bool:
        return is_drawn(self.source_id)

    @property
    def is_left(self) -> bool:
        return self.judged.first is None and not self.in_parts


def list_units(db: Session, inspection: Inspection) -> tuple[Unit, ...]:
    """Every unit of the case, each statement followed by its passages. Three questions, no text."""
    here = {"inspection_id": inspection.id}
    statements = db.execute(_STATEMENTS, here).all()
    passages: defaultdict[Raw, list[Any]] = defaultdict(list)
    for passage in db.execute(_PASSAGES, here):
        passages[passage.statement_id].append(passage)
    judgements: defaultdict[Raw, list[Judgement]] = defaultdict(list)
    ids: dict[Raw | None, UUID | None] = {None: None}  # of coders and sources, who come again and again
    for unit_id, part, number, theme, severity, coder, coded_at in db.execute(_JUDGEMENTS, here):
        if coder not in ids:
            ids[coder] = as_id(coder)
        judgements[unit_id].append(_Given(part, number, theme, severity, ids[coder], coded_at))
    units = []
    for row in statements:
        statement = _Told(*row)
        told_in = statement.interview_id or statement.evidence_id
        if told_in not in ids:
            ids[told_in] = as_id(told_in)
        source = cast(UUID, ids[told_in])
        id = as_id(statement.id)
        parts = passages.get(statement.id, ())
        given = judgements.get(statement.id, [])
        units.append(
            Unit(
                id=id,
                label=statement.label,
                statement_id=id,
                passage_id=None,
                source_id=source,
                begins=None,
                ends=None,
                theme=statement.theme,
                severity=statement.severity,
                version=statement.version,
                judged=_judged(given),
                judgements=tuple(given),
                in_parts=bool(parts) and not given,
            )
        )
        units += [
            Unit(
                id=as_id(part.id),
                label=part.label,
                statement_id=id,
                passage_id=as_id(part.id),
                source_id=source,
                begins=part.begins,
                ends=part.ends,
                theme=part.theme,
                severity=part.severity,
                version=part.version,
                judged=_judged(judgements.get(part.id, [])),
                judgements=tuple(judgements.get(part.id, ())),
                in_parts=False,
            )
            for part in parts
        ]
    return tuple(units)


_NOT_CODED = Judged()


def _judged(rows: list[Judgement]) -> Judged:
    """Most units have one judgement: the sorting out is for the others."""
    if not rows:
        return _NOT_CODED
    if len(rows) == 1 and rows[0].part is CodingPart.FIRST:
        return Judged(rows[0], None, None, frozenset({rows[0].coder_id}), rows[0].severity >= GRAVE)
    return judged(rows)


def filtered(units: Iterable[Unit], wanted: Filter, person: UUID) -> tuple[Unit, ...]:
    """The units of one list: not yet coded, waiting for `person` as second coder, disagreements, or all."""
    match wanted:
        case Filter.MINE:
            return tuple(unit for unit in units if unit.is_left)
        case Filter.SECOND:
            return tuple(unit for unit in units if waits_for(unit, person))
        case Filter.DISPUTED:
            return disagreements(units, person)
    return tuple(units)


def waits_for(unit: Unit, person: UUID) -> bool:
    """Does `unit` wait for a second coder that `person` can be: because it is grave enough, or drawn?"""
    first = unit.judged.first
    if first is None or unit.judged.second is not None:
        return False
    if part_of(unit.judged, person) is not CodingPart.SECOND:
        return False
    return lacks_second_coder(unit.judged) or unit.is_drawn


def disagreements(units: Iterable[Unit], person: UUID) -> tuple[Unit, ...]:
    """The units whose two coders disagree and have not settled it, that `person` may see."""
    return tuple(unit for unit in units if is_disputed(unit.judged) and may_see_coding(unit.judged, person))


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """A unit with its words and its source: what an exchange with other tools needs."""

    unit: Unit
    statement: Statement
    source: Interview | Evidence

    @property
    def text(self) -> str:
        """The words that the unit is about."""
        whole = self.statement.text
        return whole if self.unit.begins is None else whole[self.unit.begins : self.unit.ends]


def read_units(db: Session, units: Sequence[Unit]) -> tuple[CodedUnit, ...]:
    """The units with their statements and sources. Three questions, however many units."""
    statements = _by_id(db, Statement, {unit.statement_id for unit in units})
    wanted = {unit.source_id for unit in units}
    sources: Mapping[UUID, Interview | Evidence] = {
        **_by_id(db, Interview, wanted),
        **_by_id(db, Evidence, wanted),
    }
    return tuple(CodedUnit(unit, statements[unit.statement_id], sources[unit.source_id]) for unit in units)


def find_codings(db: Session, inspection: Inspection) -> tuple[CodedUnit, ...]:
    """The whole case as it is coded: every unit in order, with judgements, words and source."""
    return read_units(db, list_units(db, inspection))


def find_memos(db: Session, inspection: Inspection) -> list[Memo]:
    """All memos of the case, the oldest first. Those on a unit are shown by the blind rule of the unit."""
    return list(db.scalars(select(Memo).where(Memo.inspection_id == inspection.id).order_by(Memo.id)))


def the_unit(db: Session, inspection: Inspection, unit_id: UUID) -> tuple[Statement, Passage | None]:
    """The statement, or the passage with its statement. Raises NotFound when the case has no such unit."""
    statement = db.get(Statement, unit_id)
    if statement is not None and statement.inspection_id == inspection.id:
        return statement, None
    found = db.execute(
        select(Statement, Passage)
        .join(Passage, Passage.statement_id == Statement.id)
        .where(Passage.id == unit_id, Passage.inspection_id == inspection.id)
    ).first()
    if found is None:
        raise NotFound(N_("There is no such statement or passage in this case."))
    return found[0], found[1]


_MOST = 500
"""Ids in one question: both databases take many more, but a plan of thousands is slow."""


def _by_id(db: Session, table: type[Kept], ids: set[UUID]) -> dict[UUID, Kept]:
    wanted = sorted(ids)
    found: dict[UUID, Kept] = {}
    for start in range(0, len(wanted), _MOST):
        rows = db.scalars(select(table).where(among(table.id, wanted[start : start + _MOST])))
        found.update({row.id: row for row in rows})
    return found

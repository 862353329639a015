"""Read what the method needs of many inspections, as plain rows: no objects, no decryption.

Small closed values of one row come as one whole number, put together by the database, because a
hundred thousand inspections have ten million statements. `evidence_columns` takes them apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Integer, Select, String, case, cast, func, select, union_all
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Check, WeighedArea
from ...models.codings import Passage
from ...models.inspections import Resident
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import CheckResult, Informant
from ..rules.bulk import CatalogueArrays, Columns
from ..rules.bulk.catalogue import PERSPECTIVES, RESOLUTIONS, STATUSES

Rows = Sequence[Sequence[Any]]
Numbers = NDArray[np.int64]

#: Width in bits of each value in the number of a coding, lowest first.
CODING_BITS = {
    "perspective": 3,
    "severity": 3,
    "status": 2,
    "resolution": 2,
    "firsthand": 1,
    "prompted": 1,
    "important": 1,
    "concrete": 1,
}
#: The same of a check.
CHECK_BITS = {
    "deviation": 1,
    "consequence": 3,
    "extent": 2,
    "repeated": 1,
    "fixed": 1,
    "self_reported": 1,
}


@dataclass(frozen=True, slots=True)
class EvidenceRows:
    """Rows as the driver gives them; an inspection is its id as 32 hexadecimal digits.

    codings: inspection, person, theme, number · checks: inspection, requirement, number ·
    talks: inspection, how many, how many deviating, children first (0 or 1) · residents: inspection,
    how many.
    """

    codings: Rows
    checks: Rows
    talks: Rows
    residents: Rows


def read_evidence_rows(db: Session, first: UUID, last: UUID) -> EvidenceRows:
    """The evidence of the inspections whose ids lie from `first` to `last`."""
    return EvidenceRows(
        *(
            read_plain(db, statement(first, last))
            for statement in (select_codings, select_checks, select_talks, select_residents)
        )
    )


def read_plain(db: Session, statement: Any) -> Rows:
    """Everything a statement finds, past SQLAlchemy's rows and types: tuples of text and numbers."""
    found: Rows = db.connection().execute(statement).cursor.fetchall()
    return found


def select_codings(first: UUID, last: UUID) -> Any:
    """Judged statements and judged passages of them."""
    return union_all(_codings_of(Statement, first, last), _codings_of(Passage, first, last))


def _codings_of(judged: type[Statement] | type[Passage], first: UUID, last: UUID) -> Select[*tuple[Any, ...]]:
    kind = func.coalesce(cast(Interview.informant, String), cast(Evidence.kind, String))
    number = _packed(
        CODING_BITS,
        perspective=_number_of(kind, PERSPECTIVES),
        severity=judged.severity,
        status=_number_of(cast(Statement.status, String), STATUSES),
        resolution=_number_of(cast(judged.resolution, String), RESOLUTIONS),
        firsthand=Statement.firsthand,
        prompted=Statement.prompted,
        important=Statement.important,
        concrete=Statement.concrete,
    )
    found = select(
        _hex(judged.inspection_id), func.coalesce(Interview.person, Evidence.person), judged.theme, number
    )
    if judged is Passage:
        found = found.join(Statement, Statement.id == Passage.statement_id)
    else:
        found = found.select_from(Statement)
    return (
        found.outerjoin(Interview, Interview.id == Statement.interview_id)
        .outerjoin(Evidence, Evidence.id == Statement.evidence_id)
        .where(judged.inspection_id.between(first, last))
        .where(judged.severity.is_not(None), judged.theme.is_not(None))
    )


def select_checks(first: UUID, last: UUID) -> Select[*tuple[Any, ...]]:
    """Requirements marked as met or as a deviation."""
    number = _packed(
        CHECK_BITS,
        deviation=Check.result == CheckResult.DEVIATION,
        consequence=Check.consequence,
        extent=Check.extent,
        repeated=Check.repeated,
        fixed=Check.fixed,
        self_reported=Check.self_reported,
    )
    return select(_hex(Check.inspection_id), Check.requirement, number).where(
        Check.inspection_id.between(first, last), Check.result.in_((CheckResult.MET, CheckResult.DEVIATION))
    )


def select_talks(first: UUID, last: UUID) -> Select[*tuple[Any, ...]]:
    """Per inspection: talks, deviating ones, and whether a child's ended before the first adult's began."""
    is_child = Interview.informant == Informant.CHILD
    adult = func.min(case((~is_child, Interview.started_at)))
    child = func.min(case((is_child, Interview.ended_at)))
    first_of_all = case((adult.is_(None), 1), (child <= adult, 1), else_=0)
    return (
        select(
            _hex(Interview.inspection_id),
            func.count(),
            func.sum(cast(Interview.deviation, Integer)),
            first_of_all,
        )
        .where(Interview.inspection_id.between(first, last))
        .group_by(Interview.inspection_id)
    )


def select_residents(first: UUID, last: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(_hex(Resident.inspection_id), func.count())
        .where(Resident.inspection_id.between(first, last))
        .group_by(Resident.inspection_id)
    )


def select_kept(runs: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """The kept areas of these runs."""
    return select(
        _hex(WeighedArea.run_id),
        WeighedArea.area,
        WeighedArea.position,
        WeighedArea.lowest,
        WeighedArea.highest,
        WeighedArea.confidence,
        WeighedArea.action,
    ).where(among(WeighedArea.run_id, runs))


def evidence_columns(
    arrays: CatalogueArrays, inspections: Sequence[UUID], rows: EvidenceRows, reliability: Numbers
) -> Columns:
    """Rows as columns. What is of other inspections, or not in the catalogue, takes no part."""
    place = {one.hex: number for number, one in enumerate(inspections)}
    of_coding, person, theme, number = _transposed(rows.codings, 4)
    persons = {name: at for at, name in enumerate(dict.fromkeys(person))}
    themes, codings_at = _numbers(theme, arrays.themes), _numbers(of_coding, place)
    known = (themes >= 0) & (codings_at >= 0)
    where = codings_at[known]
    coding = _taken_apart(CODING_BITS, np.array(number, np.int64)[known])
    of_check, requirement, number = _transposed(rows.checks, 3)
    requirements, checks_at = _numbers(requirement, arrays.requirements), _numbers(of_check, place)
    asked = (requirements >= 0) & (checks_at >= 0)
    check = _taken_apart(CHECK_BITS, np.array(number, np.int64)[asked])
    of_talk, talks, deviating, children_first = _transposed(rows.talks, 4)
    of_resident, residents = _transposed(rows.residents, 2)
    return Columns(
        residents=_spread(place, of_resident, residents),
        reliability=reliability,
        children_first=_spread(place, of_talk, children_first, otherwise=1) > 0,
        talks=_spread(place, of_talk, talks),
        deviating=_spread(place, of_talk, deviating),
        where=where,
        perspective=coding["perspective"],
        source=where * max(1, len(persons)) + _numbers(person, persons)[known],
        theme=themes[known],
        severity=coding["severity"],
        firsthand=coding["firsthand"] > 0,
        status=coding["status"],
        resolution=coding["resolution"],
        prompted=coding["prompted"] > 0,
        important=coding["important"] > 0,
        concrete=coding["concrete"] > 0,
        check_where=checks_at[asked],
        requirement=requirements[asked],
        deviation=check["deviation"] > 0,
        consequence=check["consequence"],
        extent=check["extent"],
        repeated=check["repeated"] > 0,
        fixed=check["fixed"] > 0,
        self_reported=check["self_reported"] > 0,
    )


def _hex(identity: Any) -> ColumnElement[str]:
    """An id as 32 hexadecimal digits, as SQLite keeps it; PostgreSQL writes hyphens into it."""
    return func.replace(cast(identity, String(36)), "-", "")


def _number_of(value: ColumnElement[str], numbers: Mapping[Any, int]) -> ColumnElement[int]:
    known = {name: number for name, number in numbers.items() if name is not None}
    return case(known, value=value, else_=0)


def _packed(widths: Mapping[str, int], **values: Any) -> ColumnElement[int]:
    """The values of `widths` in one number."""
    total: Any = None
    place = 0
    for name, width in widths.items():
        part = cast(values[name], Integer) * (1 << place)
        total = part if total is None else total + part
        place += width
    packed: ColumnElement[int] = total
    return packed


def _taken_apart(widths: Mapping[str, int], numbers: Numbers) -> dict[str, Numbers]:
    values, place = {}, 0
    for name, width in widths.items():
        values[name] = numbers >> place & (1 << width) - 1
        place += width
    return values


def _transposed(rows: Rows, width: int) -> Sequence[Sequence[Any]]:
    return [[row[column] for row in rows] for column in range(width)]


def _numbers(names: Sequence[str], numbers: Mapping[str, int]) -> Numbers:
    """The number of each name, -1 for one that has none."""
    return np.fromiter(map(numbers.get, names, repeat(-1)), np.int64, len(names))


def _spread(
    place: Mapping[str, int], of: Sequence[str], values: Sequence[Any], *, otherwise: int = 0
) -> Numbers:
    """One value per inspection; `otherwise` where no row tells."""
    whole = np.full(len(place), otherwise, np.int64)
    at = _numbers(of, place)
    whole[at[at >= 0]] = np.array(values, np.int64)[at >= 0]
    return whole

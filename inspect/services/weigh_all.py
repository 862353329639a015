"""Weigh every stored inspection anew and say what differs from what is kept (method §2.18 and §9).

Nothing stored is changed: what comes out is a list of differences, for a new version of the method,
of the catalogue, or for audit. The rows are read in chunks and weighed with arrays.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import WeighingRun
from ...models.inspections import Inspection
from ..rules.bulk import AreaColumns, CatalogueArrays, arrays_of, weigh_columns
from ..rules.weighing import config_hash
from ..rules.weighing.confidence import coding_reliability
from .measure_reliability import Quarter, latest_alpha, quarter_of
from .read_evidence_rows import (
    EvidenceRows,
    Numbers,
    Rows,
    evidence_columns,
    read_evidence_rows,
    read_plain,
    select_kept,
)
from .weighing_catalogue import catalogue_of

CHUNK = 2_000
"""Inspections that are held in memory at a time."""

COMPARED = ("position", "lowest", "highest", "confidence", "action")
"""The fields that are compared, as `WeighedArea` names them, in the order in which they are read."""

AlphaAt = Callable[[datetime], Fraction | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one area to which the method now gives another value; None is nothing to say.

    `because` is `method` or `catalogue` when that has another version than at the run, otherwise
    `evidence`: something has been recorded or changed since.
    """

    dnr: str
    area: str
    field: str
    kept: int | None
    computed: int | None
    because: str


@dataclass(slots=True)
class Tally:
    """What was done, and the seconds it took; `reading` the rows is part of `whole`."""

    inspections: int = 0
    areas: int = 0
    codings: int = 0
    reading: float = 0.0
    whole: float = 0.0
    differing: set[str] = field(default_factory=set)


def weigh_all(db: Session, *, alpha_at: AlphaAt, tally: Tally, chunk: int = CHUNK) -> Iterator[Difference]:
    """The differences, inspection by inspection; `tally` is filled on the way.

    `alpha_at` gives the coders' agreement that held at the time of a run (method §2.19).
    Only inspections that have been weighed are read. Writes nothing.
    """
    began = time.perf_counter()
    for pack in _packs(db):
        arrays = arrays_of(catalogue_of(pack))
        for cases in _chunks(db, pack.id, chunk):
            started = time.perf_counter()
            rows, kept = _read(db, cases)
            tally.reading += time.perf_counter() - started
            columns = evidence_columns(
                arrays, [case.id for case in cases], rows, _reliability(cases, alpha_at)
            )
            result = weigh_columns(arrays, columns)
            tally.inspections += len(cases)
            tally.areas += result.position.size
            tally.codings += len(columns.where)
            for difference in _differences(arrays, pack.version, cases, kept, result):
                tally.differing.add(difference.dnr)
                yield difference
    tally.whole = time.perf_counter() - began


def alpha_by_quarter(db: Session) -> AlphaAt:
    """The authority's own figure at a time, asked of the database once a quarter."""
    known: dict[Quarter, Fraction | None] = {}

    def alpha_at(at: datetime) -> Fraction | None:
        quarter = quarter_of(at)
        if quarter not in known:
            known[quarter] = latest_alpha(db, before=at)
        return known[quarter]

    return alpha_at


def read_rows(db: Session, *, chunk: int = CHUNK) -> int:
    """Read what `weigh_all` reads, and do nothing with it; returns the number of rows."""
    count = 0
    for pack in _packs(db):
        for cases in _chunks(db, pack.id, chunk):
            rows, kept = _read(db, cases)
            count += len(cases) + len(rows.codings) + len(rows.checks) + len(rows.talks)
            count += len(rows.residents) + len(kept)
    return count


def _packs(db: Session) -> list[Pack]:
    ids = db.scalars(select(Inspection.pack).distinct().order_by(Inspection.pack))
    return [load_pack(pack_id) for pack_id in ids.all()]


def _read(db: Session, cases: Sequence[Row[*tuple[Any, ...]]]) -> tuple[EvidenceRows, Rows]:
    rows = read_evidence_rows(db, cases[0].id, cases[-1].id)
    return rows, read_plain(db, select_kept([case.run_id for case in cases]))


def _chunks(db: Session, pack_id: str, size: int) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The inspections that have been weighed, each with its latest run, in the order of their ids."""
    latest = (
        select(WeighingRun.id)
        .where(WeighingRun.inspection_id == Inspection.id)
        .order_by(WeighingRun.at.desc(), WeighingRun.id.desc())
        .limit(1)
        .correlate(Inspection)
        .scalar_subquery()
    )
    found = (
        select(
            Inspection.id,
            Inspection.dnr,
            WeighingRun.id.label("run_id"),
            WeighingRun.at,
            WeighingRun.config_hash,
            WeighingRun.catalogue_version,
        )
        .join(WeighingRun, WeighingRun.id == latest)
        .where(Inspection.pack == pack_id)
        .order_by(Inspection.id)
        .limit(size)
    )
    after = UUID(int=0)
    while rows := db.execute(found.where(Inspection.id > after)).all():
        yield rows
        after = rows[-1].id


def _reliability(cases: Sequence[Row[*tuple[Any, ...]]], alpha_at: AlphaAt) -> Numbers:
    return np.array([coding_reliability(alpha_at(case.at)) for case in cases], np.int64)


def _differences(
    arrays: CatalogueArrays,
    catalogue: str,
    cases: Sequence[Row[*tuple[Any, ...]]],
    kept: Rows,
    result: AreaColumns,
) -> Iterator[Difference]:
    """What is kept against what was computed. An area that was not kept counts as nothing to say."""
    place = {case.run_id.hex: number for number, case in enumerate(cases)}
    areas = {area: number for number, area in enumerate(arrays.areas)}
    before = np.full((len(cases), len(areas), len(COMPARED)), -1, np.int64)
    if kept:
        known = [row for row in kept if row[1] in areas]
        runs = [place[row[0]] for row in known]
        columns = [areas[row[1]] for row in known]
        before[runs, columns] = [[-1 if value is None else value for value in row[2:]] for row in known]
    now = np.stack(
        [np.where(result.position > 0, getattr(result, name), -1) for name in COMPARED[:3]]
        + [getattr(result, name) for name in COMPARED[3:]],
        axis=-1,
    )
    for row, area, number in np.argwhere(before != now):
        case = cases[row]
        yield Difference(
            dnr=case.dnr,
            area=arrays.areas[area],
            field=COMPARED[number],
            kept=_plain(before[row, area, number]),
            computed=_plain(now[row, area, number]),
            because=_because(case, catalogue),
        )


def _plain(value: Any) -> int | None:
    return None if value < 0 else int(value)


def _because(case: Row[*tuple[Any, ...]], catalogue: str) -> str:
    if case.config_hash != config_hash():
        return "method"
    return "catalogue" if case.catalogue_version != catalogue else "evidence"

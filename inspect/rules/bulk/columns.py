"""Many inspections as columns: what the weighing reads, one array per field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.confidence import coding_reliability
from ..weighing.inputs import Check, Coding, Inspection
from ..weighing.scales import CheckResult
from .catalogue import PERSPECTIVES, RESOLUTIONS, STATUSES, CatalogueArrays

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """N inspections with M codings and C checked requirements.

    Per inspection (N,): `residents`, `reliability` (the concern 0–2 that the coders' alpha gives),
    `children_first`, `talks` and how many of them were `deviating`.
    Per coding (M,): `where` is the row of its inspection; `source` numbers the sources so that two
    are equal exactly when they are one person of one inspection; the rest as in `Coding`, with the
    numbers of `catalogue`. Per check (C,): met or a deviation only, as in `Check`.
    """

    residents: Numbers
    reliability: Numbers
    children_first: Truths
    talks: Numbers
    deviating: Numbers

    where: Numbers
    perspective: Numbers
    source: Numbers
    theme: Numbers
    severity: Numbers
    firsthand: Truths
    status: Numbers
    resolution: Numbers
    prompted: Truths
    important: Truths
    concrete: Truths

    check_where: Numbers
    requirement: Numbers
    deviation: Truths
    consequence: Numbers
    extent: Numbers
    repeated: Truths
    fixed: Truths
    self_reported: Truths


def columns_of(catalogue: CatalogueArrays, inspections: Sequence[Inspection]) -> Columns:
    """Inspections of the reference as columns."""
    codings: list[tuple[int, Coding]] = []
    checks: list[tuple[int, Check]] = []
    for row, inspection in enumerate(inspections):
        codings += ((row, coding) for coding in inspection.codings)
        checks += (
            (row, check)
            for check in inspection.checks
            if check.result in (CheckResult.MET, CheckResult.DEVIATION)
        )
    names = {
        key: number
        for number, key in enumerate(dict.fromkeys((row, coding.source) for row, coding in codings))
    }
    return Columns(
        residents=numbers(one.residents for one in inspections),
        reliability=numbers(coding_reliability(one.alpha) for one in inspections),
        children_first=truths(one.children_first for one in inspections),
        talks=numbers(len(one.interviews) for one in inspections),
        deviating=numbers(sum(talk.deviation for talk in one.interviews) for one in inspections),
        where=numbers(row for row, _ in codings),
        perspective=numbers(PERSPECTIVES[one.perspective.value] for _, one in codings),
        source=numbers(names[row, one.source] for row, one in codings),
        theme=numbers(catalogue.themes[one.theme] for _, one in codings),
        severity=numbers(one.severity for _, one in codings),
        firsthand=truths(one.firsthand for _, one in codings),
        status=numbers(STATUSES[one.status.value] for _, one in codings),
        resolution=numbers(
            RESOLUTIONS[one.resolution.value if one.resolution else None] for _, one in codings
        ),
        prompted=truths(one.prompted for _, one in codings),
        important=truths(one.important for _, one in codings),
        concrete=truths(one.concrete for _, one in codings),
        check_where=numbers(row for row, _ in checks),
        requirement=numbers(catalogue.requirements[one.requirement] for _, one in checks),
        deviation=truths(one.result is CheckResult.DEVIATION for _, one in checks),
        consequence=numbers(one.consequence for _, one in checks),
        extent=numbers(one.extent for _, one in checks),
        repeated=truths(one.repeated for _, one in checks),
        fixed=truths(one.fixed for _, one in checks),
        self_reported=truths(one.self_reported for _, one in checks),
    )


def numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def truths(values: Iterable[bool]) -> Truths:
    return np.fromiter(values, np.bool_)

"""S3–S5 and T1 over columns: which codings count, and how much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import (
    ACUTE,
    GRAVE,
    HIGHEST_LEVEL,
    T1_ACUTE_FIRST_HAND,
    T1_CORROBORATED,
    T1_NOT_CONFIRMED,
    T1_OPEN,
)
from ..weighing.scales import Resolution, Status
from .catalogue import DOCUMENT, OBSERVATION, RESOLUTIONS, STATUSES, CatalogueArrays
from .columns import Columns

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Counting:
    """The codings that count (M' of them): `row` is their place in the columns, the rest as in
    `weighing.ActiveCoding`; `at_most` is 4 for what is not grave."""

    row: Numbers
    where: Numbers
    area: Numbers
    perspective: Numbers
    source: Numbers
    theme: Numbers
    effective: Numbers
    level: Numbers
    at_most: Numbers
    corroborated: Truths
    is_open: Truths
    is_acute: Truths


def counting(catalogue: CatalogueArrays, columns: Columns, failed: Truths) -> Counting:
    """What `weighing.severity.active_codings` finds. `failed` (N, T): see `requirements.failed_themes`."""
    severity, resolution = columns.severity, columns.resolution
    grave = severity >= GRAVE
    not_confirmed = resolution == RESOLUTIONS[Resolution.NOT_CONFIRMED.value]
    gone = (resolution == RESOLUTIONS[Resolution.REFUTED.value]) | (
        ~grave & (columns.status == STATUSES[Status.WITHDRAWN.value])
    )
    closed = columns.status == STATUSES[Status.CLOSED.value]
    effective = np.where(grave, np.where(not_confirmed, 2, severity), np.where(closed, 0, severity))
    row = np.flatnonzero(~gone)
    direct = np.isin(columns.perspective, (OBSERVATION, DOCUMENT))
    witness = ~gone & (effective >= 2) & (columns.firsthand | direct)
    confirmed = resolution == RESOLUTIONS[Resolution.CONFIRMED.value]
    corroborated = grave & (
        confirmed
        | direct
        | failed[columns.where, columns.theme]
        | _another_witness(columns, witness, failed.shape)
    )
    seen_acute = (severity >= ACUTE) & columns.firsthand
    of_grave = np.where(corroborated | (seen_acute & ~not_confirmed), 1, 2)
    at_most = np.select(
        [~grave, corroborated, not_confirmed, seen_acute],
        [HIGHEST_LEVEL, T1_CORROBORATED, T1_NOT_CONFIRMED, T1_ACUTE_FIRST_HAND],
        T1_OPEN,
    )
    return Counting(
        row=row,
        where=columns.where[row],
        area=catalogue.area_of[columns.theme[row]],
        perspective=columns.perspective[row],
        source=columns.source[row],
        theme=columns.theme[row],
        effective=effective[row],
        level=np.where(grave, of_grave, HIGHEST_LEVEL - effective)[row],
        at_most=at_most[row],
        corroborated=corroborated[row],
        is_open=(grave & (resolution == 0) & ~corroborated)[row],
        is_acute=((severity >= ACUTE) & ~(not_confirmed & ~corroborated))[row],
    )


def _another_witness(columns: Columns, witness: Truths, shape: tuple[int, ...]) -> Truths:
    """(M,): somebody else vouches for the theme. Two different ones do, or one who is not the source."""
    places = columns.where * shape[1] + columns.theme
    lowest = np.full(shape[0] * shape[1], -1, np.int64)
    highest = lowest.copy()
    rows = np.flatnonzero(witness)
    rows = rows[np.argsort(columns.source[rows], kind="stable")]
    highest[places[rows]] = columns.source[rows]  # the last one written stays
    lowest[places[rows[::-1]]] = columns.source[rows[::-1]]
    low, high = lowest[places], highest[places]
    return np.asarray((low >= 0) & ((low != columns.source) | (high != columns.source)))

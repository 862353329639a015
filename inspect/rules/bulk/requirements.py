"""S2 and P3 over columns: deviations, and the level of compliance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import GRAVE, HIGHEST_LEVEL
from .catalogue import CatalogueArrays
from .columns import Columns

ABSENT = -1


@dataclass(frozen=True)
class Checked:
    """`severity` (N, R): the derived severity 0–4, -1 where a requirement was not checked.

    `learning` (N, R): the home had found it itself, and it is no repetition. `worst` (N, A) is the
    gravest severity of an area, -1 where nothing was checked; `level` (N, A) is 1–4, 0 absent.
    """

    severity: NDArray[np.int64]
    learning: NDArray[np.bool_]
    worst: NDArray[np.int64]
    level: NDArray[np.int64]


def check_columns(catalogue: CatalogueArrays, columns: Columns) -> Checked:
    """The checked requirements of all inspections. Of several results for one the worst counts."""
    count = len(columns.residents)
    severity, learning = _of_each_check(columns)
    badness = np.full((count, len(catalogue.requirements)), ABSENT, np.int64)
    own = severity * 2 + ~learning
    for value in np.unique(own):
        here = own == value
        badness[columns.check_where[here], columns.requirement[here]] = value
    found = np.where(badness >= 0, badness >> 1, ABSENT)
    worst = np.full((count, len(catalogue.areas)), ABSENT, np.int64)
    for area in range(len(catalogue.areas)):
        touching = found[:, catalogue.touches[:, area]]
        if touching.shape[1]:
            worst[:, area] = touching.max(axis=1)
    level = np.where(worst >= 0, HIGHEST_LEVEL - np.minimum(3, worst), 0)
    return Checked(found, (badness >= 0) & (badness & 1 == 0), worst, level)


def failed_themes(catalogue: CatalogueArrays, checked: Checked) -> NDArray[np.bool_]:
    """(N, T): a checked requirement on the theme has a significant deviation (S4)."""
    return np.asarray(((checked.severity >= 2).astype(np.int64) @ catalogue.covers.astype(np.int64)) > 0)


def _of_each_check(columns: Columns) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    consequence, repeated = columns.consequence, columns.repeated
    overlooked = columns.fixed & (consequence <= 1) & (columns.extent == 0) & ~repeated
    raised = consequence + ((columns.extent == 2) | repeated)
    severity = np.where(consequence >= GRAVE, consequence, np.where(overlooked, 0, raised))
    learning = columns.self_reported & ~repeated
    return np.where(columns.deviation, severity, 0), learning

"""Confidence over columns (method §2.9)."""

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import (
    ADEQUATE_PERSPECTIVES,
    CONCERN_PER_STEP,
    DEVIATING_TALKS_MINOR,
    DEVIATING_TALKS_MODERATE,
    FIRST_HAND_FAIR,
    FIRST_HAND_GOOD,
)
from ..weighing.scales import Confidence
from .accounts import Counting
from .catalogue import CHILD, OTHER, CatalogueArrays
from .columns import Columns
from .voices import PERSON_GROUPS, span

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]

_SERIOUS = 3


def confidence_columns(
    catalogue: CatalogueArrays,
    columns: Columns,
    found: Counting,
    counts: Numbers,
    levels: Numbers,
    account_open: Truths,
) -> Numbers:
    """(N, A): the confidence 1–4, also where there is no evidence (the caller leaves that out)."""
    shape = levels.shape[:2]
    children = counts[:, :, CHILD, :].sum(axis=-1)
    total = (
        _method(columns)[:, None]
        + _coherence(counts, levels)
        + _adequacy(catalogue, columns, found, children, levels)
        + _relevance(columns, found, (shape[0], shape[1]))
    )
    steps = np.maximum(int(Confidence.VERY_LOW), int(Confidence.HIGH) - total // CONCERN_PER_STEP)
    silent = catalogue.near & (children == 0)
    alone = (children == 1) & (columns.residents[:, None] >= 2)
    return np.where(silent | alone | account_open, np.minimum(steps, int(Confidence.LOW)), steps)


def _method(columns: Columns) -> Numbers:
    deviating, talks = columns.deviating, columns.talks
    minor, moderate = DEVIATING_TALKS_MINOR, DEVIATING_TALKS_MODERATE
    conditions = np.select(
        [
            deviating == 0,
            deviating * minor.denominator <= talks * minor.numerator,
            deviating * moderate.denominator <= talks * moderate.numerator,
        ],
        [0, 1, 2],
        _SERIOUS,
    )
    return np.maximum(np.maximum(conditions, columns.reliability), ~columns.children_first)


def _coherence(counts: Numbers, levels: Numbers) -> Numbers:
    present = levels > 0
    of_children = np.zeros(levels.shape[:2], np.int64)
    dissonant = np.zeros(levels.shape[:2], bool)
    for first in range(OTHER):
        for second in range(first + 1, OTHER):
            apart = (
                present[..., first]
                & present[..., second]
                & (abs(levels[..., first] - levels[..., second]) >= 2)
            )
            dissonant |= apart
            if first == CHILD:
                of_children += apart
    spans = np.zeros(levels.shape[:2], bool)
    for group in PERSON_GROUPS:
        spans |= span(counts[:, :, group, :]) >= 2
    return np.select([of_children >= 2, dissonant, spans], [_SERIOUS, 2, 1], 0)


def _adequacy(
    catalogue: CatalogueArrays, columns: Columns, found: Counting, children: Numbers, levels: Numbers
) -> Numbers:
    thin = ((levels > 0).sum(axis=-1) < ADEQUATE_PERSPECTIVES).astype(np.int64)
    residents = columns.residents[:, None]
    heard = np.select(
        [children == 0, 2 * children < residents, 3 * children < 2 * residents], [_SERIOUS, 2, 1], 0
    )
    own = (found.perspective == CHILD) & columns.concrete[found.row]
    concrete = _sources(found, own, (children.shape[0], children.shape[1]))
    vague = 2 * concrete < children
    return np.minimum(_SERIOUS, thin + np.where(catalogue.near, heard + vague, 0))


def _relevance(columns: Columns, found: Counting, shape: tuple[int, int]) -> Numbers:
    everybody = _sources(found, np.ones(len(found.row), bool), shape)
    own = _sources(found, columns.firsthand[found.row], shape)
    good, fair = FIRST_HAND_GOOD, FIRST_HAND_FAIR
    return np.select(
        [
            own == 0,
            own * good.denominator >= everybody * good.numerator,
            own * fair.denominator >= everybody * fair.numerator,
        ],
        [_SERIOUS, 0, 1],
        2,
    )


def _sources(found: Counting, which: Truths, shape: tuple[int, int]) -> Numbers:
    """(N, A): how many different sources the marked codings have."""
    if not which.any():
        return np.zeros(shape, np.int64)
    sources = int(found.source.max()) + 1
    cell = np.sort((found.where[which] * shape[1] + found.area[which]) * sources + found.source[which])
    different = cell[np.flatnonzero(np.diff(cell, prepend=-1))]
    return np.bincount(different // sources, minlength=shape[0] * shape[1]).reshape(shape)

"""The gap over columns (method §2.11): statistics, so in floating point; nothing is decided by them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import READING_DIVISOR
from .accounts import Counting
from .catalogue import CHILD, CatalogueArrays
from .columns import Columns
from .requirements import Checked
from .voices import read_at

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]

_IMPORTANT = 2


@dataclass(frozen=True)
class GapColumns:
    """(N,) shares of the children's attention, NaN where no child brought anything up.

    `outside` is `no_requirement` (B1) and `not_checked` (B2) together; `different_picture` is B3.
    """

    outside: Shares
    no_requirement: Shares
    not_checked: Shares
    different_picture: Shares


def gap_columns(
    catalogue: CatalogueArrays, columns: Columns, found: Counting, checked: Checked, theme_counts: Numbers
) -> GapColumns:
    """The gap of each inspection."""
    count = len(columns.residents)
    agenda = _agenda(columns, found, count, len(catalogue.themes))
    covers = catalogue.covers.astype(np.int64)
    times_checked = (checked.severity >= 0).astype(np.int64) @ covers
    significant = (checked.severity >= 2).astype(np.int64) @ covers
    level = read_at(theme_counts, READING_DIVISOR)
    outside = ~catalogue.covered[None, :]
    unchecked = catalogue.covered[None, :] & (times_checked == 0)
    different = (times_checked > 0) & (significant == 0) & (level > 0) & (level <= 2)
    first, second, third = (np.where(mask, agenda, 0).sum(axis=1) for mask in (outside, unchecked, different))
    silent = np.isnan(agenda).any(axis=1)
    first, second, third = (np.where(silent, np.nan, share) for share in (first, second, third))
    return GapColumns(first + second, first, second, third)


def _agenda(columns: Columns, found: Counting, count: int, themes: int) -> Shares:
    """(N, T): the mean of what each child spreads over its themes; a row of NaN for nobody."""
    prompted, important = columns.prompted[found.row], columns.important[found.row]
    raised = (found.effective >= 1) | ~prompted
    own = (found.perspective == CHILD) & (important | raised)
    agenda = np.zeros((count, themes))
    if not own.any():
        return np.full((count, themes), np.nan)
    value = np.where(important[own], _IMPORTANT, 1)
    where, theme, source = found.where[own], found.theme[own], found.source[own]
    sources = int(source.max()) + 1
    packed = np.sort(((where * sources + source) * themes + theme) * 4 + value)[::-1]
    mention = packed >> 2
    first = np.ones(len(packed), bool)
    first[1:] = mention[1:] != mention[:-1]
    mention, value = mention[first], packed[first] & 3
    child = mention // themes
    children, of_child = np.unique(child, return_inverse=True)
    share = value / np.bincount(of_child, weights=value)[of_child]
    heads = np.bincount(children // sources, minlength=count)
    np.add.at(agenda, (child // sources, mention % themes), share)
    with np.errstate(invalid="ignore"):
        return np.asarray(agenda / np.where(heads > 0, heads, np.nan)[:, None])

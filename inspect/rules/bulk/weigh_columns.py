"""The weighing of every area of many inspections: `weigh_columns`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import HIGHEST_LEVEL, READING_DIVISOR, UNHEARD_BEST, UNHEARD_WORST, WEIGHTS
from ..weighing.scales import ActionTrack
from ..weighing.state_table import RADIX, base_table, limit_table, table
from .accounts import Counting, counting
from .catalogue import CHILD, OTHER, CatalogueArrays
from .certainty import confidence_columns
from .columns import Columns
from .gap_columns import GapColumns, gap_columns
from .requirements import Checked, check_columns, failed_themes
from .voices import children_read, childrens_theme_counts, levels_of, read_at, voice_counts

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class AreaColumns:
    """The result for N inspections with A areas each, all (N, A) but `levels` (N, A, 6).

    `position` 1–4, 0 for "cannot be assessed yet"; `limit` is the lowest ceiling (0 where there is
    too little evidence); `lowest` and `highest` are the bounds, 0 without a position; `confidence`
    1–4 and `action` 0–5 are -1 where there is no evidence. `gap` is of whole inspections.
    """

    levels: Numbers
    base: Numbers
    limit: Numbers
    position: Numbers
    lowest: Numbers
    highest: Numbers
    confidence: Numbers
    action: Numbers
    acute: Truths
    investigate: Truths
    gap: GapColumns


def weigh_columns(catalogue: CatalogueArrays, columns: Columns) -> AreaColumns:
    """Weigh all inspections of `columns`; equal to `weigh` in every field, area by area."""
    shape = (len(columns.residents), len(catalogue.areas))
    checked = check_columns(catalogue, columns)
    found = counting(catalogue, columns, failed_themes(catalogue, checked))
    counts = voice_counts(found, *shape)
    theme_counts = childrens_theme_counts(found, shape[0], len(catalogue.themes))
    levels = levels_of(counts, checked.level)
    account = _lowest_account(found, shape)
    of_children = counts[:, :, CHILD, :]
    state = _state_of(catalogue, of_children, levels, account)
    position = _positions()[state]
    evidence = _any(found, np.ones(len(found.row), bool), shape) | (checked.worst >= 0)
    acute = _any(found, found.is_acute, shape) | (checked.worst >= HIGHEST_LEVEL)
    investigate = _any(found, found.is_open, shape)
    lowest, highest = _bounds(catalogue, columns, of_children, levels, account, position)
    confidence = confidence_columns(catalogue, columns, found, counts, levels, investigate)
    return AreaColumns(
        levels=levels,
        base=_bases()[_digits(levels)],
        limit=_limits()[state],
        position=position,
        lowest=lowest,
        highest=highest,
        confidence=np.where(evidence, confidence, -1),
        action=np.where(
            evidence,
            _actions(catalogue, found, checked, theme_counts, position, acute, investigate),
            -1,
        ),
        acute=acute,
        investigate=investigate,
        gap=gap_columns(catalogue, columns, found, checked, theme_counts),
    )


def _state_of(catalogue: CatalogueArrays, of_children: Numbers, levels: Numbers, account: Numbers) -> Numbers:
    """(N, A): the place in the table of states; its layout is told at `state_table.index_of`."""
    state = children_read(of_children)
    for perspective in range(CHILD + 1, OTHER):
        state = state * RADIX + levels[..., perspective]
    return (state * HIGHEST_LEVEL + account - 1) * 2 + catalogue.near


def _digits(levels: Numbers) -> Numbers:
    number = np.zeros(levels.shape[:2], np.int64)
    for perspective in range(OTHER):
        number = number * RADIX + levels[..., perspective]
    return number


def _lowest_account(found: Counting, shape: tuple[int, int]) -> Numbers:
    """(N, A): T1."""
    account = np.full(shape, HIGHEST_LEVEL, np.int64)
    for level in range(HIGHEST_LEVEL - 1, 0, -1):
        here = found.at_most == level
        account[found.where[here], found.area[here]] = level
    return account


def _any(found: Counting, which: Truths, shape: tuple[int, int]) -> Truths:
    marked = np.zeros(shape, bool)
    marked[found.where[which], found.area[which]] = True
    return marked


def _bounds(
    catalogue: CatalogueArrays,
    columns: Columns,
    of_children: Numbers,
    levels: Numbers,
    account: Numbers,
    position: Numbers,
) -> tuple[Numbers, Numbers]:
    heard = of_children.sum(axis=-1)
    unheard = np.where(catalogue.near, columns.residents[:, None] - heard, 0).clip(0)
    lowest, highest = position.copy(), position.copy()
    for level in (UNHEARD_WORST, UNHEARD_BEST):
        completed = of_children.copy()
        completed[..., level - 1] += unheard
        assumed = levels.copy()
        assumed[..., CHILD] = read_at(completed, READING_DIVISOR)
        other = _positions()[_state_of(catalogue, completed, assumed, account)]
        counts = (unheard > 0) & (position > 0) & (other > 0)
        lowest = np.where(counts, np.minimum(lowest, other), lowest)
        highest = np.where(counts, np.maximum(highest, other), highest)
    return lowest, highest


def _actions(
    catalogue: CatalogueArrays,
    found: Counting,
    checked: Checked,
    theme_counts: Numbers,
    position: Numbers,
    acute: Truths,
    investigate: Truths,
) -> Numbers:
    shape = position.shape
    corroborated = _any(found, found.corroborated, (shape[0], shape[1]))
    to_correct = np.zeros(shape, bool)
    for area in range(shape[1]):
        touching = catalogue.touches[:, area]
        severity, learning = checked.severity[:, touching], checked.learning[:, touching]
        to_correct[:, area] = ((severity == 2) & ~learning).any(axis=1)
    low = read_at(theme_counts, READING_DIVISOR)
    unhappy = np.zeros(shape, bool)
    for area in range(shape[1]):
        own = low[:, catalogue.area_of == area]
        unhappy[:, area] = ((own > 0) & (own < HIGHEST_LEVEL)).any(axis=1)
    dialogue = ((position > 0) & (position < HIGHEST_LEVEL)) | unhappy | (checked.worst >= 1)
    return np.select(
        [acute, (checked.worst >= 3) | corroborated, investigate, to_correct, dialogue],
        [
            ActionTrack.IMMEDIATE_PROTECTION,
            ActionTrack.CONSIDER_INTERVENTION,
            ActionTrack.INVESTIGATE,
            ActionTrack.REQUEST_CORRECTION,
            ActionTrack.DIALOGUE,
        ],
        ActionTrack.AFFIRM,
    )


def _positions() -> NDArray[np.int64]:
    return _as_numbers(table(WEIGHTS))


def _limits() -> NDArray[np.int64]:
    return _as_numbers(limit_table())


def _bases() -> NDArray[np.int64]:
    return _as_numbers(base_table(WEIGHTS))


_made: dict[int, NDArray[np.int64]] = {}


def _as_numbers(made: bytes) -> NDArray[np.int64]:
    """The table as an array; the tables are made once in a process, and so is this."""
    if id(made) not in _made:
        _made[id(made)] = np.frombuffer(made, np.int8).astype(np.int64)
    return _made[id(made)]

"""P0–P3 over columns: one voice per source, and where each group stands."""

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import HALF_DIVISOR, HIGHEST_LEVEL, READING_DIVISOR
from ..weighing.state_table import CHILDREN
from .accounts import Counting
from .catalogue import CHILD, DOCUMENT, MANAGER, OBSERVATION, OTHER, STAFF

Numbers = NDArray[np.int64]

PERSON_GROUPS = (CHILD, STAFF, MANAGER)
WORST_READ = (OBSERVATION, DOCUMENT)


def voice_counts(found: Counting, inspections: int, areas: int) -> Numbers:
    """(N, A, 7, 4): how many sources of each perspective have their voice at level 1, 2, 3 and 4."""
    group = (found.where * areas + found.area) * (OTHER + 1) + found.perspective
    return _counts(group, found.source, found.level, inspections * areas * (OTHER + 1)).reshape(
        inspections, areas, OTHER + 1, HIGHEST_LEVEL
    )


def childrens_theme_counts(found: Counting, inspections: int, themes: int) -> Numbers:
    """(N, T, 4): how many children have their voice on each theme at each level."""
    own = found.perspective == CHILD
    group = found.where[own] * themes + found.theme[own]
    return _counts(group, found.source[own], found.level[own], inspections * themes).reshape(
        inspections, themes, HIGHEST_LEVEL
    )


def read_at(counts: Numbers, divisor: int) -> Numbers:
    """The ceil(n / divisor)-th lowest level of `counts` (…, 4); 0 where nobody is."""
    below = np.cumsum(counts, axis=-1)
    heads = below[..., -1]
    place = (heads + divisor - 1) // divisor
    level = (below < place[..., None]).sum(axis=-1) + 1
    return np.where(heads > 0, level, 0)


def levels_of(counts: Numbers, compliance: Numbers) -> Numbers:
    """(N, A, 6): the level of each weighted perspective, 0 where it is absent."""
    levels = np.zeros((*compliance.shape, OTHER), np.int64)
    for group in PERSON_GROUPS:
        levels[..., group] = read_at(counts[..., group, :], READING_DIVISOR)
    for group in WORST_READ:
        levels[..., group] = lowest(counts[..., group, :])
    levels[..., 1] = compliance
    return levels


def lowest(counts: Numbers) -> Numbers:
    """The lowest level with anybody at it; 0 where nobody is."""
    anybody = counts > 0
    return np.where(anybody.any(axis=-1), anybody.argmax(axis=-1) + 1, 0)


def span(counts: Numbers) -> Numbers:
    """How many levels apart the highest and the lowest voice of a group are."""
    anybody = counts > 0
    highest = HIGHEST_LEVEL - anybody[..., ::-1].argmax(axis=-1)
    return np.where(anybody.any(axis=-1), highest - lowest(counts), 0)


def children_read(counts: Numbers) -> Numbers:
    """(…,): the number of the children's three readings in the table of states, from (…, 4) counts."""
    return _TRIPLE[lowest(counts), read_at(counts, READING_DIVISOR), read_at(counts, HALF_DIVISOR)]


def _counts(group: Numbers, source: Numbers, level: Numbers, groups: int) -> Numbers:
    """(groups, 4): the lowest level of each source in a group is its one voice."""
    if not len(group):
        return np.zeros((groups, HIGHEST_LEVEL), np.int64)
    sources = int(source.max()) + 1
    packed = np.sort((group * sources + source) * 8 + level)
    voice = packed >> 3
    first = np.ones(len(packed), bool)
    first[1:] = voice[1:] != voice[:-1]
    kept = packed[first]
    places = (kept >> 3) // sources * HIGHEST_LEVEL + (kept & 7) - 1
    return np.bincount(places, minlength=groups * HIGHEST_LEVEL).reshape(groups, HIGHEST_LEVEL)


def _triples() -> Numbers:
    numbers = np.zeros((HIGHEST_LEVEL + 1,) * 3, np.int64)
    for number, read in enumerate(CHILDREN):
        if read is not None:
            numbers[read.lowest, read.third, read.half] = number
    return numbers


_TRIPLE = _triples()

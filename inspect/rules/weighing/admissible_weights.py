"""The weights that the method's conditions admit, and what V1 says under them (method §2.5, §2.14)."""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise, product

from .configuration import HIGHEST_LEVEL, WEIGHTED
from .levels import Levels
from .position import present_weight, weighed_level, weight_reaching
from .scales import Perspective

HIGHEST_WEIGHT = 6

#: Six weights in the order of `WEIGHTED`: child, compliance, observation, staff, manager, document.
Vector = tuple[int, ...]
#: How many of some weight vectors give each weighed level, 1–4 at places 0–3.
Counts = tuple[int, ...]


@cache
def admissible_weights() -> tuple[Vector, ...]:
    """The 124 vectors of whole weights 1–6 that satisfy V1c–V6c, in ascending order."""
    return tuple(
        vector
        for child in _up_to(HIGHEST_WEIGHT)
        for compliance in _up_to(child)
        for observation in _up_to(compliance)
        for home in product(_up_to(observation), repeat=3)
        if is_admissible(vector := (child, compliance, observation, *home))
    )


def _up_to(highest: int) -> range:
    return range(1, highest + 1)


def is_admissible(vector: Sequence[int]) -> bool:
    """V1c–V6c: the six conditions that the weights are the consequence of."""
    child, compliance, observation, staff, manager, document = vector
    home = staff + manager + document
    return (
        child >= compliance >= observation >= max(staff, manager, document)
        and home < child
        and compliance + home <= child + observation
        and child + compliance > observation + home
        and 2 * child <= sum(vector)
        and observation + compliance > home
    )


@lru_cache(maxsize=1 << 14)
def _level_counts(levels: tuple[tuple[Perspective, int], ...]) -> Counts:
    found = [0] * HIGHEST_LEVEL
    for vector in admissible_weights():
        weights = dict(zip(WEIGHTED, vector, strict=True))
        found[weighed_level(dict(levels), weights) - 1] += 1
    return tuple(found)


def level_counts(levels: Levels) -> Counts:
    """K3: under how many of the admissible vectors the weighed level is 1, 2, 3 and 4."""
    return _level_counts(tuple(levels.items()))


def neighbouring_counts(levels: Levels) -> Counts:
    """K2: the same, with each present weight one step lower, unchanged or higher; up to 729 vectors.

    A level is reached when the weight for it exceeds the weight against it. The steps for and against
    spread alike, so how many vectors move that difference by how much is a matter of counting
    (`_steps`), and no vector need be tried. The one that leaves no present weight at all is left out.
    """
    steps = _steps(len(levels))
    whole = present_weight(levels)
    reached = [sum(steps.values())]
    for level in range(2, HIGHEST_LEVEL + 1):
        lead = 2 * weight_reaching(levels, level) - whole
        reached.append(sum(count for step, count in steps.items() if lead + step > 0))
    if levels and whole == len(levels):
        reached[0] -= 1
    reached.append(0)
    return tuple(more - fewer for more, fewer in pairwise(reached))


@cache
def _steps(present: int) -> dict[int, int]:
    """How many ways `present` steps of -1, 0 or +1 have of adding up to each sum."""
    ways = {0: 1}
    for _ in range(present):
        longer: Counter[int] = Counter()
        for total, count in ways.items():
            for step in (-1, 0, 1):
                longer[total + step] += count
        ways = dict(longer)
    return ways

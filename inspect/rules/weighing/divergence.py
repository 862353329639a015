"""Where the perspectives agree, differ or are silent (METHOD 2.10). Reported, never resolved."""

from itertools import combinations

from .configuration import WEIGHTED
from .levels import Levels
from .results import PairDivergence
from .scales import Divergence, Perspective


def divergence_of(levels: Levels) -> dict[tuple[Perspective, Perspective], PairDivergence]:
    """All fifteen pairs of weighted perspectives, in the method's order."""
    return {
        (first, second): _compare(levels.get(first), levels.get(second))
        for first, second in combinations(WEIGHTED, 2)
    }


def _compare(first: int | None, second: int | None) -> PairDivergence:
    if first is None or second is None:
        return PairDivergence(Divergence.SILENCE, None)
    difference = first - second
    if difference == 0:
        return PairDivergence(Divergence.AGREEMENT, 0)
    kind = Divergence.PARTIAL if abs(difference) == 1 else Divergence.DISSONANCE
    return PairDivergence(kind, difference)

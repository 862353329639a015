"""K1 by search (method §2.14): every weight is moved to either end of its range and the majority counted anew."""

from fractions import Fraction
from itertools import product

from .method import WEIGHT


def base_with(levels, weights):
    total = sum(weights.values())
    return max(
        (x for x in (1, 2, 3, 4) if 2 * sum(weights[p] for p in levels if levels[p] >= x) > total), default=1
    )


def bases_within(levels, x):
    """Every base that can come out when each weight w may be anything in [w(1 − x), w(1 + x)]."""
    ends = product((1 - x, 1 + x), repeat=len(levels))
    return {
        base_with(levels, {p: WEIGHT[p] * f for p, f in zip(levels, factors, strict=True)})
        for factors in ends
    }


def holds(levels, position, ceiling, margin, way):
    """Whether `margin` is the largest: just within it the position stands, just beyond it does not.

    The extremes of a sum of weights lie at the corners, so trying the corners is trying everything.
    """
    little = Fraction(1, 10**6)

    def moved(x):
        reached = {min(base, ceiling) for base in bases_within(levels, x)}
        return any(r < position for r in reached) if way == "down" else any(r > position for r in reached)

    within = max(Fraction(0), margin - little)
    return (within == margin or not moved(within)) and moved(margin + little)

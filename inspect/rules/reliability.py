"""How well coders agree: Krippendorff's alpha as an exact fraction (method §2.19).

1 is perfect agreement, 0 what chance would give, and less than 0 systematic disagreement. Units may
have any number of coders, and not every coder need have coded every unit.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, pairwise

from .weighing.configuration import GRAVE

Value = int | str
#: How far two values are apart, squared, given how often each value was used.
Distance = Callable[[Value, Value], Fraction]


class Scale(StrEnum):
    """What the distance between two values means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def alpha(units: Iterable[Sequence[Value | None]], scale: Scale) -> Fraction | None:
    """Krippendorff's alpha over units, each a sequence of one value per coder, `None` where not coded.

    Units with fewer than two values say nothing about agreement and are left out. `None` when no
    unit has two, or when all values are one and the same: then there is nothing to disagree about.
    Ordinal and interval values must be comparable; interval values are whole numbers.
    """
    coded = [[value for value in unit if value is not None] for unit in units]
    pairable = [unit for unit in coded if len(unit) >= 2]
    used = Counter(value for unit in pairable for value in unit)
    distance = _DISTANCES[scale](used)
    expected = sum(
        (used[one] * used[other] * distance(one, other) for one, other in combinations(used, 2)), Fraction(0)
    )
    if not expected:
        return None
    observed = sum((_disagreement(unit, distance) for unit in pairable), Fraction(0))
    return 1 - (used.total() - 1) * observed / expected


def severity_alpha(units: Iterable[Sequence[int | None]]) -> Fraction | None:
    """Alpha on severity: its steps are ordered, but are no distances."""
    return alpha(units, Scale.ORDINAL)


def theme_alpha(units: Iterable[Sequence[str | None]]) -> Fraction | None:
    """Alpha on theme: themes are different or the same, nothing more."""
    return alpha(units, Scale.NOMINAL)


def grave_alpha(units: Iterable[Sequence[int | None]]) -> Fraction | None:
    """Alpha on the boundary between severity 2 and 3, where the grave accounts (T1) are decided."""
    grave = [[None if value is None else int(value >= GRAVE) for value in unit] for unit in units]
    return alpha(grave, Scale.NOMINAL)


def _disagreement(unit: Sequence[Value], distance: Distance) -> Fraction:
    """The distances of all pairs of one unit, in proportion to how many values it has."""
    total = sum((distance(one, other) for one, other in combinations(unit, 2)), Fraction(0))
    return total / (len(unit) - 1)


def _nominal(used: Mapping[Value, int]) -> Distance:
    return lambda one, other: Fraction(one != other)


def _ordinal(used: Mapping[Value, int]) -> Distance:
    """How many used values lie between the middles of the two, each counted as often as it was used."""
    ordered = sorted(used)
    middles = {ordered[0]: Fraction(0)} if ordered else {}
    for lower, higher in pairwise(ordered):
        middles[higher] = middles[lower] + Fraction(used[lower] + used[higher], 2)
    return lambda one, other: (middles[one] - middles[other]) ** 2


def _interval(used: Mapping[Value, int]) -> Distance:
    return lambda one, other: Fraction(int(one) - int(other)) ** 2


_DISTANCES = {Scale.NOMINAL: _nominal, Scale.ORDINAL: _ordinal, Scale.INTERVAL: _interval}

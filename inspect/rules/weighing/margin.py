"""How far the weights could move before the position does (METHOD 2.14, K1)."""

from fractions import Fraction

from .levels import Levels
from .position import StateWeighed, present_weight, weight_reaching
from .results import Margin
from .scales import Position


def margin_of(levels: Levels, weighed: StateWeighed) -> Margin:
    """The margins downwards and upwards, as exact shares of every weight.

    `None` where weights cannot move the position: it is the lowest, a ceiling binds, or there is
    none at all.
    """
    position = weighed.position
    weight = present_weight(levels)
    if position is None or weight == 0:
        return Margin(None, None)
    down = up = None
    if position > Position.SERIOUS:
        down = Fraction(2 * weight_reaching(levels, position) - weight, weight)
    if position < Position.WORKS_WELL and weighed.ceilings.lowest() > position:
        up = Fraction(weight - 2 * weight_reaching(levels, position + 1), weight)
    return Margin(down, up)

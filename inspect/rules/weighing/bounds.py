"""What the children who were not heard could have changed (METHOD 2.13)."""

from collections.abc import Sequence

from .configuration import UNHEARD_BEST, UNHEARD_WORST
from .levels import Levels, perspective_level, read_children
from .scales import Perspective, Position
from .state_table import weighed_state


def bounds_of(
    position: Position | None,
    children: Sequence[int],
    levels: Levels,
    *,
    residents: int,
    account: int,
    child_near: bool,
) -> tuple[Position, Position] | None:
    """The lowest and highest position had every unheard child spoken without a grave account.

    In administrative areas children are not expected to have a view, so nobody counts as unheard.
    `None` without a position.
    """
    if position is None:
        return None
    unheard = residents - len(children) if child_near else 0
    if unheard <= 0:
        return (position, position)
    # So many decide every reading on their own; more of them, however many, change nothing.
    unheard = min(unheard, 2 * len(children) + 1)
    assumed = []
    for level in (UNHEARD_WORST, UNHEARD_BEST):
        completed = [*children, *([level] * unheard)]
        state = {**levels, Perspective.CHILD: perspective_level(Perspective.CHILD, completed)}
        found = weighed_state(read_children(completed), state, account=account, child_near=child_near)
        assumed.append(found.position or position)
    return (min(position, *assumed), max(position, *assumed))

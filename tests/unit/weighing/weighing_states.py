"""All 525 000 states an area can be in, weighed by the rule once for the tests that walk through them."""

from functools import cache
from itertools import combinations_with_replacement, product

from tillsyn.inspect.rules.weighing import Perspective
from tillsyn.inspect.rules.weighing.levels import ChildrenRead
from tillsyn.inspect.rules.weighing.position import StateWeighed, weigh_state

ABSENT = 0
LEVELS = (ABSENT, 1, 2, 3, 4)
CHILDREN = (None, *(ChildrenRead(*read) for read in combinations_with_replacement((1, 2, 3, 4), 3)))
ADULTS = (Perspective.COMPLIANCE, Perspective.OBSERVATION, Perspective.STAFF, Perspective.MANAGER)
OTHERS = (*ADULTS, Perspective.DOCUMENT)

State = tuple[ChildrenRead | None, tuple[int, ...], int, bool]


def levels_of(children: ChildrenRead | None, others: tuple[int, ...]) -> dict[Perspective, int]:
    levels = {} if children is None else {Perspective.CHILD: children.third}
    return levels | {who: level for who, level in zip(OTHERS, others, strict=True) if level != ABSENT}


@cache
def every_state() -> dict[State, StateWeighed]:
    return {
        (children, others, account, child_near): weigh_state(
            children, levels, account=account, child_near=child_near
        )
        for children, others in product(CHILDREN, product(LEVELS, repeat=5))
        for levels in [levels_of(children, others)]
        for account in (1, 2, 3, 4)
        for child_near in (True, False)
    }

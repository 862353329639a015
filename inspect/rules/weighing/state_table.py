"""The weighing of every state an area can be in, as one table (method §2.6 and §9).

The table is put together from the rules themselves, never stored: a file could outlive the rule
that it was made from. Making it takes about a second, once in a process and only where many
areas are weighed. A single inspection asks `weighed_state` instead, which remembers
the states it has met and so costs a page nothing; it also says why, which the table does not.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations_with_replacement, product

from .ceilings import ceilings
from .configuration import HIGHEST_LEVEL, WEIGHTED, WEIGHTS
from .levels import ChildrenRead, Levels
from .position import StateWeighed, Weights, is_enough, present_weight, weigh_state, weighed_level
from .scales import Perspective

#: The children's three readings by their number in the table: 0 nobody heard, then
#: (lowest, third, half) with lowest <= third <= half in lexicographic order, 1–20.
CHILDREN: tuple[ChildrenRead | None, ...] = (
    None,
    *(ChildrenRead(*read) for read in combinations_with_replacement(range(1, HIGHEST_LEVEL + 1), 3)),
)
#: The other perspectives, in the order of their places in the number of a state.
OTHERS = tuple(perspective for perspective in WEIGHTED if perspective is not Perspective.CHILD)
#: How many levels a perspective can have; 0 stands for absent.
RADIX = HIGHEST_LEVEL + 1
#: Readings of the children, levels of the five others, T1 1–4, close to children or not: 525 000.
STATES = len(CHILDREN) * RADIX ** len(OTHERS) * HIGHEST_LEVEL * 2
#: Levels of the six weighted perspectives, which is all that V1 depends on: 15 625.
LEVEL_STATES = RADIX ** len(WEIGHTED)

_NUMBER_OF_CHILDREN = {read: number for number, read in enumerate(CHILDREN)}
_REMEMBERED = 1 << 15


def index_of(children: ChildrenRead | None, levels: Levels, *, account: int, child_near: bool) -> int:
    """The place of a state in the table, from 0.

    A number with mixed radix, the most significant first: children 0–20 (place in `CHILDREN`),
    compliance, observation, staff, manager, document 0–4 each (0 absent), T1 minus one 0–3,
    close to children 0 or 1::

        c = 0 or, from 1, the place of (lowest, third, half) among the sorted triples
        index = ((((((c * 5 + K) * 5 + O) * 5 + P) * 5 + L) * 5 + D) * 4 + T1 - 1) * 2 + child_near

    The children's own level is their reading at one third and is not read from `levels`.
    """
    index = _NUMBER_OF_CHILDREN[children]
    for perspective in OTHERS:
        index = index * RADIX + levels.get(perspective, 0)
    return (index * HIGHEST_LEVEL + account - 1) * 2 + child_near


def level_index_of(levels: Levels) -> int:
    """The place of six levels in `base_table`: child, K, O, P, L, D as digits 0–4, child first."""
    index = 0
    for perspective in WEIGHTED:
        index = index * RADIX + levels.get(perspective, 0)
    return index


def table(weights: Weights = WEIGHTS) -> bytes:
    """The position of every state, one byte each at `index_of`: 1–4, or 0 for "cannot be assessed yet".

    With other `weights` only the weighing V1 changes. What is enough to judge by (V0) is a
    question of evidence and is always counted in the method's own weights; otherwise doubling
    every weight would change what can be assessed (I12).
    """
    return _table(tuple(weights[perspective] for perspective in WEIGHTED))


def base_table(weights: Weights = WEIGHTS) -> bytes:
    """V1 alone: the weighed level 1–4 of every combination of levels, one byte each at `level_index_of`."""
    return _base_table(tuple(weights[perspective] for perspective in WEIGHTED))


@cache
def limit_table() -> bytes:
    """The lowest ceiling of every state at `index_of`, or 0 where V0 finds too little evidence.

    `position = 0 if limit == 0 else min(base, limit)`, whatever the weights are.
    """
    limits = bytearray()
    for children, levels in _readings():
        near, administrative = (
            ceilings(children, levels, account=HIGHEST_LEVEL, child_near=child_near)
            for child_near in (True, False)
        )
        weight = present_weight(levels)
        limits += _limits_by_account(weight, near.T2, near.lowest(), administrative.lowest())
    return bytes(limits)


@cache
def _limits_by_account(weight: int, statute: int, near: int, administrative: int) -> bytes:
    """The eight states that differ in T1 and in being close to children, `near` and so on without T1."""
    return bytes(
        min(account, lowest) if is_enough(weight, account=account, statute=statute) else 0
        for account in range(1, HIGHEST_LEVEL + 1)
        for lowest in (administrative, near)
    )


@lru_cache(maxsize=_REMEMBERED)
def _remembered(
    children: ChildrenRead | None, levels: tuple[tuple[Perspective, int], ...], account: int, child_near: bool
) -> StateWeighed:
    return weigh_state(children, dict(levels), account=account, child_near=child_near)


def weighed_state(
    children: ChildrenRead | None, levels: Levels, *, account: int, child_near: bool
) -> StateWeighed:
    """`weigh_state`, looked up when the state has been met before in this process."""
    return _remembered(children, tuple(levels.items()), account, child_near)


def _readings() -> Iterator[tuple[ChildrenRead | None, Levels]]:
    """All that children and the other perspectives can say, in the order of the table."""
    for children in CHILDREN:
        own = () if children is None else ((Perspective.CHILD, children.third),)
        for others in product(range(RADIX), repeat=len(OTHERS)):
            present = ((who, level) for who, level in zip(OTHERS, others, strict=True) if level)
            yield children, dict((*own, *present))


@lru_cache(maxsize=2)
def _table(weights: tuple[int, ...]) -> bytes:
    bases = _base_table(weights)
    limits = limit_table()
    per_child = LEVEL_STATES // RADIX
    per_reading = HIGHEST_LEVEL * 2
    at_most = [bytes(min(base, limit) for limit in range(256)) for base in range(RADIX)]
    positions = bytearray()
    for number, children in enumerate(CHILDREN):
        first = (0 if children is None else children.third) * per_child
        for other in range(per_child):
            start = (number * per_child + other) * per_reading
            positions += limits[start : start + per_reading].translate(at_most[bases[first + other]])
    return bytes(positions)


@lru_cache(maxsize=256)
def _base_table(weights: tuple[int, ...]) -> bytes:
    by_perspective = dict(zip(WEIGHTED, weights, strict=True))
    return bytes(
        weighed_level(
            {who: level for who, level in zip(WEIGHTED, levels, strict=True) if level}, by_perspective
        )
        for levels in product(range(RADIX), repeat=len(WEIGHTED))
    )

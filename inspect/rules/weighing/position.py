"""The position of an area: weighing, ceilings, basis and word (METHOD 2.5–2.7).

`weigh_state` is one pure function of a small state (525 000 possible ones).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .ceilings import Ceilings, ceilings
from .configuration import ENOUGH_WEIGHT, HIGHEST_LEVEL, WEIGHTS
from .levels import ChildrenRead, Levels
from .scales import WORD_OF_POSITION, Basis, Perspective, Position, Word
from .severity import ActiveCoding

Weights = Mapping[Perspective, int]


@dataclass(frozen=True)
class StateWeighed:
    """What the rules make of one state. `base` is the weighing before the ceilings.

    `position` is `None` when there is too little evidence.
    """

    base: int
    ceilings: Ceilings
    enough: bool
    position: Position | None


def weight_reaching(levels: Levels, level: int, weights: Weights = WEIGHTS) -> int:
    """The weight of the present perspectives that stand at `level` or higher."""
    return sum(weights[perspective] for perspective, own in levels.items() if own >= level)


def present_weight(levels: Levels, weights: Weights = WEIGHTS) -> int:
    return sum(weights[perspective] for perspective in levels)


def weighed_level(levels: Levels, weights: Weights = WEIGHTS) -> int:
    """V1: the highest level that more than half of the present weight reaches. A tie goes down.

    With no weighted perspective present no level is reached, and the method says 1. Other
    `weights` than the method's are for the question what they would have changed (method §2.14).
    """
    whole = present_weight(levels, weights)
    for level in range(HIGHEST_LEVEL, 1, -1):
        if 2 * weight_reaching(levels, level, weights) > whole:
            return level
    return 1


def weigh_state(
    children: ChildrenRead | None, levels: Levels, *, account: int, child_near: bool
) -> StateWeighed:
    """V1, T1–T4, V0 and L for one area.

    `levels` holds the present weighted perspectives, children included; `account` is T1.
    """
    base = weighed_level(levels)
    limits = ceilings(children, levels, account=account, child_near=child_near)
    enough = is_enough(present_weight(levels), account=limits.T1, statute=limits.T2)
    position = Position(min(base, limits.lowest())) if enough else None
    return StateWeighed(base, limits, enough, position)


def is_enough(weight: int, *, account: int, statute: int) -> bool:
    """V0: enough weight to judge by, or a grave account or deviation that cannot wait for more."""
    return weight >= ENOUGH_WEIGHT or account < HIGHEST_LEVEL or statute < HIGHEST_LEVEL


def basis_of(weighed: StateWeighed, accounts: Iterable[ActiveCoding]) -> Basis | None:
    """What the position rests on, in the method's order of precedence; `None` without a position."""
    position, limits = weighed.position, weighed.ceilings
    if position is None:
        return None
    if limits.T2 == position <= 2:
        return Basis.ESTABLISHED_FAILING
    if limits.T1 == position < HIGHEST_LEVEL:
        if any(account.corroborated for account in accounts):
            return Basis.CORROBORATED_ACCOUNT
        return Basis.ACCOUNT_INVESTIGATED
    if weighed.base > position:
        return Basis.CHILDRENS_PICTURE if position == limits.T3 else Basis.TOO_FEW_PERSPECTIVES
    return Basis.WEIGHED_PICTURE


def word_of(position: Position | None, basis: Basis | None, accounts: Iterable[ActiveCoding]) -> Word:
    """The word people read. A position carried by an open account is never put as a judgement."""
    if position is None:
        return Word.NOT_ASSESSABLE
    if basis is Basis.ACCOUNT_INVESTIGATED and any(account.is_open for account in accounts):
        return Word.ACCOUNT_INVESTIGATED
    return WORD_OF_POSITION[position]

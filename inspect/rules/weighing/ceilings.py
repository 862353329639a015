"""The four ceilings (METHOD 2.6). No amount of good evidence lifts an area above any of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from .configuration import (
    HIGHEST_LEVEL,
    T2_BY_COMPLIANCE,
    T3_BY_THIRD,
    T3_NO_CHILD,
    T3_ONE_CHILD,
    T3_ONE_CHILD_AT_OR_BELOW,
    T4_PERSPECTIVES_AT_TOP,
    T4_TOO_FEW,
)
from .levels import ChildrenRead, Levels
from .scales import Ceiling, Perspective
from .severity import ActiveCoding


@dataclass(frozen=True)
class Ceilings:
    """The highest position each rule allows, 1–4; 4 means that the rule holds nothing down."""

    T1: int
    T2: int
    T3: int
    T4: int

    def lowest(self) -> int:
        return min(self.T1, self.T2, self.T3, self.T4)

    def of(self, ceiling: Ceiling) -> int:
        return {
            Ceiling.GRAVE_ACCOUNT: self.T1,
            Ceiling.STATUTE: self.T2,
            Ceiling.CHILDREN: self.T3,
            Ceiling.BREADTH: self.T4,
        }[ceiling]


def account_ceiling(codings: Iterable[ActiveCoding]) -> int:
    """T1: the lowest that any grave account allows, whoever gave it."""
    return min((active.at_most for active in codings), default=HIGHEST_LEVEL)


def ceilings(children: ChildrenRead | None, levels: Levels, *, account: int, child_near: bool) -> Ceilings:
    """All four ceilings from the state of an area. `account` is T1, see `account_ceiling`."""
    return Ceilings(
        T1=account,
        T2=_statute_ceiling(levels),
        T3=_childrens_ceiling(children, child_near=child_near),
        T4=_breadth_ceiling(levels),
    )


def _statute_ceiling(levels: Levels) -> int:
    """T2: minor deviations (level 3) hold nothing down; significant ones do."""
    compliance = levels.get(Perspective.COMPLIANCE)
    return HIGHEST_LEVEL if compliance is None else T2_BY_COMPLIANCE[compliance]


def _childrens_ceiling(children: ChildrenRead | None, *, child_near: bool) -> int:
    """T3: only children can lift it. One child, a third of them and half of them each count."""
    if children is None:
        return T3_NO_CHILD if child_near else HIGHEST_LEVEL
    one = T3_ONE_CHILD if children.lowest <= T3_ONE_CHILD_AT_OR_BELOW else HIGHEST_LEVEL
    return min(one, T3_BY_THIRD[children.third], children.half)


def _breadth_ceiling(levels: Levels) -> int:
    """T4: the highest word takes at least two weighted perspectives that reach it."""
    at_top = sum(level == HIGHEST_LEVEL for level in levels.values())
    return HIGHEST_LEVEL if at_top >= T4_PERSPECTIVES_AT_TOP else T4_TOO_FEW

"""The deciding circumstances of a position, as data (METHOD 2.16).

Which rule decided, on which items, and what the position would have needed to be one step
higher. Turning this into sentences, and hiding what may not leave, is the reader's work.
"""

from dataclasses import dataclass

from .configuration import GRAVE
from .position import present_weight, weight_reaching
from .results import AreaResult
from .scales import Basis, Ceiling, Perspective, Position


@dataclass(frozen=True)
class BindingCeiling:
    """A ceiling at the position, and the evidence that put it there.

    `codings` and `requirements` are ids, `sources` the people behind; each empty where the ceiling
    rests on absence (no child heard, too few perspectives at the highest level).
    """

    ceiling: Ceiling
    at_most: int
    codings: tuple[str, ...]
    requirements: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Majority:
    """The weighing at one level: who reaches it, with which weight, out of the weight present."""

    level: int
    reaching: tuple[Perspective, ...]
    below: tuple[Perspective, ...]
    weight: int
    of: int

    @property
    def missing(self) -> int:
        """The least extra weight that would have to reach the level; 0 when it is reached."""
        return max(0, self.of // 2 + 1 - self.weight)


@dataclass(frozen=True)
class DecidingCircumstances:
    """Why the position is what it is.

    `decided_by_ceiling` says that a ceiling holds the position below the weighing (or is what its
    basis names); otherwise the coalition `won` decided. `ceilings` are all that bind, the deciding
    one first. `next_step` is the weighing one step up, `None` at the highest position.
    """

    position: Position
    basis: Basis
    decided_by_ceiling: bool
    ceilings: tuple[BindingCeiling, ...]
    won: Majority
    next_step: Majority | None


def deciding_circumstances(area: AreaResult) -> DecidingCircumstances | None:
    """The deciding circumstances of one area, `None` while it has no position."""
    if area.position is None or area.basis is None:
        return None
    binding = [
        _binding(area, ceiling)
        for ceiling in Ceiling
        if area.ceilings.of(ceiling) == area.position < Position.WORKS_WELL
    ]
    first = _DECIDING_CEILING.get(area.basis)
    binding.sort(key=lambda one: one.ceiling is not first)
    higher = area.position < Position.WORKS_WELL
    return DecidingCircumstances(
        position=area.position,
        basis=area.basis,
        decided_by_ceiling=first is not None,
        ceilings=tuple(binding),
        won=_majority(area, area.position),
        next_step=_majority(area, area.position + 1) if higher else None,
    )


_DECIDING_CEILING = {
    Basis.ESTABLISHED_FAILING: Ceiling.STATUTE,
    Basis.CORROBORATED_ACCOUNT: Ceiling.GRAVE_ACCOUNT,
    Basis.ACCOUNT_INVESTIGATED: Ceiling.GRAVE_ACCOUNT,
    Basis.CHILDRENS_PICTURE: Ceiling.CHILDREN,
    Basis.TOO_FEW_PERSPECTIVES: Ceiling.BREADTH,
}


def _majority(area: AreaResult, level: int) -> Majority:
    reaching = tuple(perspective for perspective, own in area.levels.items() if own >= level)
    below = tuple(perspective for perspective, own in area.levels.items() if own < level)
    return Majority(level, reaching, below, weight_reaching(area.levels, level), present_weight(area.levels))


def _binding(area: AreaResult, ceiling: Ceiling) -> BindingCeiling:
    at_most = area.ceilings.of(ceiling)
    codings: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    sources: set[str] = set()
    if ceiling is Ceiling.GRAVE_ACCOUNT:
        behind = [active.coding for active in area.codings if active.is_grave and active.at_most == at_most]
        codings = tuple(coding.id for coding in behind)
        sources = {coding.source for coding in behind}
    elif ceiling is Ceiling.STATUTE:
        lowest = 2 if at_most == Position.NEEDS_IMPROVEMENT else GRAVE
        requirements = tuple(one.requirement for one in area.requirements if one.severity >= lowest)
    elif ceiling is Ceiling.CHILDREN:
        sources = {
            source for source, level in area.voices.get(Perspective.CHILD, {}).items() if level <= at_most
        }
        codings = tuple(
            active.coding.id
            for active in area.codings
            if active.coding.perspective is Perspective.CHILD and active.level <= at_most
        )
    return BindingCeiling(ceiling, at_most, codings, requirements, tuple(sorted(sources)))

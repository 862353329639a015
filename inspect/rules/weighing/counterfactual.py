"""What would have made the position one step higher, as data (method §2.16).

"The position would have been one step higher if …": which ceilings would have to go, on which
evidence, and which weight is missing. The sentence is made where it is read. It names codings and
sources, and so stays inside the authority.
"""

from dataclasses import dataclass

from .circumstances import BindingCeiling, Majority, deciding_circumstances
from .configuration import ENOUGH_WEIGHT, HIGHEST_LEVEL, WEIGHTED, WEIGHTS
from .position import present_weight
from .results import AreaResult
from .scales import Ceiling, Perspective, Position


@dataclass(frozen=True)
class Counterfactual:
    """What the next step up takes. All of it is needed, not one thing or the other.

    `to` is the position one step up, `None` for an area without a position, where the next step is
    to be assessed at all. `ceilings` must go, the deciding one first. `missing` is the weight that
    must reach `to` beyond what does, 0 when enough does already; `weighing` is how it falls at `to`,
    and `any_of` the perspectives each of which would by itself bring what is missing: those present
    but lower, or any at all where none is present. `evidence` is the weight that must be present beyond
    what is (V0), because it is too little, or would be once the ceilings are gone; each of
    `evidence_from` would bring it.
    """

    to: Position | None
    ceilings: tuple[BindingCeiling, ...]
    weighing: Majority | None
    missing: int
    any_of: tuple[Perspective, ...]
    evidence: int
    evidence_from: tuple[Perspective, ...]


def counterfactual(area: AreaResult) -> Counterfactual | None:
    """The next step up of one area; `None` when it stands at the highest position."""
    decided = deciding_circumstances(area)
    ceilings = () if decided is None else decided.ceilings
    weighing = None if decided is None else decided.next_step
    if decided is not None and weighing is None:
        return None
    missing = 0 if weighing is None else weighing.missing
    candidates = (weighing.below if weighing and area.levels else WEIGHTED) if missing else ()
    evidence = _evidence_missing(area, ceilings)
    return Counterfactual(
        to=None if area.position is None else Position(area.position + 1),
        ceilings=ceilings,
        weighing=weighing,
        missing=missing,
        any_of=tuple(who for who in candidates if WEIGHTS[who] >= missing),
        evidence=evidence,
        evidence_from=tuple(
            who for who in WEIGHTED if evidence and who not in area.levels and WEIGHTS[who] >= evidence
        ),
    )


def _evidence_missing(area: AreaResult, gone: tuple[BindingCeiling, ...]) -> int:
    """What V0 lacks when these ceilings are gone. An account or a deviation that is left is enough."""
    left = {Ceiling.GRAVE_ACCOUNT, Ceiling.STATUTE} - {one.ceiling for one in gone}
    if any(area.ceilings.of(ceiling) < HIGHEST_LEVEL for ceiling in left):
        return 0
    return max(0, ENOUGH_WEIGHT - present_weight(area.levels))

"""How sure the position is (METHOD 2.9), in four concerns as in GRADE-CERQual.

Low confidence means: talk to more people. It never changes position, ceilings or action.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .configuration import (
    ADEQUATE_PERSPECTIVES,
    ALPHA_GOOD,
    ALPHA_TENTATIVE,
    CONCERN_PER_STEP,
    DEVIATING_TALKS_MINOR,
    DEVIATING_TALKS_MODERATE,
    FIRST_HAND_FAIR,
    FIRST_HAND_GOOD,
    PERSON_GROUPS,
)
from .inputs import Inspection
from .levels import Levels, Voices
from .results import ConfidenceParts, PairDivergence
from .scales import Confidence, Divergence, Perspective
from .severity import ActiveCoding

_SERIOUS = 3


def concerns_of(
    inspection: Inspection,
    codings: Sequence[ActiveCoding],
    said: Voices,
    levels: Levels,
    divergence: Mapping[tuple[Perspective, Perspective], PairDivergence],
    *,
    child_near: bool,
) -> ConfidenceParts:
    """The four concerns about one area, each 0–3."""
    return ConfidenceParts(
        method=_method(inspection),
        coherence=_coherence(said, divergence),
        adequacy=_adequacy(inspection.residents, codings, said, levels, child_near=child_near),
        relevance=_relevance(codings),
    )


def confidence_of(
    parts: ConfidenceParts, *, residents: int, children: int, child_near: bool, account_open: bool
) -> Confidence:
    """The confidence in one area where `children` of `residents` were heard."""
    total = parts.method + parts.coherence + parts.adequacy + parts.relevance
    steps = max(Confidence.VERY_LOW, Confidence.HIGH - total // CONCERN_PER_STEP)
    silent = child_near and children == 0
    alone = children == 1 and residents >= 2
    if silent or alone or account_open:
        steps = min(steps, Confidence.LOW)
    return Confidence(steps)


def _method(inspection: Inspection) -> int:
    return max(
        _talk_conditions(inspection),
        coding_reliability(inspection.alpha),
        0 if inspection.children_first else 1,
    )


def _talk_conditions(inspection: Inspection) -> int:
    deviating = sum(interview.deviation for interview in inspection.interviews)
    if deviating == 0:
        return 0
    share = Fraction(deviating, len(inspection.interviews))
    if share <= DEVIATING_TALKS_MINOR:
        return 1
    return 2 if share <= DEVIATING_TALKS_MODERATE else _SERIOUS


def coding_reliability(alpha: Fraction | None) -> int:
    """The concern 0–2 that the coders' agreement gives; never measured is a minor concern."""
    if alpha is None:
        return 1
    if alpha >= ALPHA_GOOD:
        return 0
    return 1 if alpha >= ALPHA_TENTATIVE else 2


def _coherence(said: Voices, divergence: Mapping[tuple[Perspective, Perspective], PairDivergence]) -> int:
    dissonant = [pair for pair, found in divergence.items() if found.kind is Divergence.DISSONANCE]
    if sum(Perspective.CHILD in pair for pair in dissonant) >= 2:
        return _SERIOUS
    if dissonant:
        return 2
    spans = (
        max(said[group].values()) - min(said[group].values()) for group in PERSON_GROUPS if group in said
    )
    return 1 if any(span >= 2 for span in spans) else 0


def _adequacy(
    residents: int, codings: Sequence[ActiveCoding], said: Voices, levels: Levels, *, child_near: bool
) -> int:
    concern = 1 if len(levels) < ADEQUATE_PERSPECTIVES else 0
    if child_near:
        children = len(said.get(Perspective.CHILD, {}))
        concern += _participation(children, residents)
        concrete = {
            active.coding.source
            for active in codings
            if active.coding.perspective is Perspective.CHILD and active.coding.concrete
        }
        concern += 1 if 2 * len(concrete) < children else 0
    return min(_SERIOUS, concern)


def _participation(children: int, residents: int) -> int:
    if children == 0:
        return _SERIOUS
    if 2 * children < residents:
        return 2
    return 1 if 3 * children < 2 * residents else 0


def _relevance(codings: Sequence[ActiveCoding]) -> int:
    sources = {active.coding.source for active in codings}
    firsthand = {active.coding.source for active in codings if active.coding.firsthand}
    if not firsthand:
        return _SERIOUS
    share = Fraction(len(firsthand), len(sources))
    if share >= FIRST_HAND_GOOD:
        return 0
    return 1 if share >= FIRST_HAND_FAIR else 2

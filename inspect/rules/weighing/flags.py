"""Flags that ask a person to do something (METHOD 2.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .configuration import ACUTE, DISCLOSURE_K
from .inputs import Catalogue
from .scales import Perspective, Position
from .severity import ActiveCoding, RequirementResult


@dataclass(frozen=True)
class Flags:
    """`acute` starts protection at once; `investigate` must be resolved by a record.

    `deepen`: check again, in practice this time. `disclosure_risk`: review before anything leaves.
    `pattern`: a person decides whether several minor matters, or one that returns, are systemic.
    """

    acute: bool
    investigate: bool
    deepen: bool
    disclosure_risk: bool
    pattern: bool


def flags_of(
    catalogue: Catalogue,
    position: Position | None,
    codings: Sequence[ActiveCoding],
    requirements: Sequence[RequirementResult],
    themes: Mapping[str, Mapping[Perspective, int]],
    *,
    pattern: bool,
) -> Flags:
    """The flags of one area. `themes` are the perspectives' levels per theme; `pattern`: patterns.py."""
    grave = [active for active in codings if active.is_grave]
    return Flags(
        acute=any(active.is_acute for active in grave)
        or any(result.severity >= ACUTE for result in requirements),
        investigate=any(active.is_open for active in grave),
        deepen=position is not None
        and position <= Position.NEEDS_IMPROVEMENT
        and all(result.severity < 2 for result in requirements)
        and _negative_themes(themes) & catalogue.covered_themes != set(),
        disclosure_risk=0 < len({active.coding.source for active in grave}) < DISCLOSURE_K,
        pattern=pattern,
    )


def _negative_themes(themes: Mapping[str, Mapping[Perspective, int]]) -> set[str]:
    """Themes on which some perspective, read as a whole, describes a significant problem."""
    return {theme for theme, levels in themes.items() if min(levels.values()) <= 2}

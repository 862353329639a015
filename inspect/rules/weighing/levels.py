"""From sources to perspectives (METHOD 2.4: P0–P3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .configuration import HALF_DIVISOR, PERSON_GROUPS, READING_DIVISOR, WEIGHTED
from .scales import Perspective
from .severity import ActiveCoding, RequirementResult, level_of_severity

Voices = Mapping[Perspective, Mapping[str, int]]
Levels = Mapping[Perspective, int]


@dataclass(frozen=True)
class ChildrenRead:
    """The children's levels read at three places: the lowest, at one third, and at one half."""

    lowest: int
    third: int
    half: int


def voices(codings: Iterable[ActiveCoding]) -> dict[Perspective, dict[str, int]]:
    """P0: each source has one voice, its lowest level. Saying a thing again changes nothing."""
    found: dict[Perspective, dict[str, int]] = {}
    for active in codings:
        of_perspective = found.setdefault(active.coding.perspective, {})
        source = active.coding.source
        of_perspective[source] = min(active.level, of_perspective.get(source, active.level))
    return found


def read_at(levels: Iterable[int], divisor: int) -> int:
    """The ceil(n / divisor)-th lowest of n levels, n at least 1."""
    ordered = sorted(levels)
    return ordered[(len(ordered) + divisor - 1) // divisor - 1]


def perspective_level(perspective: Perspective, levels: Iterable[int]) -> int:
    """P1 and P2: groups of people are read at one third, observations and documents at the worst."""
    if perspective in PERSON_GROUPS:
        return read_at(levels, READING_DIVISOR)
    return min(levels)


def perspective_levels(said: Voices, checked: Sequence[RequirementResult]) -> dict[Perspective, int]:
    """The level of each weighted perspective that is present, in the method's order.

    A perspective nobody speaks for is left out: absence is neither praise nor criticism.
    """
    found: dict[Perspective, int] = {}
    for perspective in WEIGHTED:
        if perspective is Perspective.COMPLIANCE:
            if checked:
                found[perspective] = level_of_severity(max(result.severity for result in checked))
        elif perspective in said:
            found[perspective] = perspective_level(perspective, said[perspective].values())
    return found


def read_children(levels: Sequence[int]) -> ChildrenRead | None:
    """The three readings of the children's levels, `None` when no child was heard."""
    if not levels:
        return None
    return ChildrenRead(min(levels), read_at(levels, READING_DIVISOR), read_at(levels, HALF_DIVISOR))


def theme_levels(codings: Iterable[ActiveCoding]) -> dict[str, dict[Perspective, int]]:
    """Per theme, the level of each perspective (other people excluded) that spoke about it."""
    by_theme: dict[str, list[ActiveCoding]] = {}
    for active in codings:
        if active.coding.perspective in WEIGHTED:
            by_theme.setdefault(active.coding.theme, []).append(active)
    return {
        theme: {
            perspective: perspective_level(perspective, of_perspective.values())
            for perspective, of_perspective in voices(of_theme).items()
        }
        for theme, of_theme in by_theme.items()
    }


def minority_sources(said: Voices, levels: Levels) -> dict[Perspective, tuple[str, ...]]:
    """The sources that stand below their perspective's level; perspectives without any are left out."""
    below = {
        perspective: tuple(sorted(source for source, level in said[perspective].items() if level < read))
        for perspective, read in levels.items()
        if perspective in said
    }
    return {perspective: sources for perspective, sources in below.items() if sources}

"""Minor things that may together be systemic: the flag *mönster* asks a person (method §2.8).

Nothing follows by itself. If the person finds a system, they set extent or repetition on the check,
and the deviation weighs one step more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .configuration import HIGHEST_LEVEL, PATTERN_DEVIATIONS
from .inputs import Catalogue
from .levels import theme_levels
from .results import AreaResult, Weighing
from .severity import ActiveCoding, RequirementResult, level_of_severity

#: The level of what is minor: severity 1.
_MINOR = level_of_severity(1)


@dataclass(frozen=True)
class Pattern:
    """Why a person is asked: three or more minor deviations, and minor themes that were so last time too."""

    requirements: tuple[str, ...]
    themes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.requirements or self.themes)


def pattern_of(
    catalogue: Catalogue,
    codings: Sequence[ActiveCoding],
    requirements: Sequence[RequirementResult],
    earlier_minor_themes: Collection[str] = (),
) -> Pattern:
    """The pattern in one area. `earlier_minor_themes` are those of the inspection before this one."""
    minor = tuple(result.requirement for result in requirements if result.severity == 1)
    again: set[str] = set()
    if earlier_minor_themes:
        again = set(earlier_minor_themes) & area_minor_themes(catalogue, codings, requirements)
    return Pattern(minor if len(minor) >= PATTERN_DEVIATIONS else (), tuple(sorted(again)))


def pattern_in(catalogue: Catalogue, area: AreaResult, earlier_minor_themes: Collection[str] = ()) -> Pattern:
    """The pattern behind the flag of an area that has been weighed."""
    return pattern_of(catalogue, area.codings, area.requirements, earlier_minor_themes)


def minor_themes(catalogue: Catalogue, result: Weighing) -> frozenset[str]:
    """The minor themes of a whole inspection: what the next one is to be given as its history."""
    return frozenset(
        theme
        for area in result.areas.values()
        for theme in area_minor_themes(catalogue, area.codings, area.requirements)
        if catalogue.themes[theme] == area.area
    )


def area_minor_themes(
    catalogue: Catalogue, codings: Sequence[ActiveCoding], requirements: Sequence[RequirementResult]
) -> frozenset[str]:
    """Themes on which something minor stands and nothing worse.

    Each perspective is read as it is read for an area (a group of people at one third), and a
    requirement by its severity on every theme it covers. What is worse than minor acts by itself.
    """
    lowest: dict[str, int] = {theme: min(levels.values()) for theme, levels in theme_levels(codings).items()}
    for result in requirements:
        for theme in catalogue.requirements[result.requirement]:
            level = level_of_severity(result.severity)
            lowest[theme] = min(level, lowest.get(theme, HIGHEST_LEVEL))
    return frozenset(theme for theme, level in lowest.items() if level == _MINOR)

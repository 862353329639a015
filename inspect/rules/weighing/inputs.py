"""What is weighed: one inspection, coded, and the catalogue it is coded by (METHOD 2.2).

All records are immutable. The weighing trusts them; `parsing.parse_case` is the door for
data from outside and names every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .scales import CheckResult, Perspective, Resolution, Status


@dataclass(frozen=True)
class Catalogue:
    """Themes and requirements of one kind of home.

    `themes` maps a theme to its one area, `requirements` a requirement to the themes it covers.
    Administrative areas are not close to children's daily life: nobody expects a child to have
    a view there, so silence does not lower them.
    """

    themes: Mapping[str, str]
    requirements: Mapping[str, frozenset[str]]
    administrative_areas: frozenset[str] = frozenset()

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Every area that has a theme, in alphabetical order."""
        return tuple(sorted(set(self.themes.values())))

    @cached_property
    def covered_themes(self) -> frozenset[str]:
        """The themes that at least one requirement covers."""
        return frozenset(theme for themes in self.requirements.values() for theme in themes)

    @cached_property
    def requirement_areas(self) -> Mapping[str, frozenset[str]]:
        """The areas each requirement touches."""
        return {
            requirement: frozenset(self.themes[theme] for theme in themes)
            for requirement, themes in self.requirements.items()
        }

    def is_child_near(self, area: str) -> bool:
        return area not in self.administrative_areas


@dataclass(frozen=True)
class Coding:
    """One statement, observation note or document passage, coded on one theme.

    `source` is one person's (or one document's) pseudonym, the same in all talks of the inspection.
    `severity` is 0–4; `resolution` has a meaning from severity 3.
    """

    id: str
    source: str
    perspective: Perspective
    theme: str
    severity: int
    firsthand: bool = True
    status: Status = Status.ACTIVE
    resolution: Resolution | None = None
    prompted: bool = False
    important: bool = False
    concrete: bool = True
    release: bool = False


@dataclass(frozen=True)
class Check:
    """The result for one requirement. The last five fields describe a deviation.

    `consequence` for the children 0–4; `extent` 0 isolated, 1 recurring, 2 systematic.
    """

    requirement: str
    result: CheckResult
    consequence: int = 0
    extent: int = 0
    repeated: bool = False
    fixed: bool = False
    self_reported: bool = False


@dataclass(frozen=True)
class Interview:
    """One talk; `deviation` says that its conditions departed from what the method asks for."""

    source: str
    deviation: bool = False


@dataclass(frozen=True)
class Inspection:
    """One inspection. `alpha` is the coding team's latest Krippendorff alpha, `None` if never measured."""

    id: str
    residents: int
    codings: tuple[Coding, ...] = ()
    checks: tuple[Check, ...] = ()
    interviews: tuple[Interview, ...] = ()
    alpha: Fraction | None = None
    children_first: bool = True


@dataclass(frozen=True)
class Case:
    """A catalogue and an inspection: all that the weighing needs."""

    catalogue: Catalogue
    inspection: Inspection

"""What the weighing says. Immutable; ids of codings and sources never leave the authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .ceilings import Ceilings
from .flags import Flags
from .scales import ActionTrack, Basis, Confidence, Divergence, GapClass, Perspective, Position, Word
from .severity import ActiveCoding, RequirementResult
from .trace import TraceRow


@dataclass(frozen=True)
class ConfidenceParts:
    """Four concerns: 0 none, 1 minor, 2 moderate, 3 serious."""

    method: int
    coherence: int
    adequacy: int
    relevance: int


@dataclass(frozen=True)
class PairDivergence:
    """How two perspectives stand; `difference` is first minus second, `None` at silence."""

    kind: Divergence
    difference: int | None


@dataclass(frozen=True)
class Margin:
    """How far every weight could move (as a share) before the position does; `None`: never."""

    down: Fraction | None
    up: Fraction | None


@dataclass(frozen=True)
class Stamp:
    """Which method, with which constants, on which input."""

    method: str
    version: str
    config_hash: str
    input_hash: str


@dataclass(frozen=True)
class Versions:
    """What the input was coded by: the catalogue of themes and requirements, and the code book."""

    catalogue_version: str
    code_book: str


@dataclass(frozen=True)
class AreaResult:
    """One area. `position`, `basis`, `action` and `confidence` are `None` where there is nothing to say.

    `levels` holds the present weighted perspectives. `codings`, `requirements`, `voices` and
    `minority` are the evidence behind them and identify people: they stay inside the authority.
    """

    area: str
    child_near: bool
    position: Position | None
    word: Word
    basis: Basis | None
    levels: Mapping[Perspective, int]
    base: int
    ceilings: Ceilings
    confidence: Confidence | None
    confidence_parts: ConfidenceParts | None
    action: ActionTrack | None
    flags: Flags
    minority: Mapping[Perspective, tuple[str, ...]]
    bounds: tuple[Position, Position] | None
    margin: Margin
    divergence: Mapping[tuple[Perspective, Perspective], PairDivergence]
    trace: tuple[TraceRow, ...]
    codings: tuple[ActiveCoding, ...]
    requirements: tuple[RequirementResult, ...]
    voices: Mapping[Perspective, Mapping[str, int]]

    @property
    def accounts(self) -> tuple[ActiveCoding, ...]:
        """The grave accounts, resolved or not."""
        return tuple(active for active in self.codings if active.is_grave)


@dataclass(frozen=True)
class ThemeGap:
    """One theme in the gap. `children` and `checks` are its shares of the two agendas."""

    kind: GapClass
    children: Fraction | None
    checks: Fraction | None
    children_level: int | None


@dataclass(frozen=True)
class Gap:
    """How much of what children bring up lies outside what was checked. `None` means undefined."""

    outside: Fraction | None
    no_requirement: Fraction | None
    not_checked: Fraction | None
    different_picture: Fraction | None
    distance: Fraction | None
    checks_without_voice: Fraction | None
    saturation: Fraction | None
    themes: Mapping[str, ThemeGap]


@dataclass(frozen=True)
class Weighing:
    """The result for a whole inspection. There is no overall position, on purpose (METHOD 2.15)."""

    stamp: Stamp
    areas: Mapping[str, AreaResult]
    gap: Gap
    profile: Mapping[Word, int]
    action: ActionTrack | None
    driving_areas: tuple[str, ...]

    @property
    def investigate(self) -> bool:
        return any(area.flags.investigate for area in self.areas.values())

    @property
    def acute(self) -> bool:
        return any(area.flags.acute for area in self.areas.values())

    @property
    def driving_confidence(self) -> Confidence | None:
        """The lowest confidence among the areas that drive the action."""
        known = [self.areas[area].confidence for area in self.driving_areas]
        return min((one for one in known if one is not None), default=None)

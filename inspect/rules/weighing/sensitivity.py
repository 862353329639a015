"""How easily a position would have been another one (method §2.14, K1–K7).

Computed when somebody asks, never in `weigh`. What single codings and sources would change (K5,
K6) points at people and stays inside the authority. Sensitivity moves no position.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from ....models.vocabulary import N_, Titled
from .admissible_weights import Counts, level_counts, neighbouring_counts
from .ceilings import account_ceiling
from .configuration import ACUTE, HALF_DIVISOR, PERSON_GROUPS, READING_DIVISOR
from .inputs import Catalogue, Coding, Inspection
from .levels import ChildrenRead, Voices, perspective_levels, read_at, voices
from .results import AreaResult, Margin, Weighing
from .scales import Basis, Perspective, Position
from .severity import ActiveCoding, RequirementResult, active_codings
from .state_table import weighed_state

#: K4: groups of people read at one fourth, one third and one half.
READING_DIVISORS = (4, 3, 2)
_AS_TOLD: Mapping[str, Sequence[Coding]] = {}
SENSITIVE_BELOW = Fraction(1, 10)
ROBUST_FROM = Fraction(1, 4)


class Stability(Titled):
    """How firmly a position stands."""

    SENSITIVE = "känslig", N_("Sensitive")
    STABLE = "stabil", N_("Stable")
    ROBUST = "robust", N_("Robust")


@dataclass(frozen=True)
class CodingFlip:
    """K5: with this coding one step milder (-1) or graver (+1) the position would be another one."""

    coding: str
    step: int
    position: Position | None


@dataclass(frozen=True)
class SourceFlip:
    """K6: without this source the position would be another one."""

    source: str
    position: Position | None


@dataclass(frozen=True)
class Sensitivity:
    """The tests of one area that has a position.

    `weight_steps` and `admissible` are the shares of weights that give the same position (K2, K3);
    `readings` the position per reading divisor 4, 3, 2 (K4). `codings` and `sources` identify people:
    they never leave the authority. `carried_by` is the one source whose grave account holds the
    position down by itself: it is meant to flip, and is to be called "carried by a single
    account, not to be weighed away" instead of uncertain.
    """

    margin: Margin
    weight_steps: Fraction
    admissible: Fraction
    readings: Mapping[int, Position | None]
    codings: tuple[CodingFlip, ...]
    sources: tuple[SourceFlip, ...]
    bounds: tuple[Position, Position] | None
    carried_by: str | None
    word: Stability


def sensitivity_of(catalogue: Catalogue, inspection: Inspection, result: Weighing) -> dict[str, Sensitivity]:
    """The sensitivity of every area with a position. `result` must be the weighing of this very input."""
    by_theme: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in inspection.codings:
        by_theme[coding.theme].append(coding)
    found = {}
    for name, area in result.areas.items():
        if area.position is not None:
            told = {theme: of for theme, of in by_theme.items() if catalogue.themes[theme] == name}
            found[name] = _area(_Evidence(catalogue, area, told), area, area.position)
    return found


@dataclass(frozen=True)
class _Evidence:
    """What one area rests on, theme by theme. A coding corroborates within its theme only (S4)."""

    catalogue: Catalogue
    area: AreaResult
    told: Mapping[str, Sequence[Coding]]

    @cached_property
    def checked(self) -> Mapping[str, RequirementResult]:
        """The requirements that touch the area, which are all that can corroborate in it."""
        return {result.requirement: result for result in self.area.requirements}

    @cached_property
    def standing(self) -> Mapping[str, tuple[ActiveCoding, ...]]:
        return {theme: self._active(codings) for theme, codings in self.told.items()}

    def position(
        self, instead: Mapping[str, Sequence[Coding]] = _AS_TOLD, divisor: int = READING_DIVISOR
    ) -> Position | None:
        """The position with other codings on the themes in `instead`, and groups read at one `divisor`-th."""
        active = [
            one
            for theme, standing in self.standing.items()
            for one in (self._active(instead[theme]) if theme in instead else standing)
        ]
        said = voices(active)
        levels = perspective_levels(said, self.area.requirements)
        if divisor != READING_DIVISOR:
            levels |= {who: read_at(said[who].values(), divisor) for who in PERSON_GROUPS if who in said}
        return weighed_state(
            _children(said, divisor),
            levels,
            account=account_ceiling(active),
            child_near=self.area.child_near,
        ).position

    def _active(self, codings: Sequence[Coding]) -> tuple[ActiveCoding, ...]:
        return active_codings(self.catalogue, codings, self.checked)


def _area(evidence: _Evidence, area: AreaResult, position: Position) -> Sensitivity:
    limit = area.ceilings.lowest()
    readings = {divisor: evidence.position(divisor=divisor) for divisor in READING_DIVISORS}
    codings = _coding_flips(evidence, position)
    sources = _source_flips(evidence, position)
    return Sensitivity(
        margin=area.margin,
        weight_steps=_same(neighbouring_counts(area.levels), limit, position),
        admissible=_same(level_counts(area.levels), limit, position),
        readings=readings,
        codings=codings,
        sources=sources,
        bounds=area.bounds,
        carried_by=_carried_by(area, position, sources),
        word=_word(area.margin, set(readings.values()) == {position}, flips=bool(codings or sources)),
    )


def _children(said: Voices, divisor: int) -> ChildrenRead | None:
    """The children's readings, with the one at one third moved to one `divisor`-th.

    The same reading decides their level and their ceiling: the method lines the children up once.
    """
    levels = list(said.get(Perspective.CHILD, {}).values())
    if not levels:
        return None
    return ChildrenRead(min(levels), read_at(levels, divisor), read_at(levels, HALF_DIVISOR))


def _same(counts: Counts, limit: int, position: Position) -> Fraction:
    """The share of weight vectors under which the position is the same, the ceilings being what they are."""
    same = sum(count for level, count in enumerate(counts, start=1) if min(level, limit) == position)
    return Fraction(same, sum(counts))


def _coding_flips(evidence: _Evidence, position: Position) -> tuple[CodingFlip, ...]:
    found = []
    for theme, codings in evidence.told.items():
        for place, coding in enumerate(codings):
            for step in (-1, 1):
                if 0 <= coding.severity + step <= ACUTE:
                    moved = replace(coding, severity=coding.severity + step)
                    after = evidence.position({theme: [*codings[:place], moved, *codings[place + 1 :]]})
                    if after != position:
                        found.append(CodingFlip(coding.id, step, after))
    return tuple(sorted(found, key=lambda flip: (flip.coding, flip.step)))


def _source_flips(evidence: _Evidence, position: Position) -> tuple[SourceFlip, ...]:
    found = []
    for source in sorted({coding.source for codings in evidence.told.values() for coding in codings}):
        without = {
            theme: [coding for coding in codings if coding.source != source]
            for theme, codings in evidence.told.items()
            if any(coding.source == source for coding in codings)
        }
        after = evidence.position(without)
        if after != position:
            found.append(SourceFlip(source, after))
    return tuple(found)


def _carried_by(area: AreaResult, position: Position, flips: Sequence[SourceFlip]) -> str | None:
    """The source whose grave account alone holds the position, `None` where it does not rest on one."""
    if area.basis not in (Basis.ACCOUNT_INVESTIGATED, Basis.CORROBORATED_ACCOUNT):
        return None
    behind = {one.coding.source for one in area.accounts if one.at_most == position}
    flipping = {flip.source for flip in flips}
    return next(iter(behind)) if len(behind) == 1 and behind <= flipping else None


def _word(margin: Margin, same_readings: bool, *, flips: bool) -> Stability:
    least = min((one for one in (margin.down, margin.up) if one is not None), default=None)
    if not same_readings or (least is not None and least < SENSITIVE_BELOW):
        return Stability.SENSITIVE
    if not flips and (least is None or least >= ROBUST_FROM):
        return Stability.ROBUST
    return Stability.STABLE

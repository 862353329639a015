"""From raw codings and checks to what counts, and how much (METHOD 2.3: S2–S5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .configuration import (
    ACUTE,
    DIRECT_EVIDENCE,
    GRAVE,
    HIGHEST_LEVEL,
    T1_ACUTE_FIRST_HAND,
    T1_CORROBORATED,
    T1_NOT_CONFIRMED,
    T1_OPEN,
)
from .inputs import Catalogue, Check, Coding
from .scales import CheckResult, Resolution, Status


@dataclass(frozen=True)
class ActiveCoding:
    """A coding that counts, with what the rules make of it.

    `effective` is its severity after S3, `corroborated` the outcome of S4 (only from severity 3),
    `level` its level 1–4 in the weighing after S5.
    """

    coding: Coding
    effective: int
    corroborated: bool
    level: int

    @property
    def is_grave(self) -> bool:
        return self.coding.severity >= GRAVE

    @property
    def is_open(self) -> bool:
        """A grave account that nothing supports yet and nobody has investigated to an end."""
        return self.is_grave and self.coding.resolution is None and not self.corroborated

    @property
    def is_acute(self) -> bool:
        cleared = self.coding.resolution is Resolution.NOT_CONFIRMED and not self.corroborated
        return self.coding.severity >= ACUTE and not cleared

    @property
    def at_most(self) -> int:
        """The highest position this one account allows (T1); 4 when it is not grave."""
        if not self.is_grave:
            return HIGHEST_LEVEL
        if self.corroborated:
            return T1_CORROBORATED
        if self.coding.resolution is Resolution.NOT_CONFIRMED:
            return T1_NOT_CONFIRMED
        if self.coding.severity >= ACUTE and self.coding.firsthand:
            return T1_ACUTE_FIRST_HAND
        return T1_OPEN


@dataclass(frozen=True)
class RequirementResult:
    """A checked requirement: its derived severity 0–4, 0 when it is met.

    `learning` is true for a deviation the home had found itself and that is not a repetition.
    """

    requirement: str
    severity: int
    learning: bool


def level_of_severity(severity: int) -> int:
    """The level 4–1 that a severity 0–4 corresponds to."""
    return HIGHEST_LEVEL - min(3, severity)


def deviation_severity(*, consequence: int, extent: int, repeated: bool, fixed: bool) -> int:
    """S2: the severity of a deviation. It is always derived, never typed in.

    What harms children counts as what it is; a trifle put right on the spot is overlooked; what is
    systematic or has been raised before weighs one step more, never two.
    """
    if consequence >= GRAVE:
        return consequence
    if fixed and consequence <= 1 and extent == 0 and not repeated:
        return 0
    return consequence + 1 if extent == 2 or repeated else consequence


def checked_requirements(checks: Iterable[Check]) -> dict[str, RequirementResult]:
    """The checked, applicable requirements. Of several results for one, the worst counts."""
    worst: dict[str, RequirementResult] = {}
    for check in checks:
        if check.result not in (CheckResult.MET, CheckResult.DEVIATION):
            continue
        found = RequirementResult(check.requirement, _severity_of(check), _is_learning(check))
        known = worst.get(check.requirement)
        if known is None or _badness(found) > _badness(known):
            worst[check.requirement] = found
    return worst


def active_codings(
    catalogue: Catalogue, codings: Iterable[Coding], checked: Mapping[str, RequirementResult]
) -> tuple[ActiveCoding, ...]:
    """S3–S5 over a whole inspection: the codings that count, in the order of their ids."""
    remaining = [
        (coding, effective)
        for coding in sorted(codings, key=lambda coding: coding.id)
        if (effective := _effective_severity(coding)) is not None
    ]
    witnesses = _witnesses_by_theme(remaining)
    failed = {
        theme
        for result in checked.values()
        if result.severity >= 2
        for theme in catalogue.requirements[result.requirement]
    }
    active = []
    for coding, effective in remaining:
        corroborated = coding.severity >= GRAVE and (
            coding.resolution is Resolution.CONFIRMED
            or coding.perspective in DIRECT_EVIDENCE
            or coding.theme in failed
            or bool(witnesses[coding.theme] - {coding.source})
        )
        level = _coding_level(coding, effective, corroborated)
        active.append(ActiveCoding(coding, effective, corroborated, level))
    return tuple(active)


def _severity_of(check: Check) -> int:
    if check.result is CheckResult.MET:
        return 0
    return deviation_severity(
        consequence=check.consequence, extent=check.extent, repeated=check.repeated, fixed=check.fixed
    )


def _is_learning(check: Check) -> bool:
    return check.self_reported and not check.repeated


def _badness(result: RequirementResult) -> tuple[int, bool]:
    return (result.severity, not result.learning)


def _effective_severity(coding: Coding) -> int | None:
    """S3: the severity that counts, or `None` when the coding no longer counts at all.

    A grave account stays however it is withdrawn or closed: taking back is common among
    accounts that are later substantiated.
    """
    if coding.resolution is Resolution.REFUTED:
        return None
    if coding.severity >= GRAVE:
        return 2 if coding.resolution is Resolution.NOT_CONFIRMED else coding.severity
    if coding.status is Status.WITHDRAWN:
        return None
    return 0 if coding.status is Status.CLOSED else coding.severity


def _witnesses_by_theme(remaining: Iterable[tuple[Coding, int]]) -> defaultdict[str, set[str]]:
    """Per theme, the sources whose own word can corroborate somebody else's (S4)."""
    witnesses: defaultdict[str, set[str]] = defaultdict(set)
    for coding, effective in remaining:
        if effective >= 2 and (coding.firsthand or coding.perspective in DIRECT_EVIDENCE):
            witnesses[coding.theme].add(coding.source)
    return witnesses


def _coding_level(coding: Coding, effective: int, corroborated: bool) -> int:
    """S5. The gravity of an unproved account is carried by its ceiling, not by its vote."""
    if coding.severity < GRAVE:
        return level_of_severity(effective)
    acute_and_seen = (
        coding.severity >= ACUTE and coding.firsthand and coding.resolution is not Resolution.NOT_CONFIRMED
    )
    return 1 if corroborated or acute_and_seen else 2

"""Overrides as records: a chain that shows tampering, and what overrides say about the rules (method §8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from ...models.vocabulary import OverrideReason
from .weighing import Position
from .weighing.stamp import canonical_json

#: Overridden in more than this share of its bindings, a rule is one to revise.
REVISE_ABOVE = Fraction(15, 100)


@dataclass(frozen=True, slots=True)
class Link:
    """One record of a chain as it was stored. `record` holds plain JSON values, times as ISO text."""

    previous: str
    record: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Binding:
    """One computed position: the rule that made it, and what a person decided, if anybody did.

    `reason` is `None` where the computed position stood. Positions are `None` for "cannot be assessed yet".
    `times`: so many areas are alike in all this.
    """

    rule: str
    computed: Position | None
    decided: Position | None
    reason: OverrideReason | None = None
    unit: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Directions:
    """How often overrides went up, down, and to or from "cannot be assessed yet"."""

    up: int = 0
    down: int = 0
    unassessed: int = 0

    @property
    def overrides(self) -> int:
        return self.up + self.down + self.unassessed


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How often one rule made the position, and how often a person decided otherwise."""

    rule: str
    bindings: int
    directions: Directions

    @property
    def share(self) -> Fraction:
        return Fraction(self.directions.overrides, self.bindings)

    @property
    def to_revise(self) -> bool:
        """The rule is to be looked at by the method council; not the supervisor to be corrected."""
        return self.share > REVISE_ABOVE


def record_hash(previous: str, record: Mapping[str, object]) -> str:
    """SHA-256 (hex) of the previous hash followed by the record's canonical JSON. The first has ""."""
    return sha256((previous + canonical_json(record)).encode("ascii")).hexdigest()


def verify_chain(links: Sequence[Link]) -> tuple[int, ...]:
    """The places, from 0, of links that do not fit; empty when nothing was changed, moved or taken out.

    What is cut off at the end cannot be seen from the chain alone: compare the last hash with a copy.
    """
    broken = []
    previous = ""
    for place, link in enumerate(links):
        if link.previous != previous or link.hash != record_hash(link.previous, link.record):
            broken.append(place)
        previous = link.hash
    return tuple(broken)


def rule_use(bindings: Iterable[Binding]) -> tuple[RuleUse, ...]:
    """Per rule that made a position: how often, and how often and where to it was overridden."""
    by_rule: dict[str, list[Binding]] = {}
    for binding in bindings:
        by_rule.setdefault(binding.rule, []).append(binding)
    return tuple(
        RuleUse(rule, sum(one.times for one in found), _directions(found))
        for rule, found in sorted(by_rule.items())
    )


def directions_by_reason(bindings: Iterable[Binding]) -> dict[OverrideReason, Directions]:
    """Per reason code that was given: how often overrides went up, down or elsewhere."""
    overridden = [binding for binding in bindings if binding.reason is not None]
    return {
        reason: _directions([one for one in overridden if one.reason is reason])
        for reason in OverrideReason
        if any(one.reason is reason for one in overridden)
    }


def directions_by_unit(bindings: Iterable[Binding]) -> dict[str, Directions]:
    """Per unit of the authority: how often overrides went up, down or elsewhere."""
    found = list(bindings)
    units = sorted({binding.unit for binding in found})
    return {unit: _directions([one for one in found if one.unit == unit]) for unit in units}


def _directions(bindings: Iterable[Binding]) -> Directions:
    up = down = unassessed = 0
    for binding in bindings:
        if binding.reason is None:
            continue
        if binding.computed is None or binding.decided is None:
            unassessed += binding.times
        elif binding.decided > binding.computed:
            up += binding.times
        else:
            down += binding.times
    return Directions(up, down, unassessed)

"""How the method and people differ: overrides per rule and reason, own views beside computed ones (§8).

It looks at rules, never at homes or persons: no home is named, nothing is ranked, and a number so small
that it would point at somebody is not given.
"""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from ...models.assessments import WeighedArea, WeighingRun
from ...models.overrides import Override
from ...models.reached_rows import MONITORING
from ...models.vocabulary import N_, OverrideReason
from ..errors import NotAllowed
from ..outside.reach import reaching_also
from ..rules.access import Actor, Permission, may
from ..rules.override_records import Binding, Directions, RuleUse, directions_by_reason, rule_use
from ..rules.weighing import Position
from ..rules.weighing.configuration import DISCLOSURE_K

FEWEST_BINDINGS = 5
"""A share of fewer areas than this says nothing about a rule, and much about a case."""


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """One rule that made positions. `share` is None where the numbers are too small to be given.

    `to_revise`: overridden in more than the share that the method sets; a matter for its council.
    """

    rule: str
    bindings: int
    overrides: int | None
    directions: Directions | None
    share: Fraction | None
    to_revise: bool
    differing: Fraction | None
    """The share of areas where the official's own view was another than the computed one."""


@dataclass(frozen=True, slots=True)
class OwnViews:
    """How own views lay to the computed ones, as shares of the areas where both gave a position.

    The direction is None where one of the two is so seldom that it would point at somebody.
    """

    areas: int
    same: Fraction
    better: Fraction | None
    worse: Fraction | None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Figures over the latest weighing of each case, per method version."""

    cases: int
    rules: tuple[RuleFigures, ...]
    reasons: dict[OverrideReason, Directions | None]
    own: OwnViews | None


def monitor_overrides(db: Session, *, actor: Actor) -> Monitoring:
    """The figures of the whole authority, as they stand. Raises NotAllowed to others than supervisors."""
    if not may(actor, Permission.SEE_MONITORING):
        raise NotAllowed(N_("Only supervisors see how the method is used."))
    with reaching_also(db, MONITORING):  # figures of all cases, and never of one
        cases, areas = _latest_areas(db)
    bindings = [one.binding for one in areas]
    return Monitoring(
        cases=cases,
        rules=tuple(_figures(use, areas) for use in rule_use(bindings)),
        reasons={
            reason: directions if directions.overrides >= DISCLOSURE_K else None
            for reason, directions in directions_by_reason(bindings).items()
        },
        own=_own_views(areas),
    )


@dataclass(frozen=True, slots=True)
class _Areas:
    """Areas that are alike. `own`: the view that officials had before they saw what was computed."""

    binding: Binding
    position: int | None
    own: int | None

    @property
    def times(self) -> int:
        return self.binding.times


def _latest_areas(db: Session) -> tuple[int, list[_Areas]]:
    """How many cases have a kept weighing, and the areas of the latest of each that something is known about.

    Counted by the database: so many rows as there are combinations, however many cases there have been.
    """
    latest = (
        select(WeighingRun.inspection_id, func.max(WeighingRun.at).label("at"))
        .group_by(WeighingRun.inspection_id)
        .subquery()
    )
    # The latest decided position of each area and evidence that does not wait for a second person.
    decided = (
        select(
            Override.inspection_id,
            Override.area,
            Override.input_hash,
            func.max(Override.number).label("number"),
        )
        .where(or_(~Override.needs_countersign, Override.countersigned_by_id.is_not(None)))
        .group_by(Override.inspection_id, Override.area, Override.input_hash)
        .subquery()
    )
    known = (
        select(WeighingRun.inspection_id)
        .join(latest, (latest.c.inspection_id == WeighingRun.inspection_id) & (latest.c.at == WeighingRun.at))
        .join(WeighedArea, WeighedArea.run_id == WeighingRun.id)
        .where(WeighedArea.binding_rule != "")
    )
    alike = (
        WeighedArea.binding_rule, WeighedArea.position, WeighedArea.own, Override.decided,
        Override.reason_code,
    )  # fmt: skip
    rows = db.execute(
        known.outerjoin(
            decided,
            and_(
                decided.c.inspection_id == WeighingRun.inspection_id,
                decided.c.area == WeighedArea.area,
                decided.c.input_hash == WeighingRun.input_hash,
            ),
        )
        .outerjoin(
            Override,
            and_(Override.inspection_id == decided.c.inspection_id, Override.number == decided.c.number),
        )
        .with_only_columns(*alike, func.count())
        .group_by(*alike)
    )
    cases = db.scalar(known.with_only_columns(func.count(distinct(WeighingRun.inspection_id)))) or 0
    return cases, [
        _Areas(_binding(rule, position, other, reason, times), position, own)
        for rule, position, own, other, reason, times in rows
    ]


def _binding(
    rule: str, position: int | None, decided: int | None, reason: OverrideReason | None, times: int
) -> Binding:
    computed = _position(position)
    return Binding(rule, computed, computed if reason is None else _position(decided), reason, times=times)


def _position(code: int | None) -> Position | None:
    return None if code is None else Position(code)


def _figures(use: RuleUse, rows: list[_Areas]) -> RuleFigures:
    many = use.bindings >= FEWEST_BINDINGS
    count = use.directions.overrides
    told = many and (count == 0 or count >= DISCLOSURE_K)
    mine = [row for row in rows if row.binding.rule == use.rule]
    other = sum(row.times for row in mine if row.own != row.position)
    return RuleFigures(
        rule=use.rule,
        bindings=use.bindings,
        overrides=count if told else None,
        directions=use.directions if told else None,
        share=use.share if told else None,
        to_revise=told and use.to_revise,
        differing=_share(other, sum(row.times for row in mine)) if many else None,
    )


def _own_views(rows: list[_Areas]) -> OwnViews | None:
    both = [
        (one.own, one.position, one.times) for one in rows if one.own is not None and one.position is not None
    ]
    areas = sum(times for _own, _position, times in both)
    better = sum(times for own, position, times in both if own > position)
    worse = sum(times for own, position, times in both if own < position)
    differing = _share(better + worse, areas)
    if areas < FEWEST_BINDINGS or differing is None:
        return None
    ways = (_share(better, areas), _share(worse, areas))
    told = ways if None not in ways else (None, None)
    return OwnViews(areas=areas, same=1 - differing, better=told[0], worse=told[1])


def _share(count: int, of: int) -> Fraction | None:
    """None where so few stand behind it that it would point at somebody."""
    return Fraction(count, of) if of and (count == 0 or count >= DISCLOSURE_K) else None

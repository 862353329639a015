"""How the method and people differ: overrides per rule and reason, own views beside computed ones (§8).

It looks at rules, never at homes or persons: no home is named, nothing is ranked, and a number so small
that it would point at somebody is not given.
"""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select
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
        rows = _latest_areas(db)
        decided = _standing(db)
    bindings = [_binding(row, decided) for row in rows]
    return Monitoring(
        cases=len({row.inspection_id for row in rows}),
        rules=tuple(_figures(use, rows) for use in rule_use(bindings)),
        reasons={
            reason: directions if directions.overrides >= DISCLOSURE_K else None
            for reason, directions in directions_by_reason(bindings).items()
        },
        own=_own_views(rows),
    )


@dataclass(frozen=True, slots=True)
class _Area:
    inspection_id: UUID
    input_hash: str
    area: str
    rule: str
    position: int | None
    own: int | None


def _latest_areas(db: Session) -> list[_Area]:
    """The areas of the latest kept weighing of each case that something is known about."""
    latest = (
        select(WeighingRun.inspection_id, func.max(WeighingRun.at).label("at"))
        .group_by(WeighingRun.inspection_id)
        .subquery()
    )
    rows = db.execute(
        select(
            WeighingRun.inspection_id, WeighingRun.input_hash, WeighedArea.area, WeighedArea.binding_rule,
            WeighedArea.position, WeighedArea.own,
        )
        .join(latest, (latest.c.inspection_id == WeighingRun.inspection_id) & (latest.c.at == WeighingRun.at))
        .join(WeighedArea, WeighedArea.run_id == WeighingRun.id)
        .where(WeighedArea.binding_rule != "")
    )  # fmt: skip
    return [_Area(*row) for row in rows]


def _standing(db: Session) -> dict[tuple[UUID, str, str], Override]:
    """The latest decided position of each area and evidence that is not waiting for a second person."""
    rows = db.scalars(select(Override).order_by(Override.number))
    return {
        (row.inspection_id, row.area, row.input_hash): row
        for row in rows
        if not row.needs_countersign or row.countersigned_by_id is not None
    }


def _binding(row: _Area, decided: dict[tuple[UUID, str, str], Override]) -> Binding:
    other = decided.get((row.inspection_id, row.area, row.input_hash))
    computed = _position(row.position)
    return Binding(
        rule=row.rule,
        computed=computed,
        decided=_position(other.decided) if other else computed,
        reason=other.reason_code if other else None,
    )


def _position(code: int | None) -> Position | None:
    return None if code is None else Position(code)


def _figures(use: RuleUse, rows: list[_Area]) -> RuleFigures:
    many = use.bindings >= FEWEST_BINDINGS
    count = use.directions.overrides
    told = many and (count == 0 or count >= DISCLOSURE_K)
    mine = [row for row in rows if row.rule == use.rule]
    return RuleFigures(
        rule=use.rule,
        bindings=use.bindings,
        overrides=count if told else None,
        directions=use.directions if told else None,
        share=use.share if told else None,
        to_revise=told and use.to_revise,
        differing=_share(sum(row.own != row.position for row in mine), len(mine)) if many else None,
    )


def _own_views(rows: list[_Area]) -> OwnViews | None:
    both = [(row.own, row.position) for row in rows if row.own is not None and row.position is not None]
    better = sum(own > position for own, position in both)
    worse = sum(own < position for own, position in both)
    differing = _share(better + worse, len(both))
    if len(both) < FEWEST_BINDINGS or differing is None:
        return None
    ways = (_share(better, len(both)), _share(worse, len(both)))
    told = ways if None not in ways else (None, None)
    return OwnViews(areas=len(both), same=1 - differing, better=told[0], worse=told[1])


def _share(count: int, of: int) -> Fraction | None:
    """None where so few stand behind it that it would point at somebody."""
    return Fraction(count, of) if of and (count == 0 or count >= DISCLOSURE_K) else None

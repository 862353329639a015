"""What to visit: where each home stands with the yearly duty, what speaks for a visit, what is planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.guide import activities
from ...models.among import among
from ...models.inspections import Inspection
from ...models.planning_words import VisitReason
from ...models.reached_rows import REASONS
from ...models.register import Home
from ...models.vocabulary import N_
from ..errors import NotAllowed
from ..outside.reach import reaching_also
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT
from ..rules.visit_reasons import Spoken, spoken
from ..rules.yearly_duty import SOON, Counted, Duty, DutyState, earliest_within, yearly_duty
from .find_inspection import seen_in_list
from .find_visit_reasons import Asking, counted_since, find_reasons, homes_with
from .long_lists import Order, Paged
from .search_register import home_matches
from .turn_pages import FIRST, Place, in_order_of, turn_to

SORTED_BY: dict[str, tuple[Any, ...]] = {
    "visit": (counted_since,),
    "home": (Home.search_key,),
    "municipality": (Home.municipality, Home.search_key),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which homes; all may be left out. `planned`: whether a visit that the reader may see is planned."""

    text: str = ""
    duty: DutyState | None = None
    reason: VisitReason | None = None
    planned: bool | None = None


@dataclass(frozen=True, slots=True)
class HomeToVisit:
    """`duty` is None of a kind of activity that the law lays down no interval for."""

    home: Home
    duty: Duty | None
    reasons: tuple[Spoken, ...]
    planned: tuple[Inspection, ...]


def list_homes_to_visit(
    db: Session, asking: Asking, wanted: Wanted, *, order: Order, place: Place = FIRST
) -> Paged[HomeToVisit]:
    """Homes that are open, in an order of time, name or place; never of how much speaks for a visit.

    Raises NotAllowed.
    """
    if not may(asking.actor, Permission.PLAN_INSPECTION):
        raise NotAllowed(N_("This is for inspectors and supervisors, who plan inspections."))
    is_open = or_(Home.closed_on.is_(None), Home.closed_on >= asking.today)
    with reaching_also(db, REASONS):
        chosen = select(Home.id).where(is_open, *_conditions(db, asking, wanted))
        page = turn_to(db, chosen, order, SORTED_BY, place, rows_of=select(Home.id))
    found = db.scalars(select(Home).where(among(Home.id, page.rows)).options(selectinload(Home.provider)))
    homes = {one.home.id: one for one in look_at_homes(db, asking, found.all())}
    return in_order_of(page, homes)


def look_at_homes(db: Session, asking: Asking, homes: Collection[Home]) -> tuple[HomeToVisit, ...]:
    """These homes with duty, reasons and what is planned."""
    keys = [home.id for home in homes]
    with reaching_also(db, REASONS):  # each tells of a case no more than that there is such a thing
        reasons = find_reasons(db, asking, keys)
    planned = _planned(db, asking.actor, keys)
    return tuple(
        HomeToVisit(
            home,
            duty_of(home, asking.today),
            spoken(reasons[home.id], asking.weighting),
            tuple(planned.get(home.id, ())),
        )
        for home in homes
    )


def duty_of(home: Home, today: date) -> Duty | None:
    """Where a home stands with its duty today; None when the law lays down no interval for its kind."""
    activity = next((one for one in activities() if one.id == home.kind), None)
    if activity is None or activity.inspected_within_months is None:
        return None
    return yearly_duty(
        Counted(home.last_visit_on, home.opened_on),
        months=activity.inspected_within_months,
        law=activity.inspected_by_law,
        today=today,
    )


def _planned(db: Session, actor: Actor, homes: Collection[UUID]) -> Mapping[UUID, list[Inspection]]:
    found: dict[UUID, list[Inspection]] = {}
    for inspection in db.scalars(
        select(Inspection)
        .where(among(Inspection.home_id, list(homes)), _is_planned(actor))
        .order_by(Inspection.planned_on, Inspection.id)
    ):
        found.setdefault(inspection.home_id, []).append(inspection)
    return found


def _is_planned(actor: Actor) -> ColumnElement[bool]:
    """Ahead, and such that the reader may know of it: an unannounced visit is its team's only (OSL 17:1)."""
    return and_(
        Inspection.state.in_(BEFORE_THE_VISIT), Inspection.visit_started_at.is_(None), seen_in_list(actor)
    )


def _conditions(db: Session, asking: Asking, wanted: Wanted) -> list[ColumnElement[bool]]:
    said = list(home_matches(wanted.text))
    if wanted.duty is not None:
        said.append(_stands(wanted.duty, asking.today))
    if wanted.reason is not None:
        said.append(homes_with(db, asking, wanted.reason))
    if wanted.planned is not None:
        ahead = select(Inspection.home_id).where(_is_planned(asking.actor))
        said.append(Home.id.in_(ahead) if wanted.planned else Home.id.not_in(ahead))
    return said


def _stands(state: DutyState, today: date) -> ColumnElement[bool]:
    """The same rule as `yearly_duty`, as SQL, for each kind of activity with a duty."""
    kinds = [(one.id, one.inspected_within_months) for one in activities() if one.inspected_within_months]
    said: list[ColumnElement[bool]] = []
    for kind, months in kinds:
        overdue = earliest_within(today, months or 0)
        due = earliest_within(today + timedelta(days=SOON), months or 0)
        stands = {
            DutyState.OVERDUE: counted_since < overdue,
            DutyState.DUE: and_(counted_since >= overdue, counted_since < due),
            DutyState.IN_TIME: counted_since >= due,
        }
        said.append(and_(Home.kind == kind, stands[state]))
    return or_(*said) if said else false()

"""Lead times of the cases that a supervisor sees, and what waits now, for how long and on whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Float, and_, case, cast, exists, func, select
from sqlalchemy.orm import Session, joinedload

from ...models.asked_of_provider import ProviderTime, TimeFor
from ...models.inspections import Inspection, StateChange, TeamMember
from ...models.vocabulary import N_, State, TeamRole
from ..errors import NotAllowed
from ..rules.access import Actor, Permission, may
from ..rules.lead_times import HALF, NINE_OF_TEN, WAITS_ON, LeadTime, hours_told, lead_time, rank_of
from .find_inspection import seen_in_list

PERIOD = timedelta(days=365)
LONGEST_SHOWN = 10
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open cases stand in a step, and since when the one that has stood there longest."""

    cases: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a year: how long each step took; of now: what waits in each, and what has waited longest."""

    since: datetime
    times: Mapping[State, LeadTime]
    waiting: Mapping[State, Waiting]
    oldest: Sequence[Inspection]
    burden: Mapping[TimeFor, LeadTime]
    """The provider's time for each part, in hours, as told by those who have told it."""
    hours: float
    """Sum of the hours told of."""


def measure_lead_times(db: Session, *, actor: Actor, own_unit: bool, now: datetime) -> Figures:
    """Figures of the last year. `own_unit`: only of cases in which the actor is decision-maker.

    Only of cases that the actor may know of: of an unannounced visit ahead not even a number (OSL 17:1).
    Raises NotAllowed.
    """
    if not may(actor, Permission.SEE_MONITORING):
        raise NotAllowed(N_("Lead times are shown to supervisors."))
    seen = and_(seen_in_list(actor), _decided_by(actor.user_id)) if own_unit else seen_in_list(actor)
    since = now - PERIOD
    per_state = db.execute(
        select(Inspection.state, func.count(), func.min(Inspection.state_since))
        .where(seen, Inspection.state.in_(list(WAITS_ON)))
        .group_by(Inspection.state)
    )
    waiting = {state: Waiting(number, oldest) for state, number, oldest in per_state}
    oldest = db.scalars(
        select(Inspection)
        .where(seen, Inspection.state.in_(list(WAITS_ON)))
        .options(joinedload(Inspection.home))
        .order_by(Inspection.state_since)
        .limit(LONGEST_SHOWN)
    ).all()
    told = db.execute(
        select(ProviderTime.spent_on, ProviderTime.minutes)
        .join(Inspection, Inspection.id == ProviderTime.inspection_id)
        .where(seen, ProviderTime.told_at >= since)
    ).all()
    return Figures(
        since=since,
        times=_times(db, seen, since),
        waiting={state: waiting[state] for state in WAITS_ON if state in waiting},
        oldest=oldest,
        burden=hours_told((part, minutes / 60) for part, minutes in told),
        hours=sum(minutes for _part, minutes in told) / 60,
    )


def _decided_by(user_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        TeamMember.inspection_id == Inspection.id,
        TeamMember.user_id == user_id,
        TeamMember.role == TeamRole.DECISION_MAKER,
        ~TeamMember.has_conflict,
    )


def _times(db: Session, seen: ColumnElement[bool], since: datetime) -> dict[State, LeadTime]:
    """Of each step that was left since then: days in it. The database ranks them: a year has many."""
    earlier = StateChange.__table__.alias("earlier")
    began = (
        select(func.max(earlier.c.at))
        .where(earlier.c.inspection_id == StateChange.inspection_id, earlier.c.at < StateChange.at)
        .correlate(StateChange)
        .scalar_subquery()
    )
    days = _days_between(db, func.coalesce(began, Inspection.created_at), StateChange.at)
    stays = (
        select(StateChange.from_state.label("state"), days.label("days"))
        .join(Inspection, Inspection.id == StateChange.inspection_id)
        .where(seen, StateChange.at >= since)
        .subquery()
    )
    state = stays.c.state
    ranked = select(
        state,
        stays.c.days,
        func.row_number().over(partition_by=state, order_by=stays.c.days).label("rank"),
        func.count().over(partition_by=state).label("number"),
    ).subquery()
    places = [rank_of(share, ranked.c.number) for share in (HALF, NINE_OF_TEN)]
    found = db.execute(
        select(
            ranked.c.state,
            func.max(ranked.c.number),
            *(func.max(case((ranked.c.rank == place, ranked.c.days))) for place in places),
        ).group_by(ranked.c.state)
    )
    times = {state: lead_time(number, median, most) for state, number, median, most in found}
    return {state: times[state] for state in WAITS_ON if state in times}


def _days_between(db: Session, start: Any, end: Any) -> ColumnElement[float]:
    if db.get_bind().dialect.name == "sqlite":
        return cast(func.julianday(end) - func.julianday(start), Float)
    return cast(func.extract("epoch", end - start) / DAY.total_seconds(), Float)

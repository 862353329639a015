"""Lead times of the cases that a supervisor sees, and what waits now, for how long and on whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Float, Select, and_, cast, func, select
from sqlalchemy.orm import Session, joinedload

from ...models.among import among
from ...models.asked_of_provider import ProviderTime, TimeFor
from ...models.inspections import Inspection, StateChange, TeamMember
from ...models.reached_rows import MONITORING
from ...models.vocabulary import N_, State, TeamRole
from ..errors import NotAllowed
from ..outside.reach import reaching_also
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT
from ..rules.lead_times import WAITS_ON, LeadTime, hours_told, lead_time_of_counted
from .find_inspection import seen_in_list

PERIOD = timedelta(days=365)
LONGEST_SHOWN = 10
DAY = timedelta(days=1)
TENTHS = 10
"""Of a day: so exact are times counted, and shown."""


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
    decided = Inspection.id.in_(_decided_by(actor.user_id))
    seen = and_(seen_in_list(actor), decided) if own_unit else seen_in_list(actor)
    since = now - PERIOD
    per_state = db.execute(
        select(Inspection.state, func.count(), func.min(Inspection.state_since))
        .where(seen, Inspection.state.in_(list(WAITS_ON)))
        .group_by(Inspection.state)
    )
    waiting = {state: Waiting(number, oldest) for state, number, oldest in per_state}
    # Not by the index over the time: those that wait are few among all, and are found first.
    longest = func.coalesce(Inspection.state_since, Inspection.state_since)
    stand = select(Inspection.id).where(seen, Inspection.state.in_(list(WAITS_ON)))
    shown = db.scalars(stand.order_by(longest).limit(LONGEST_SHOWN)).all()
    oldest = db.scalars(
        select(Inspection)
        .where(among(Inspection.id, shown))
        .options(joinedload(Inspection.home))
        .order_by(Inspection.state_since)
    ).all()
    with reaching_also(db, MONITORING):
        told = db.execute(
            select(ProviderTime.spent_on, ProviderTime.minutes)
            .join(Inspection, Inspection.id == ProviderTime.inspection_id)
            .where(seen, ProviderTime.told_at >= since)
        ).all()
    return Figures(
        since=since,
        times=_times(db, actor, own_unit, since),
        waiting={state: waiting[state] for state in WAITS_ON if state in waiting},
        oldest=oldest,
        burden=hours_told((part, minutes / 60) for part, minutes in told),
        hours=sum(minutes for _part, minutes in told) / 60,
    )


def times_of_unit(db: Session, *, actor: Actor, now: datetime) -> Mapping[State, LeadTime]:
    """How long each step took in the last year, of the cases in which the actor is decision-maker."""
    return _times(db, actor, True, now - PERIOD) if may(actor, Permission.SEE_MONITORING) else {}


def _decided_by(user_id: UUID) -> Select[UUID]:
    return select(TeamMember.inspection_id).where(
        TeamMember.user_id == user_id,
        TeamMember.role == TeamRole.DECISION_MAKER,
        ~TeamMember.has_conflict,
    )


def _may_know_of(actor: Actor) -> ColumnElement[bool]:
    """As seen_in_list, of steps: by leaving out the few cases that the actor may not know of.

    None but these: with a conflict of interest, or before the visit.
    """
    closed = select(TeamMember.inspection_id).where(
        TeamMember.user_id == actor.user_id, TeamMember.has_conflict
    )
    secret = select(Inspection.id).where(Inspection.state.in_(BEFORE_THE_VISIT), ~seen_in_list(actor))
    return and_(StateChange.inspection_id.not_in(closed), StateChange.inspection_id.not_in(secret))


def _times(db: Session, actor: Actor, own_unit: bool, since: datetime) -> dict[State, LeadTime]:
    """Of each step that was left since then: days in it, to the tenth that is shown.

    The database counts how often each time occurs: a year has many steps, and few times.
    """
    tenths = func.round(_days_between(db, StateChange.began_at, StateChange.at) * TENTHS)
    counted = (
        select(StateChange.from_state, tenths, func.count())
        .where(StateChange.at >= since)
        .group_by(StateChange.from_state, tenths)
    )
    if not own_unit:
        counted = counted.where(_may_know_of(actor))
    else:
        own = func.coalesce(Inspection.id, Inspection.id).in_(_decided_by(actor.user_id))
        # A case that has left a step since then came to the next one since then: few of a unit's have.
        moved = select(Inspection.id).where(own, Inspection.state_since >= since)
        counted = counted.where(StateChange.inspection_id.in_(moved))
    stays: dict[State, dict[float, int]] = defaultdict(dict)
    for state, time, number in db.execute(counted):
        stays[state][float(time) / TENTHS] = number
    return {state: lead_time_of_counted(stays[state]) for state in WAITS_ON if state in stays}


def _days_between(db: Session, start: Any, end: Any) -> ColumnElement[float]:
    if db.get_bind().dialect.name == "sqlite":
        return cast(func.julianday(end) - func.julianday(start), Float)
    return cast(func.date_part("epoch", end - start) / DAY.total_seconds(), Float)

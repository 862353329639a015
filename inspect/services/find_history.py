"""What the home's earlier inspections say to this one: what was minor then, and how many children talked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from ...models.assessments import WeighingRun
from ...models.inspections import Inspection, Resident
from ...models.reached_rows import EARLIER
from ...models.vocabulary import ChildOutcome, State
from ..outside.reach import reaching_also
from ..rules.participation import Participation, ParticipationStep, participation_steps

HOME: BindParameter[UUID] = bindparam("home_id")
CASE: BindParameter[UUID] = bindparam("inspection_id")
DAY: BindParameter[datetime] = bindparam("day")

MOST_EARLIER = 5
"""Earlier inspections that are looked at; inspections of an empty home are passed over among them."""

_DAY: ColumnElement[datetime] = func.coalesce(Inspection.visit_started_at, Inspection.created_at)


_EARLIER = (Inspection.home_id == HOME, Inspection.id != CASE, _DAY < DAY)
"""Those of the same home before this one."""

_LATEST_MINOR = (
    select(WeighingRun.minor_themes)
    .join(Inspection, Inspection.id == WeighingRun.inspection_id)
    .where(*_EARLIER)
    .order_by(_DAY.desc(), WeighingRun.at.desc(), WeighingRun.id.desc())
    .limit(1)
)

_HEARD = func.count(Resident.id).filter(Resident.outcome == ChildOutcome.TALKED)
_PARTICIPATION = (
    select(_HEARD.label("heard"), func.count(Resident.id).label("residents"))
    .select_from(Inspection)
    .join(Resident, Resident.inspection_id == Inspection.id)
    .where(*_EARLIER, Inspection.state.not_in((State.PLANNED, State.PREPARED, State.CHILDREN)))
    .group_by(Inspection.id, _DAY)
    .order_by(_DAY.desc())
    .limit(MOST_EARLIER)
)


def earlier_minor_themes(db: Session, inspection: Inspection) -> frozenset[str]:
    """What was minor when the home's inspection before this one was weighed (method §2.8, *mönster*).

    Empty when the home has not been weighed before. What was kept then stands, whatever was changed since.
    """
    with reaching_also(db, EARLIER):  # of a case that may have had another team
        return frozenset(db.scalar(_LATEST_MINOR, _here(inspection)) or ())


def earlier_participation(db: Session, inspection: Inspection) -> tuple[Participation, ...]:
    """How many children talked at each of the home's earlier inspections, the latest first."""
    with reaching_also(db, EARLIER):
        rows = db.execute(_PARTICIPATION, _here(inspection)).all()
    return tuple(Participation(row.heard, row.residents) for row in rows)


def steps_after_talks(db: Session, inspection: Inspection) -> tuple[ParticipationStep, ...]:
    """What low participation calls for (method §4, F1), once every child of `inspection` has an outcome."""
    outcomes = [resident.outcome for resident in inspection.residents]
    now = Participation(outcomes.count(ChildOutcome.TALKED), len(outcomes))
    if None in outcomes or not now.is_low:
        return ()
    return participation_steps(now, earlier_participation(db, inspection))


def steps_before_visit(db: Session, inspection: Inspection) -> tuple[ParticipationStep, ...]:
    """What the home's earlier inspections call for now that a new visit is planned (method §4, F1)."""
    earlier = earlier_participation(db, inspection)
    return participation_steps(earlier[0], earlier[1:]) if earlier else ()


def _here(inspection: Inspection) -> dict[str, object]:
    return {
        "home_id": inspection.home_id,
        "inspection_id": inspection.id,
        "day": inspection.visit_started_at or inspection.created_at,
    }

"""Lists of inspections that a person may see, filtered and paged in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.register import Home
from ...models.vocabulary import State
from ..rules.access import Actor
from .find_inspection import in_list_for
from .list_deadlines import FINISHED, Deadline, list_deadlines

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ListedInspection:
    inspection: Inspection
    deadline: Deadline | None
    is_mine: bool
    """In the team; a supervisor may see in the list what they are not in."""


@dataclass(frozen=True, slots=True)
class InspectionList:
    rows: tuple[ListedInspection, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def search_inspections(
    db: Session, actor: Actor, *, text: str = "", state: str = "", page: int = 1
) -> InspectionList:
    """`state` is a state's value, "all", or empty for those that are not finished."""
    chosen = in_list_for(actor)
    if state in {member.value for member in State}:
        chosen = chosen.where(Inspection.state == State(state))
    elif state != "all":
        chosen = chosen.where(Inspection.state.not_in(FINISHED))
    if text.strip():
        words = text.strip()
        chosen = chosen.join(Home, Home.id == Inspection.home_id).where(
            or_(
                Home.name.icontains(words, autoescape=True),
                Inspection.title.icontains(words, autoescape=True),
                Inspection.dnr.icontains(words, autoescape=True),
            )
        )
    total = db.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    number = min(max(1, page), max(1, -(-total // PER_PAGE)))
    found = db.scalars(chosen.order_by(Inspection.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    first: dict[UUID, Deadline] = {}
    for deadline in list_deadlines(db, [inspection.id for inspection in found]):
        first.setdefault(deadline.inspection_id, deadline)
    rows = tuple(
        ListedInspection(
            inspection,
            first.get(inspection.id),
            any(m.user_id == actor.user_id and not m.has_conflict for m in inspection.team),
        )
        for inspection in found
    )
    return InspectionList(rows, total, number)


def inspections_of_homes(
    db: Session, actor: Actor, home_ids: Collection[UUID]
) -> dict[UUID, Sequence[Inspection]]:
    """For each home, the inspections that `actor` may see, latest first."""
    found = db.scalars(
        in_list_for(actor)
        .where(Inspection.home_id.in_(home_ids))
        .order_by(None)
        .order_by(Inspection.id.desc())
    ).all()
    return {key: [inspection for inspection in found if inspection.home_id == key] for key in home_ids}

"""How much each inspector has: for those who assign, counted from the cases that they may see in a list."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection, TeamMember
from ...models.people import User, UserRole
from ...models.vocabulary import N_, Role, State, TeamRole
from ..errors import NotAllowed
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT
from .find_inspection import seen_in_list
from .list_deadlines import GOING_ON
from .long_lists import PER_PAGE, Order, Paged, number_of

AHEAD = timedelta(days=30)
WRITING = (State.WEIGHING, State.REVIEW, State.COMMUNICATION, State.DIALOGUE, State.DECISION)
INSPECTING = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)
SORTED = ("name", "leads", "takes_part", "visits", "writing", "follow_up")


@dataclass(frozen=True, slots=True)
class Load:
    """One inspector: cases going on that they lead or take part in, and of those they lead, in which part
    of the way; `visits`: planned within AHEAD.
    """

    user_id: UUID
    name: str
    leads: int
    takes_part: int
    visits: int
    writing: int
    follow_up: int


def list_workload(db: Session, *, actor: Actor, today: date, order: Order, page: int = 1) -> Paged[Load]:
    """The inspectors with an open account. Raises NotAllowed to others than those who assign.

    An unannounced visit that has not begun is counted only for a reader in its team (OSL 17 kap. 1 §).
    """
    if not may(actor, Permission.SEE_MONITORING):
        raise NotAllowed(N_("The workload is seen by supervisors."))
    leads = TeamMember.role == TeamRole.INSPECTOR
    soon = Inspection.planned_on.between(today, today + AHEAD)
    counts = {
        "leads": leads,
        "takes_part": ~leads,
        "visits": soon & Inspection.state.in_(BEFORE_THE_VISIT),
        "writing": leads & Inspection.state.in_(WRITING),
        "follow_up": leads & (Inspection.state == State.FOLLOW_UP),
    }
    counted = (
        select(
            func.coalesce(TeamMember.user_id, TeamMember.user_id),
            *(func.sum(case((condition, 1), else_=0)).label(name) for name, condition in counts.items()),
        )
        .join(Inspection, Inspection.id == TeamMember.inspection_id)
        .where(
            seen_in_list(actor),
            Inspection.state.in_(GOING_ON),
            TeamMember.role.in_(INSPECTING),
            ~TeamMember.has_conflict,
        )
        # Not by the index over people, which would read the teams of all cases there have been.
        .group_by(func.coalesce(TeamMember.user_id, TeamMember.user_id))
    )
    found = {user: numbers for user, *numbers in db.execute(counted)}
    # Joined here and not in the database: SQLite counts anew for each person, and they are a few hundred.
    inspectors = select(UserRole.user_id).where(UserRole.role == Role.INSPECTOR)
    people = db.execute(
        select(User.id, User.name)
        .where(User.disabled_at.is_(None), User.id.in_(inspectors))
        .order_by(User.search_key, User.id)
    )
    loads = [Load(key, name, *found.get(key, [0] * len(counts))) for key, name in people]
    if order.key == "name":
        loads = loads[::-1] if order.descending else loads
    else:
        loads.sort(key=lambda load: getattr(load, order.key) * (-1 if order.descending else 1))
    number = number_of(page, len(loads))
    start = (number - 1) * PER_PAGE
    return Paged(tuple(loads[start : start + PER_PAGE]), len(loads), number)

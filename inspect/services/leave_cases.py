"""Whoever's account is closed leads and decides in no case any more: others see that it needs staff.

Of an unannounced visit nobody outside its team may know (OSL 17 kap. 1 §). A case whose only inspector can no
longer sign in would be known to nobody at all. So the part loses its account, as when a case names somebody
who has none here (rules/access.py, `is_without_staff`): those who staff cases see it. The name stays.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, TeamMember
from ...models.vocabulary import State
from ..rules.access import Actor
from ..rules.case_parts import STAFFING
from .record_event import record_event

FINISHED = (State.CLOSED, State.ARCHIVED)


def leave_cases(db: Session, *, actor: Actor | None, user_id: UUID, now: datetime) -> int:
    """Let go of the parts that lead or decide, in every case that is not closed; how many."""
    parts = db.scalars(
        select(TeamMember)
        .join(Inspection, Inspection.id == TeamMember.inspection_id)
        .where(
            TeamMember.user_id == user_id,
            TeamMember.role.in_(STAFFING),
            Inspection.state.not_in(FINISHED),
        )
        .order_by(TeamMember.id)
    ).all()
    for part in parts:
        part.user_id = None
        record_event(
            db, EventKind.TEAM_CHANGED, actor=actor, now=now, inspection_id=part.inspection_id,
            member=part.id, role=part.role.value, change="account_closed",
        )  # fmt: skip
    db.flush()
    return len(parts)

"""A case in outline: as much of it as the rules of access ask for, and nothing that anybody has written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.inspections import Inspection, TeamMember
from ...models.vocabulary import State, TeamRole

_CASE, _MEMBER = Inspection.__table__.c, TeamMember.__table__.c
# Built once, and without the classes of the rows: every batch of every device asks it.
_OUTLINES = (
    select(
        _CASE.id, _CASE.announced, _CASE.state, _CASE.visit_started_at,
        _MEMBER.id.label("member"), _MEMBER.user_id, _MEMBER.role, _MEMBER.has_conflict, _MEMBER.declared_at,
    )
    .select_from(Inspection.__table__.outerjoin(TeamMember.__table__, _MEMBER.inspection_id == _CASE.id))
    .where(among(_CASE.id, "cases"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberInOutline:
    user_id: UUID | None
    role: TeamRole
    has_conflict: bool
    declared_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseInOutline:
    """What `rules.access.Case` asks for."""

    id: UUID
    announced: bool
    state: State
    visit_started_at: datetime | None
    team: list[MemberInOutline] = field(default_factory=list)


def outlines(db: Session, ids: Collection[UUID]) -> dict[UUID, CaseInOutline]:
    """Those of these cases that there are."""
    found: dict[UUID, CaseInOutline] = {}
    for row in db.execute(_OUTLINES, {"cases": list(ids)}) if ids else ():
        case = found.setdefault(row.id, CaseInOutline(row.id, row.announced, row.state, row.visit_started_at))
        if row.member is not None:
            case.team.append(MemberInOutline(row.user_id, row.role, row.has_conflict, row.declared_at))
    return found

"""Load an inspection with what its pages and rules need, in sight."""

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.inspections import Inspection, TeamMember
from ...models.register import Home
from ...models.vocabulary import N_, Role
from ..errors import NotFound
from ..rules.access import Actor

WHOLE = (
    joinedload(Inspection.home).joinedload(Home.provider),
    joinedload(Inspection.self_assessment),
    selectinload(Inspection.team),
    selectinload(Inspection.residents),
    selectinload(Inspection.information),
    selectinload(Inspection.changes),
    selectinload(Inspection.overrides),
    selectinload(Inspection.acute_steps),
)


_BY_NUMBER = select(Inspection).where(Inspection.dnr == bindparam("dnr")).options(*WHOLE)


def find_inspection(db: Session, dnr: str) -> Inspection:
    """The inspection with this registration number, whole. Raises NotFound. Access is asked by the caller."""
    inspection = db.scalar(_BY_NUMBER, {"dnr": dnr})
    if inspection is None:
        raise NotFound(N_("There is no such case, or it is not open to you."))
    return inspection


def in_list_for(actor: Actor) -> Select[Inspection]:
    """The inspections that `actor` may see in a list: the same rule as Permission.SEE_IN_LIST, as SQL."""
    member = exists().where(TeamMember.inspection_id == Inspection.id, TeamMember.user_id == actor.user_id)
    allowed = member if Role.SUPERVISOR not in actor.roles else or_(member, Inspection.id.is_not(None))
    return (
        select(Inspection)
        .where(allowed)
        .options(joinedload(Inspection.home).joinedload(Home.provider), selectinload(Inspection.team))
        .order_by(Inspection.state_since.desc())
    )


def list_inspections(db: Session, actor: Actor) -> Sequence[Inspection]:
    return db.scalars(in_list_for(actor)).all()

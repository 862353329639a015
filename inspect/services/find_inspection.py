"""Load an inspection with what its pages and rules need, in sight."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import RelationshipProperty, Session, aliased, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ...models.among import among
from ...models.base import UtcTime
from ...models.break_glass import GlassOpening
from ...models.inspections import Inspection, TeamMember
from ...models.register import Home
from ...models.vocabulary import N_, Role
from ..errors import NotFound
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT, STAFFING
from .list_deadlines import GOING_ON

COLLECTIONS = ("team", "residents", "information", "changes", "overrides", "acute_steps", "openings")

NO_SUCH_CASE = N_("There is no such case, or it is not open to you.")


def _relationship(name: str) -> RelationshipProperty[Any]:
    return Inspection.__mapper__.relationships[name]


def _rows_of(name: str) -> Select[Any]:
    """The rows of one collection of a case, in its order."""
    there = _relationship(name)
    kind = there.mapper.class_
    return select(kind).where(kind.inspection_id == bindparam("id")).order_by(*(there.order_by or ()))


def _any_of(name: str) -> ColumnElement[bool]:
    kind = _relationship(name).mapper.class_
    return exists().where(kind.inspection_id == Inspection.id).label(f"any_{name}")


# Built once: every page of a case asks these, and building them (as selectinload does each time) costs more
# than answering them. Most cases have no row of some kinds; the first question says which to ask for.
_BY_NUMBER = (
    select(Inspection, *(_any_of(name) for name in COLLECTIONS))
    .where(Inspection.dnr == bindparam("dnr"), Inspection.disposed_at.is_(None))
    .options(joinedload(Inspection.home).joinedload(Home.provider), joinedload(Inspection.self_assessment))
)
_ROWS = {name: _rows_of(name) for name in COLLECTIONS}


def find_inspection(db: Session, dnr: str) -> Inspection:
    """The inspection with this registration number, whole. Raises NotFound. Access is asked by the caller."""
    found = db.execute(_BY_NUMBER, {"dnr": dnr}).one_or_none()
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    inspection: Inspection = found[0]
    for name, has_rows in zip(COLLECTIONS, found[1:], strict=True):
        rows = db.scalars(_ROWS[name], {"id": inspection.id}).all() if has_rows else ()
        set_committed_value(inspection, name, list(rows))
    return inspection


def is_near(db: Session, *, actor: Actor, dnr: str, now: datetime | None = None) -> bool:
    """Whether this case exists and anything at all in it can be open to `actor`: one question, and the same
    answer after the same work for a case that is closed to one as for one that is not there.

    With `now` also one that they have opened without a part in it, and that is open to them then.
    """
    asked = {
        "dnr": dnr,
        "user_id": actor.user_id,
        "supervises": Role.SUPERVISOR in actor.roles,
        "now": now if may(actor, Permission.BREAK_GLASS) else None,
    }
    return db.execute(_NEAR, asked).first() is not None


def in_list_for(actor: Actor) -> Select[Inspection]:
    """The inspections that `actor` may see in a list, with home, provider and team; the last moved first."""
    return _listed(seen_in_list(actor))


def going_on_in_team_of(db: Session, actor: Actor) -> Sequence[Inspection]:
    """The inspections in whose team `actor` is that are not finished, with home and team.

    Those that go on are met first, in an index, and then whose they are: a team's finished cases are many.
    """
    own = func.coalesce(Inspection.id, Inspection.id).in_(_in_team(actor))
    ids = select(Inspection.id).where(Inspection.state.in_(GOING_ON), own)
    free = Inspection.id.not_in(_closed_to(actor))
    found = db.scalars(
        select(Inspection).options(joinedload(Inspection.home)).where(Inspection.id.in_(ids), free)
    ).all()
    teams: dict[UUID, list[TeamMember]] = {one.id: [] for one in found}
    members = select(TeamMember).where(among(TeamMember.inspection_id, list(teams)))
    for member in db.scalars(members.order_by(*(_relationship("team").order_by or ()))):
        teams[member.inspection_id].append(member)
    for one in found:
        set_committed_value(one, "team", teams[one.id])
    return found


def _listed(condition: ColumnElement[bool]) -> Select[Inspection]:
    return with_team().where(condition).order_by(Inspection.state_since.desc())


def with_team() -> Select[Inspection]:
    """Inspections with home, provider and team, whoever may see them: that is for the caller to ask."""
    return select(Inspection).options(
        joinedload(Inspection.home).joinedload(Home.provider), selectinload(Inspection.team)
    )


def seen_in_list(actor: Actor) -> ColumnElement[bool]:
    """Whether `actor` may see an inspection in a list: the same rule as Permission.SEE_IN_LIST, as SQL.

    Every list, search, feed and count of cases that a person meets goes through it.
    """
    if not may(actor, Permission.SEE_INSPECTIONS):
        return false()
    mine = in_own_team(actor)
    if Role.SUPERVISOR not in actor.roles:
        return mine
    there = Inspection.disposed_at.is_(None)  # of those that are not, only the register tells
    return and_(there, Inspection.id.not_in(_closed_to(actor)), or_(is_no_secret(), mine, _WITHOUT_STAFF))


def is_no_secret() -> ColumnElement[bool]:
    """Not an unannounced visit that has not begun (OSL 17 kap. 1 §): what others than its team may know."""
    return or_(
        Inspection.announced,
        Inspection.visit_started_at.is_not(None),
        Inspection.state.not_in(BEFORE_THE_VISIT),
    )


# By another name, so that a question which names members of teams itself is not mixed up with these.
_Member = aliased(TeamMember)


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the case has such a member.

    Not as EXISTS, for which PostgreSQL would first read the teams of all cases there have been.
    """
    of_case = select(literal(1)).where(_Member.inspection_id == Inspection.id, *conditions)
    return of_case.limit(1).correlate(Inspection).scalar_subquery().is_not(None)


_WITHOUT_STAFF = ~_there_is(_Member.role.in_(STAFFING), _Member.user_id.is_not(None), ~_Member.has_conflict)

_NEAR = select(Inspection.id).where(
    Inspection.dnr == bindparam("dnr"),
    Inspection.disposed_at.is_(None),
    or_(
        exists().where(_Member.inspection_id == Inspection.id, _Member.user_id == bindparam("user_id")),
        and_(bindparam("supervises", type_=Boolean()), or_(is_no_secret(), _WITHOUT_STAFF)),
        exists().where(
            GlassOpening.inspection_id == Inspection.id,
            GlassOpening.user_id == bindparam("user_id"),
            GlassOpening.closed_at.is_(None),
            GlassOpening.ends_at > bindparam("now", type_=UtcTime()),
        ),
    ),
)


def needs_staff() -> ColumnElement[bool]:
    """No responsible inspector or decision-maker with an account here, or somebody must go (FL 17 §)."""
    return or_(func.coalesce(_STAFFED, 0) < len(STAFFING), _HAS_CONFLICT)


# How many of the two parts somebody has: the team is looked at once for both.
_STAFFED = (
    select(reduce(add, (func.max(case((_Member.role == part, 1), else_=0)) for part in STAFFING)))
    .where(
        _Member.inspection_id == Inspection.id,
        _Member.role.in_(STAFFING),
        _Member.user_id.is_not(None),
        ~_Member.has_conflict,
    )
    .correlate(Inspection)
    .scalar_subquery()
)

# The few there are, from an index of them alone.
_HAS_CONFLICT = Inspection.id.in_(select(_Member.inspection_id).where(_Member.has_conflict))


def in_own_team(actor: Actor) -> ColumnElement[bool]:
    """In its team, without a conflict of interest. Asked by id: the few are looked up, not the many."""
    return and_(Inspection.id.in_(_in_team(actor)), Inspection.id.not_in(_closed_to(actor)))


def _in_team(actor: Actor) -> Select[UUID]:
    return select(_Member.inspection_id).where(_Member.user_id == actor.user_id)


def _closed_to(actor: Actor) -> Select[UUID]:
    return select(_Member.inspection_id).where(_Member.user_id == actor.user_id, _Member.has_conflict)


def list_inspections(db: Session, actor: Actor) -> Sequence[Inspection]:
    return db.scalars(in_list_for(actor)).all()

"""Lists of inspections that a person may see: filtered, sorted and paged in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from ...models.among import among
from ...models.inspections import Inspection, TeamMember
from ...models.register import Home
from ...models.search_keys import search_key
from ...models.vocabulary import State, TeamRole
from ..rules.access import Actor
from .find_inspection import in_list_for, needs_staff, seen_in_list, with_team
from .list_deadlines import GOING_ON, Deadline, list_deadlines
from .long_lists import Column, Order, Paged
from .turn_pages import FIRST, Place, in_order_of, turn_to

SORTED: dict[str, tuple[Column, ...]] = {
    "home": (Home.search_key,),
    "number": (Inspection.dnr,),
    "since": (Inspection.state_since,),
    "visit": (Inspection.planned_on,),
}
"""The columns of the list that sort it."""
LATEST_FIRST = Order("since", descending=True)


class Whose(StrEnum):
    """Which of the inspections one may see."""

    ALL = ""
    MINE = "mine"
    """In whose team one is."""
    UNSTAFFED = "unstaffed"
    """In which somebody has to be put in: nobody leads or decides, or somebody has a conflict of interest."""


@dataclass(frozen=True, slots=True)
class ListedInspection:
    inspection: Inspection
    deadline: Deadline | None
    is_mine: bool
    """In the team; a supervisor may see in the list what they are not in."""


def search_inspections(
    db: Session,
    actor: Actor,
    *,
    text: str = "",
    state: str = "",
    whose: Whose = Whose.ALL,
    inspector: UUID | None = None,
    order: Order = LATEST_FIRST,
    place: Place = FIRST,
) -> Paged[ListedInspection]:
    """`state` is a state's value, "all", or empty for those that are not finished; `inspector` leads them."""
    chosen = select(Inspection.id).where(seen_in_list(actor))
    if state in {member.value for member in State}:
        chosen = chosen.where(Inspection.state == State(state))
    elif state != "all":
        chosen = chosen.where(Inspection.state.in_(GOING_ON))
    if whose is Whose.MINE:
        chosen = chosen.where(_has_member(actor.user_id))
    elif whose is Whose.UNSTAFFED:
        chosen = chosen.where(needs_staff())
    if inspector is not None:
        chosen = chosen.where(_has_member(inspector, TeamRole.INSPECTOR))
    few, many = _matching(chosen, text)
    counting = many
    every = select(Inspection.id).where(seen_in_list(actor))
    if order.key == "home":
        few, many, every = (one.join(Home, Home.id == Inspection.home_id) for one in (few, many, every))
    by_home = order.key == "home" and bool(text.strip())
    if by_home and db.get_bind().dialect.name == "postgresql":
        few = many  # what is found is sorted in any case, and PostgreSQL would read all the cases twice
    page = turn_to(
        db, few, order, SORTED, place,
        rows_of=every, of_many=many, counting=counting, never_by_index=by_home,
    )  # fmt: skip
    return in_order_of(page, _rows(db, actor, page.rows))


def inspections_of_homes(
    db: Session, actor: Actor, home_ids: Collection[UUID]
) -> dict[UUID, Sequence[Inspection]]:
    """For each home, the inspections that `actor` may see, latest first."""
    found = db.scalars(
        in_list_for(actor)
        .where(among(Inspection.home_id, home_ids))
        .order_by(None)
        .order_by(Inspection.id.desc())
    ).all()
    return {key: [inspection for inspection in found if inspection.home_id == key] for key in home_ids}


def _has_member(user_id: UUID, part: TeamRole | None = None) -> ColumnElement[bool]:
    parts = select(TeamMember.inspection_id).where(TeamMember.user_id == user_id, ~TeamMember.has_conflict)
    return Inspection.id.in_(parts if part is None else parts.where(TeamMember.role == part))


def _matching(chosen: Select[UUID], text: str) -> tuple[Select[UUID], Select[UUID]]:
    """Each word in number or title, or in the name or municipality of the home.

    Put in two ways: to find few among many by an index of its own over what is searched, which is read in
    full, and to ask each row of the list in its order, which soon has a page where many answer to it.
    """
    words = search_key(text).split()
    if not words:
        return chosen, chosen
    searched = aliased(Inspection)
    found = select(searched.id).where(_has_words(searched, words))
    return chosen.where(Inspection.id.in_(found)), chosen.where(_has_words(Inspection, words))


def _has_words(of: type[Inspection], words: Sequence[str]) -> ColumnElement[bool]:
    home = aliased(Home)
    own = and_(*(of.search_key.contains(word, autoescape=True) for word in words))
    of_home = and_(*(home.search_key.contains(word, autoescape=True) for word in words))
    return or_(own, of.home_id.in_(select(home.id).where(of_home)))


def _rows(db: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, ListedInspection]:
    """The rows of one page; `ids` are of cases that the actor may see."""
    first: dict[UUID, Deadline] = {}
    for deadline in list_deadlines(db, ids):
        first.setdefault(deadline.inspection_id, deadline)
    return {
        one.id: ListedInspection(
            one,
            first.get(one.id),
            any(m.user_id == actor.user_id and not m.has_conflict for m in one.team),
        )
        for one in db.scalars(with_team().where(among(Inspection.id, ids)))
    }

"""The register of cases (OSL 5 kap. 1–2 §§): number, day, a brief neutral subject, and whose case it is.

The subject is put together from the kind of case and the home, never typed: no name of a child can stand
in it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.among import among
from ...models.inspections import Inspection
from ...models.register import Home, Provider
from ...models.search_keys import search_key
from ...models.vocabulary import Role, State
from ..errors import NotFound
from ..rules.access import Actor, Permission, may
from .find_disposed import DisposedOf, disposed_of
from .find_inspection import NO_SUCH_CASE, in_own_team, is_no_secret
from .long_lists import Column, Order, Paged
from .turn_pages import FIRST, Place, in_order_of, turn_to

SORTED: dict[str, tuple[Column, ...]] = {
    "number": (Inspection.dnr,),
    "opened": (Inspection.created_at,),
    "home": (Home.search_key,),
}
LATEST_FIRST = Order("opened", descending=True)


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One case in the register. `disposed`: when and why nothing but this is left of it, if so."""

    dnr: str
    opened_at: datetime
    home: str
    kind: str
    provider: str
    state: State
    pack: str
    disposed: DisposedOf | None


def list_diary(
    db: Session, actor: Actor, *, text: str = "", order: Order = LATEST_FIRST, place: Place = FIRST
) -> Paged[DiaryLine]:
    """The cases of the register that `actor` may know of, found by number, home, provider or municipality."""
    known = select(Inspection.id).join(Home, Home.id == Inspection.home_id).where(may_know(actor))
    page = turn_to(db, _matching(known, text), order, SORTED, place, rows_of=known)
    return in_order_of(page, _rows(db, page.rows))


def may_know(actor: Actor) -> ColumnElement[bool]:
    """An unannounced visit that has not begun stands in it for its team alone (OSL 17 kap. 1 §)."""
    if not may(actor, Permission.SEE_DIARY):
        return false()
    if Role.SUPERVISOR in actor.roles:
        return or_(is_no_secret(), in_own_team(actor))
    return is_no_secret()


def find_in_diary(db: Session, actor: Actor, dnr: str) -> Inspection:
    """The case with this number, as far as the register knows it. Raises NotFound."""
    found = db.scalar(
        select(Inspection)
        .where(Inspection.dnr == dnr, Inspection.disposed_at.is_(None), may_know(actor))
        .options(
            joinedload(Inspection.home).joinedload(Home.provider), selectinload(Inspection.team),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    return found


def _matching(chosen: Select[UUID], text: str) -> Select[UUID]:
    for word in search_key(text).split():
        providers = select(Provider.id).where(Provider.search_key.contains(word, autoescape=True))
        chosen = chosen.where(
            or_(
                Inspection.dnr.icontains(word, autoescape=True),
                Home.search_key.contains(word, autoescape=True),
                Home.provider_id.in_(providers),
            )
        )
    return chosen


def _rows(db: Session, ids: tuple[UUID, ...]) -> dict[UUID, DiaryLine]:
    asked = (
        select(Inspection, Home.name, Home.kind, Provider.name)
        .join(Home, Home.id == Inspection.home_id)
        .join(Provider, Provider.id == Home.provider_id)
        .where(among(Inspection.id, ids))
    )
    gone = disposed_of(db, ids)
    return {
        one.id: DiaryLine(
            one.dnr, one.created_at, home, kind, provider, one.state, one.pack, gone.get(one.id)
        )
        for one, home, kind, provider in db.execute(asked)
    }

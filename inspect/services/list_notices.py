"""What a person has been told, as they meet it: newest first, and only what is still theirs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.among import among
from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.notices import MailChoice, MailWay, Notice, NoticeKind
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import NotFound
from ..rules.access import Actor
from ..rules.notices import may_be_told, usual_way
from .long_lists import Column, Order, Paged, count_of, cut, number_of, sorted_by

NEWEST_FIRST = Order("at", descending=True)
SORTED: dict[str, tuple[Column, ...]] = {"at": (Notice.at,)}


@dataclass(frozen=True, slots=True)
class WantedNotices:
    """Which of one's notices: of one kind, only what is unread."""

    kind: NoticeKind | None = None
    unread: bool = False


ALL = WantedNotices()


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and the case and letter it is about when they are still open to the person."""

    notice: Notice
    inspection: Inspection | None
    letter: Letter | None

    @property
    def closed(self) -> bool:
        """It was about a case that is not open to this person any more."""
        return self.notice.inspection_id is not None and self.inspection is None


def list_notices(
    db: Session,
    *,
    actor: Actor,
    wanted: WantedNotices = ALL,
    order: Order = NEWEST_FIRST,
    page: int = 1,
) -> Paged[Told]:
    """One page of the person's notices."""
    chosen = select(Notice).where(Notice.user_id == actor.user_id)
    if wanted.kind is not None:
        chosen = chosen.where(Notice.kind == wanted.kind)
    if wanted.unread:
        chosen = chosen.where(Notice.read_at.is_(None))
    total = count_of(db, chosen)
    number = number_of(page, total)
    rows = db.scalars(cut(chosen.order_by(*sorted_by(order, SORTED, Notice.id)), number)).all()
    return Paged(tuple(_with_cases(db, actor, rows)), total, number)


def kinds_told(db: Session, *, actor: Actor) -> Sequence[NoticeKind]:
    """The kinds of what the person has been told, in the order of the vocabulary."""
    told = set(db.scalars(select(Notice.kind).where(Notice.user_id == actor.user_id).distinct()))
    return [kind for kind in NoticeKind if kind in told]


def _with_cases(db: Session, actor: Actor, notices: Sequence[Notice]) -> Sequence[Told]:
    about = {one.inspection_id for one in notices if one.inspection_id}
    cases = {
        case.id: case
        for case in db.scalars(
            select(Inspection)
            .where(among(Inspection.id, about))
            .options(joinedload(Inspection.home), selectinload(Inspection.team))
        )
    }
    named = {one.letter_id for one in notices if one.letter_id}
    letters = {one.id: one for one in db.scalars(select(Letter).where(among(Letter.id, named)))}
    told = []
    for one in notices:
        case = cases.get(one.inspection_id) if one.inspection_id else None
        if case is not None and not may_be_told(actor, one.kind, case, case.home.provider_id):
            case = None
        told.append(Told(one, case, letters.get(one.letter_id) if case and one.letter_id else None))
    return told


def find_notice(db: Session, *, actor: Actor, notice_id: UUID) -> Told:
    """One of the person's own notices. Raises NotFound."""
    notice = db.scalar(select(Notice).where(Notice.id == notice_id, Notice.user_id == actor.user_id))
    if notice is None:
        raise NotFound(N_("There is no such page, or it is not for you."))
    return _with_cases(db, actor, [notice])[0]


def mark_read(db: Session, *, actor: Actor, now: datetime, notice_id: UUID | None = None) -> None:
    """The person has seen one of their notices, or all of them."""
    which = [Notice.user_id == actor.user_id, Notice.read_at.is_(None)]
    if notice_id is not None:
        which.append(Notice.id == notice_id)
    db.execute(update(Notice).where(*which).values(read_at=now).execution_options(synchronize_session=False))


def mail_way(db: Session, *, actor: Actor) -> MailWay:
    """How the person hears by mail."""
    chosen = db.get(MailChoice, actor.user_id)
    return chosen.way if chosen else usual_way(actor.roles)


def choose_mail(db: Session, *, actor: Actor, way: MailWay) -> None:
    """The person chooses how to hear by mail, from now on."""
    chosen = db.get(MailChoice, actor.user_id)
    if chosen is None:
        db.add(MailChoice(user_id=db.get_one(User, actor.user_id).id, way=way))
    else:
        chosen.way = way
    db.flush()

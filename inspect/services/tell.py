"""Tell people that something has happened: in their list, and by their choice in the mail outbox."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.among import among
from ...models.inspections import Inspection
from ...models.notices import MailChoice, MailWay, Notice, NoticeKind, OutgoingMail
from ...models.people import User
from ..rules.access import Actor
from ..rules.notices import EACH_TIME, goes_at_once, may_be_told, next_mail_at, usual_way


def tell(
    db: Session,
    *,
    users: Collection[UUID],
    kind: NoticeKind,
    inspection: UUID | None = None,
    letter: UUID | None = None,
    now: datetime,
    due_on: date | None = None,
) -> None:
    """Put a notice in the list of each of `users`, and a mail in the outbox of those who want one at once.

    Only those are told who may be (rules/notices.py), whoever is named; others are passed over in silence,
    since to refuse would tell that there is something. The same about the same deadline is told once, and
    of the same thing once until it has been read, but for alarms (EACH_TIME). Nothing leaves before the
    transaction is committed.
    """
    told = _may_be_told(db, set(users), kind, inspection)
    asked_of = [] if kind in EACH_TIME else [user.id for user in told]
    known = _known(db, asked_of, kind, inspection, letter, due_on)
    for user in told:
        if user.id in known:
            continue
        notice = Notice(
            user_id=user.id, kind=kind, inspection_id=inspection, letter_id=letter, due_on=due_on, at=now
        )
        db.add(notice)
        if goes_at_once(kind, way_of(db, user)):
            notice.mail_id = mail_for(db, user.id, now=now).id
    db.flush()


def invite_by_mail(db: Session, *, invitation: UUID, now: datetime) -> None:
    """Put a mail in the outbox that says that there is an invitation, to its address; never its code."""
    db.add(OutgoingMail(invitation_id=invitation, made_at=now, due_at=now))
    db.flush()


def as_actor(user: User) -> Actor:
    """The account as the rules of access know it."""
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
        standing=user.standing,
    )


def way_of(db: Session, user: User) -> MailWay:
    """How this person hears by mail: as they have chosen, or as is usual for their roles."""
    chosen = db.get(MailChoice, user.id)
    return chosen.way if chosen else usual_way({item.role for item in user.roles})


def mail_for(db: Session, user_id: UUID, *, now: datetime) -> OutgoingMail:
    """The mail that is to tell this person of something now: the one that waits already, or a new one."""
    waiting = db.scalar(
        select(OutgoingMail)
        .where(
            OutgoingMail.user_id == user_id,
            OutgoingMail.sent_at.is_(None),
            OutgoingMail.dropped_at.is_(None),
            OutgoingMail.claimed_until.is_(None),
        )
        .limit(1)
    )
    if waiting is not None:
        return waiting
    last = db.scalar(select(func.max(OutgoingMail.made_at)).where(OutgoingMail.user_id == user_id))
    mail = OutgoingMail(user_id=user_id, made_at=now, due_at=next_mail_at(last, now))
    db.add(mail)
    db.flush()
    return mail


def _may_be_told(
    db: Session, users: Collection[UUID], kind: NoticeKind, inspection_id: UUID | None
) -> Sequence[User]:
    if not users:
        return ()
    case = None
    if inspection_id is not None:
        case = db.scalar(
            select(Inspection)
            .where(Inspection.id == inspection_id)
            .options(joinedload(Inspection.home), selectinload(Inspection.team))
        )
        if case is None:
            return ()
    provider = case.home.provider_id if case else None
    found = db.scalars(
        select(User).where(among(User.id, users), User.disabled_at.is_(None)).order_by(User.id)
    )
    return [user for user in found if may_be_told(as_actor(user), kind, case, provider)]


def _known(
    db: Session,
    users: Collection[UUID],
    kind: NoticeKind,
    inspection_id: UUID | None,
    letter_id: UUID | None,
    due_on: date | None,
) -> set[UUID]:
    """Those who have been told of this deadline already, or have not read yet what they would be told."""
    if not users:
        return set()
    the_same = [
        among(Notice.user_id, users),
        Notice.kind == kind,
        Notice.inspection_id.is_not_distinct_from(inspection_id),
        Notice.letter_id.is_not_distinct_from(letter_id),
        Notice.due_on.is_not_distinct_from(due_on),
    ]
    if due_on is None:
        the_same.append(Notice.read_at.is_(None))
    return set(db.scalars(select(Notice.user_id).where(*the_same)))

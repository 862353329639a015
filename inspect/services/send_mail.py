"""The outbox: which mails are due, who is at them, and how it went. At least once, each with its own id.

A worker claims mails and commits, hands them over, and then tells how it went. One that is killed in between
leaves a claim that runs out; the mail is then sent again with the same Message-ID, and shown once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.notices import MailWay, Notice, OutgoingMail
from ...models.people import User
from ...models.ways_in import Invitation
from ..outside.mail import MailFault
from ..rules.notices import LEASE, STALE, wait_after
from .tell import way_of

AT_A_TIME = 20


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail to hand over now: whom to, in which language, and whether it is an invitation."""

    id: UUID
    to: str
    language: str
    invited: bool
    made_at: datetime


def claim_mail(db: Session, *, now: datetime) -> Sequence[Claimed]:
    """The next mails that are due, ours to hand over until the claim runs out.

    Those that are not needed any more are dropped: all is read, the account is closed, the choice is no mail,
    or it could not be sent for so long that it is stale.
    """
    due = db.scalars(
        select(OutgoingMail)
        .where(
            OutgoingMail.sent_at.is_(None),
            OutgoingMail.dropped_at.is_(None),
            OutgoingMail.due_at <= now,
            or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until < now),
        )
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
    ).all()
    unread = set(
        db.scalars(
            select(Notice.mail_id).where(
                among(Notice.mail_id, [mail.id for mail in due]), Notice.read_at.is_(None)
            )
        )
    )
    claimed = []
    for mail in due:
        reader = _reader(db, mail, now, unread)
        if reader is None:
            mail.dropped_at = now
            continue
        mail.claimed_until = now + LEASE
        mail.attempts += 1
        claimed.append(reader)
    db.flush()
    return claimed


def _reader(db: Session, mail: OutgoingMail, now: datetime, unread: Iterable[UUID | None]) -> Claimed | None:
    """Whom the mail goes to; None when it is not needed."""
    if mail.made_at < now - STALE:
        return None
    if mail.invitation_id is not None:
        invitation = db.get(Invitation, mail.invitation_id)
        if invitation is None or invitation.used_at or invitation.revoked_at or invitation.expires_at <= now:
            return None
        return Claimed(mail.id, invitation.email, "sv", True, mail.made_at)
    user = db.get(User, mail.user_id)
    if user is None or user.disabled_at is not None or mail.id not in unread:
        return None
    if way_of(db, user) is MailWay.NONE:
        return None
    return Claimed(mail.id, user.email, user.language, False, mail.made_at)


def mail_sent(db: Session, *, id: UUID, now: datetime) -> None:
    """The server has taken the mail."""
    mail = db.get_one(OutgoingMail, id)
    if mail.dropped_at is None:
        mail.sent_at, mail.claimed_until, mail.fault = now, None, ""


def mail_failed(db: Session, *, id: UUID, fault: MailFault, now: datetime) -> None:
    """The server has not taken it: it is tried again later, or given up when that is no use."""
    mail = db.get_one(OutgoingMail, id)
    mail.claimed_until, mail.fault = None, str(fault)[:200]
    if fault.lasting:
        mail.dropped_at = now
    else:
        mail.due_at = now + wait_after(mail.attempts)

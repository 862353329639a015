"""The mail of the day: one to each person who has unread notices that no mail has told of."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ...models.notices import MailWay, Notice, OutgoingMail
from ...models.people import User
from ..outside.clock import SWEDEN
from ..rules.notices import STALE, digest_since
from .tell import way_of


def make_digests(db: Session, *, now: datetime) -> int:
    """Put the mails of the day in the outbox, on a working day from seven; how many. Asked again: none."""
    since = digest_since(now, SWEDEN)
    if since is None:
        return 0
    untold = (
        Notice.read_at.is_(None),
        Notice.mail_id.is_(None),
        Notice.at < since,
        Notice.at > now - STALE,
    )
    had_one = select(OutgoingMail.user_id).where(
        OutgoingMail.user_id == Notice.user_id, OutgoingMail.made_at >= since
    )
    waiting = db.execute(
        select(Notice.user_id, func.count()).where(*untold, ~had_one.exists()).group_by(Notice.user_id)
    ).all()
    made = 0
    for user_id, _number in waiting:
        user = db.get_one(User, user_id)
        if user.disabled_at is not None or way_of(db, user) is MailWay.NONE:
            continue
        mail = OutgoingMail(user_id=user_id, made_at=now, due_at=now)
        db.add(mail)
        db.flush()
        db.execute(update(Notice).where(*untold, Notice.user_id == user_id).values(mail_id=mail.id))
        made += 1
    return made

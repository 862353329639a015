"""What is of no case and has served: sign-ins that ended, mails that went, notices that were read.

Handlingar av tillfällig eller ringa betydelse: also they go under a rule only (arkivförordningen 14 §).
"""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from ...models.base import Base
from ...models.notices import Notice, OutgoingMail
from ...models.people import SignInAttempt, SignInSession
from ...models.reached_rows import DISPOSABLE
from ...models.retention import RetentionRule
from ..outside.clock import SWEDEN
from ..outside.reach import reaching_also
from ..rules.deadlines import same_day_in


def count_served(db: Session, rule: RetentionRule, *, now: datetime) -> dict[str, int]:
    """The rows that the rule lets go today, by table; those of which there are none are left out."""
    if rule.ended_at is not None:
        return {}
    with reaching_also(db, DISPOSABLE):  # a mail stays that any notice tells of
        counted = {
            table.name: db.scalar(select(func.count()).select_from(table).where(going)) or 0
            for table, going in _going(_before(rule, now)).items()
        }
    return {name: number for name, number in counted.items() if number}


def dispose_of_served(db: Session, rule: RetentionRule, *, now: datetime) -> dict[str, int]:
    """Delete them; how many rows of each table."""
    counts = {}
    for table, going in _going(_before(rule, now)).items():
        done = db.execute(delete(table).where(going), execution_options={"synchronize_session": False})
        gone: int = done.rowcount  # type: ignore[attr-defined]
        if gone:
            counts[table.name] = gone
    db.expire_all()
    return counts


def _before(rule: RetentionRule, now: datetime) -> datetime:
    """What had served before this moment has been kept for the years of the rule."""
    today = now.astimezone(SWEDEN).date()
    return datetime.combine(same_day_in(today, -12 * rule.years), time(), SWEDEN)


def _going(before: datetime) -> Mapping[Table, ColumnElement[bool]]:
    """Notices before the mails that told of them. A notice about a case goes with its case."""
    told_of = exists().where(Notice.mail_id == OutgoingMail.id)
    over = func.coalesce(SignInSession.revoked_at, SignInSession.last_seen_at)
    conditions: dict[type[Base], ColumnElement[bool]] = {
        Notice: and_(Notice.inspection_id.is_(None), Notice.letter_id.is_(None), Notice.read_at < before),
        OutgoingMail: and_(or_(OutgoingMail.sent_at < before, OutgoingMail.dropped_at < before), ~told_of),
        SignInSession: and_(over < before, SignInSession.last_seen_at < before),
        SignInAttempt: and_(SignInAttempt.at < before),
    }
    return {Base.metadata.tables[kind.__tablename__]: of for kind, of in conditions.items()}

"""The third eye on a grave account: countersign its investigation, or give it back with a remark."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.codings import Passage
from ...models.event_kinds import EventKind
from ...models.grave_accounts import Investigation
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.grave_accounts import Account, may_not_countersign
from .find_accounts import find_account
from .investigate_account import LONGEST_TEXT
from .next_name import hold_case
from .plan_inspection import FINISHED
from .record_event import record_event


def countersign_account(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    label: str,
    investigation_id: UUID,
    now: datetime,
) -> Investigation:
    """Agree to the investigation that waits: what it says becomes the account's resolution (method §8 A3).

    That is input to the weighing; a result that was stored before is out of date from now on. Raises
    NotAllowed; NotPossibleNow for the writer, the one who led the talk or recorded the statement, and on
    a finished case; Conflict when another investigation waits than the one that was read; NotFound.
    """
    account, waiting = _waiting(db, actor, inspection, label, investigation_id)
    waiting.countersigned_by_id = actor.user_id
    waiting.countersigned_at = now
    unit: Statement | Passage = (
        db.get_one(Passage, account.passage_id)
        if account.passage_id
        else db.get_one(Statement, account.statement_id)
    )
    unit.resolution = waiting.resolution
    record_event(
        db,
        EventKind.ACCOUNT_RESOLVED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        investigation=waiting.id,
        statement=account.statement_id,
        resolution=waiting.resolution.value,
    )
    db.flush()
    return waiting


def return_account(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    label: str,
    investigation_id: UUID,
    remark: str,
    now: datetime,
) -> Investigation:
    """Give the investigation back and say why; it keeps its words, and a new one can be written.

    Raises as `countersign_account`, and Invalid without a remark or when it is too long.
    """
    account, waiting = _waiting(db, actor, inspection, label, investigation_id)
    text = remark.strip()
    if not text:
        raise Invalid(N_("Write what is missing or what you see differently."), {"field": "remark"})
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "remark", "count": len(text), "limit": LONGEST_TEXT},
        )
    waiting.returned_by_id = actor.user_id
    waiting.returned_at = now
    waiting.remark = text
    record_event(
        db,
        EventKind.ACCOUNT_RETURNED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        investigation=waiting.id,
        statement=account.statement_id,
    )
    db.flush()
    return waiting


def _waiting(
    db: Session, actor: Actor, inspection: Inspection, label: str, investigation_id: UUID
) -> tuple[Account, Investigation]:
    if not may(actor, Permission.COUNTERSIGN, inspection):
        raise NotAllowed(N_("Only the team of the case countersigns."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed. Plan a new inspection for what has come up."))
    hold_case(db, inspection)
    account = find_account(db, inspection, label)
    shut = may_not_countersign(account, actor.user_id)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    if account.waiting is None or account.waiting.id != investigation_id:
        raise Conflict(N_("Another investigation has been written since. Read that one first."))
    return account, db.get_one(Investigation, investigation_id)

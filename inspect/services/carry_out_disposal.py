"""Carry out approved disposals: a case at a time, each whole or not at all.

Killed in the middle, a job leaves the case it was at as it was, and the next job goes on there. The receipt
is the disposal itself with what was counted of each case: there is one, however often the job was begun.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from ...models.break_glass import GlassOpening
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.reached_rows import DISPOSAL
from ...models.retention import Disposal, DisposalCase, RecordType, RetentionRule
from ..outside.clock import SWEDEN
from ..outside.database import wait_alone
from ..outside.reach import Reach, reach_as
from ..rules.disposal import left_because
from .destroy_case_key import destroy_case_key
from .find_disposable import find_facts
from .parts_of_case import dispose_of_part
from .record_event import record_event
from .rows_of_case import given, is_of_case, tables_with_case
from .what_served import dispose_of_served

ALONE = 7_003_200
"""The number under which one job disposes of cases at a time."""
EMPTIED: Mapping[str, Any] = {
    "focus_areas": [],
    "risk_note_sealed": None,
    "no_staff_reason_sealed": None,
    "note_sealed": None,
    "arrangements_sealed": None,
}
"""What somebody wrote in the entry itself. Number, subject, home, dates and state stay (OSL 5 kap. 2 §).
Of openings in need the words go in the same way (GlassOpening.words)."""


def carry_out_next(db: Session, *, now: datetime) -> bool:
    """Dispose of one case, or write that a disposal is done. False when there is nothing to do.

    The caller commits after each. What stands in the way is asked again: a hold may have been placed since.
    """
    reach_as(db, Reach(frozenset({DISPOSAL})))  # the cases that two have agreed on, whatever is asked for
    wait_alone(db, ALONE)
    disposal = db.scalar(
        select(Disposal)
        .where(Disposal.approved_at.is_not(None), Disposal.done_at.is_(None))
        .order_by(Disposal.approved_at, Disposal.id)
        .limit(1)
    )
    if disposal is None:
        return False
    rule = db.get_one(RetentionRule, disposal.rule_id)
    case = db.scalar(
        select(DisposalCase)
        .where(
            DisposalCase.disposal_id == disposal.id,
            DisposalCase.disposed_at.is_(None),
            DisposalCase.left_because.is_(None),
        )
        .order_by(DisposalCase.id)
        .limit(1)
    )
    if case is None:
        if rule.record_type is RecordType.SIGN_INS:
            disposal.counts = dispose_of_served(db, rule, now=now)
        _note_done(db, disposal, now)
        return True
    facts = find_facts(db, [case.inspection_id], today=now.astimezone(SWEDEN).date(), but_for=disposal.id)[
        case.inspection_id
    ]
    case.left_because = left_because(facts, after_archiving=rule.after_archiving)
    if case.left_because is None:
        if rule.record_type is RecordType.CASE:
            case.counts = dispose_of_case(db, case.inspection_id, now=now)
        else:
            case.counts = dispose_of_part(db, case.inspection_id, rule.record_type)
        case.disposed_at = now
        whole = rule.record_type is RecordType.CASE
        kind = EventKind.CASE_DISPOSED if whole else EventKind.PART_DISPOSED
        record_event(
            db, kind, actor=None, now=now, inspection_id=case.inspection_id, disposal=disposal.id,
            rule=rule.id, number=sum(case.counts.values()),
        )  # fmt: skip
    return True


def dispose_of_case(db: Session, inspection_id: UUID, *, now: datetime) -> dict[str, int]:
    """Destroy the key and the rows of a case, down to its entry in the register; rows by table."""
    if db.get_bind().dialect.name == "sqlite":
        db.execute(text("PRAGMA secure_delete = ON"))  # what is deleted is written over with zeroes
    destroy_case_key(db, inspection_id, actor=None, now=now)
    asked, counts = given(inspection_id), {}
    for table in reversed(tables_with_case()):
        rows = db.scalar(select(func.count()).select_from(table).where(is_of_case(table)), asked) or 0
        if rows:
            counts[table.name] = rows
            db.execute(
                delete(table).where(is_of_case(table)),
                asked,
                execution_options={"synchronize_session": False},
            )
    db.execute(
        update(GlassOpening)
        .where(GlassOpening.inspection_id == inspection_id)
        .values(words_sealed=None, words_gone_at=now)
        .execution_options(synchronize_session=False)
    )
    db.execute(
        update(Inspection)
        .where(Inspection.id == inspection_id)
        .values(disposed_at=now, imported_from=None, **EMPTIED)
        .execution_options(synchronize_session=False)
    )
    db.expire_all()
    return counts


def _note_done(db: Session, disposal: Disposal, now: datetime) -> None:
    disposal.done_at = now
    gone = db.scalar(
        select(func.count())
        .select_from(DisposalCase)
        .where(DisposalCase.disposal_id == disposal.id, DisposalCase.disposed_at.is_not(None))
    )
    record_event(db, EventKind.DISPOSAL_DONE, actor=None, now=now, disposal=disposal.id, number=gone or 0)

"""What devices sent that is not in the log: seen and settled by those who record in the case it names.

What names no case is seen by the person of the device alone. Supervisors see how much there is (the alarms of
a device), not what it says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.field import FieldHead, FieldOp, QuarantinedOp, Refusal, Settlement
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow, TillsynError
from ..rules.access import Actor, Permission, may
from ..rules.field_ops import Op, Refused, as_id, read_op
from .hold_ops import apply_and_hold
from .keep_ops import OwnChange, keep_own_ops, lock_cases
from .known_ops import heads_now
from .record_event import record_event
from .take_in_arrivals import catch_up

SHORTEST_REASON, LONGEST_REASON = 10, 20_000


@dataclass(frozen=True, slots=True)
class Apart:
    """One note in quarantine. `said`: what was sent, if it can be read; `rival`: the note of the log that has
    the same identity or number. `can_be_taken_in`: it is written as a note is.
    """

    id: UUID
    refusal: Refusal
    sender: str
    received_at: datetime
    said: Mapping[str, Any] | None
    rival: Mapping[str, Any] | None
    can_be_taken_in: bool


def list_quarantine(db: Session, *, actor: Actor, inspection: Inspection | None = None) -> tuple[Apart, ...]:
    """What nobody has settled of a case, the oldest first; without one, what `actor` sent that names no case.

    Raises NotAllowed for those who may not record in the case.
    """
    where: list[ColumnElement[bool]] = [QuarantinedOp.settlement.is_(None)]
    if inspection is None:
        where += [QuarantinedOp.inspection_id.is_(None), QuarantinedOp.sender_id == actor.user_id]
    else:
        _let_record(actor, inspection)
        where.append(QuarantinedOp.inspection_id == inspection.id)
    rows = db.execute(
        select(QuarantinedOp, User.name, FieldOp)
        .join(User, User.id == QuarantinedOp.sender_id)
        .outerjoin(FieldOp, FieldOp.id == QuarantinedOp.rival_id)
        .where(*where)
        .order_by(QuarantinedOp.received_at, QuarantinedOp.id)
    )
    return tuple(
        Apart(
            id=row.id,
            refusal=row.refusal,
            sender=name,
            received_at=row.received_at,
            said=_read(row),
            rival=json.loads(rival.content) if rival is not None else None,
            can_be_taken_in=inspection is not None and _readable(row) is not None,
        )
        for row, name, rival in rows
    )


def count_quarantine(db: Session, inspection_id: UUID) -> int:
    """How many notes of a case nobody has settled."""
    waiting = select(func.count()).where(
        QuarantinedOp.inspection_id == inspection_id, QuarantinedOp.settlement.is_(None)
    )
    return db.scalar(waiting) or 0


def take_in_quarantined(
    db: Session, *, actor: Actor, inspection: Inspection, quarantined_id: UUID, now: datetime
) -> TillsynError | None:
    """Let a note into the log after all, as an operation of the server's with the words of its writer.

    It builds on what it was written over, as far as that is in the log: what others have written since stands
    beside it, to be chosen between. Returns what the use case said when it is held. Raises NotAllowed,
    NotFound (also when it is settled), or NotPossibleNow for what is not written as a note is.
    """
    _let_record(actor, inspection)
    lock_cases(db, [inspection.id])
    catch_up(db, inspection=inspection, now=now)
    row = _waiting(db, quarantined_id, inspection.id)
    op = _readable(row)
    if op is None:
        raise NotPossibleNow(N_("It is not written as a note is. It can be set aside, with a reason."))
    documents = heads_now(db, [op.doc_id]).documents
    if documents.get(op.doc_id, (inspection.id, op.doc_kind)) != (inspection.id, op.doc_kind):
        raise NotPossibleNow(
            N_("It belongs to something in another case. It can be set aside, with a reason.")
        )
    author = op.author if db.get(User, op.author) is not None else row.sender_id
    ahead = row.sent_at - row.received_at if row.sent_at is not None else timedelta(0)
    change = OwnChange(
        op.doc_kind, op.doc_id, op.field, op.value, author, _parents(db, row, op), op.kind,
        at=min(op.client_time - ahead, now),
    )  # fmt: skip
    [written] = keep_own_ops(db, inspection_id=inspection.id, changes=[change], now=now)
    db.execute(update(FieldHead).where(FieldHead.op_id == written.op_id).values(applied=False))
    row.taken_as_id = written.op_id
    _settle(db, row, Settlement.TAKEN_IN, actor, now)
    refused = apply_and_hold(
        db, actor=actor, inspection=inspection, doc_ids=[op.doc_id], now=now, as_actor=True
    )
    return refused.get(written.op_id)


def set_quarantined_aside(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection | None,
    quarantined_id: UUID,
    reason: str,
    now: datetime,
) -> None:
    """Leave a note out of the case, with a reason. It is kept whole. Raises NotAllowed, NotFound, Invalid."""
    if inspection is not None:
        _let_record(actor, inspection)
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(
            N_("Write the reason in a sentence, so that somebody else can understand it."),
            {"field": "reason"},
        )
    row = _waiting(db, quarantined_id, inspection.id if inspection else None)
    if inspection is None and row.sender_id != actor.user_id:
        raise NotFound(_GONE)
    row.why = reason
    _settle(db, row, Settlement.SET_ASIDE, actor, now)


_GONE = N_("There is nothing here any more that waits. Look once more at the page.")


def _let_record(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))


def _waiting(db: Session, quarantined_id: UUID, inspection_id: UUID | None) -> QuarantinedOp:
    row = db.get(QuarantinedOp, quarantined_id, populate_existing=True)
    if row is None or row.settlement is not None or row.inspection_id != inspection_id:
        raise NotFound(_GONE)
    return row


def _settle(db: Session, row: QuarantinedOp, settlement: Settlement, actor: Actor, now: datetime) -> None:
    row.settlement, row.settled_at, row.settled_by_id = settlement, now, actor.user_id
    record_event(
        db,
        EventKind.QUARANTINE_SETTLED,
        actor=actor,
        now=now,
        inspection_id=row.inspection_id,
        quarantined=row.id,
        settlement=settlement.value,
    )
    db.flush()


def _read(row: QuarantinedOp) -> Mapping[str, Any] | None:
    said = json.loads(row.content)
    return said if isinstance(said, dict) and "value" in said else None


def _readable(row: QuarantinedOp) -> Op | None:
    """The operation that was sent, when it is one and only its surroundings were wrong."""
    try:
        op = read_op(json.loads(row.content))
    except Refused:
        return None
    return op if row.inspection_id == op.inspection_id else None


def _parents(db: Session, row: QuarantinedOp, op: Op) -> list[UUID]:
    """What it was written over, as far as that is in the log; where that was in quarantine itself and has
    been taken in, as what it was taken in."""
    taken = {
        as_id(said): taken_as
        for said, taken_as in db.execute(
            select(QuarantinedOp.said_id, QuarantinedOp.taken_as_id).where(
                QuarantinedOp.device_id == row.device_id,
                QuarantinedOp.taken_as_id.is_not(None),
                QuarantinedOp.said_id.in_([str(one) for one in op.parents]),
            )
        )
    }
    wanted = [taken.get(one) or one for one in op.parents]
    there = select(FieldOp.id).where(
        FieldOp.id.in_(wanted), FieldOp.doc_id == op.doc_id, FieldOp.field == op.field
    )
    return list(db.scalars(there))

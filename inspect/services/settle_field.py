"""What a person decides of what came from the field: which words apply, try again, set aside."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.event_kinds import EventKind
from ...models.field import FieldHead, FieldOp, HeldOp, OpKind, Settlement
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound, TillsynError
from ..rules.access import Actor, Permission, may
from ..rules.field_documents import value_fault
from .field_heads import OpenConflict, open_conflicts
from .find_inspection import find_inspection
from .hold_ops import apply_and_hold
from .keep_ops import OwnChange, keep_own_ops, lock_cases
from .record_event import record_event
from .record_values import tell
from .take_in_arrivals import catch_up

NOTHING_WAITS = N_("There is nothing here any more that waits. Look once more at the page.")
SHORTEST_REASON, LONGEST_REASON = 10, 20_000


def resolve_conflict(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    doc_id: UUID,
    field: str,
    seen: Collection[UUID],
    value: Any,
    now: datetime,
) -> None:
    """Say what a field is to hold that several have written in. `seen`: the operations the person saw.

    The record is changed by the use case of the pages, whose errors are raised; then nothing is changed.
    Raises Conflict when somebody has written in the field since, or already chosen.
    """
    _begin(db, actor, inspection, now)
    open_now = {(one.doc_id, one.field): one for one in open_conflicts(db, inspection.id)}
    conflict = open_now.get((doc_id, field))
    if conflict is None or {head.op_id for head in conflict.heads} != set(seen):
        raise Conflict(
            N_("Somebody has written here, or chosen, in the meantime. Look once more at what stands now.")
        )
    if value_fault(conflict.doc_kind, field, OpKind.RESOLVE.value, value) is not None:
        raise Invalid(N_("This value does not fit here."), {"field": "value"})
    try:
        with db.begin_nested():
            _write_over(db, actor, inspection, conflict, value, now)
            record_event(
                db,
                EventKind.FIELD_CONFLICT_RESOLVED,
                actor=actor,
                now=now,
                inspection_id=inspection.id,
                document=doc_id,
                field=field,
            )
    except TillsynError:
        find_inspection(db, inspection.dnr)  # what the savepoint took back is read anew
        raise


def _write_over(
    db: Session, actor: Actor, inspection: Inspection, conflict: OpenConflict, value: Any, now: datetime
) -> None:
    change = OwnChange(
        conflict.doc_kind,
        conflict.doc_id,
        conflict.field,
        value,
        actor.user_id,
        parents=[head.op_id for head in conflict.heads],
        kind=OpKind.RESOLVE,
    )
    [written] = keep_own_ops(db, inspection_id=inspection.id, changes=[change], now=now)
    db.execute(update(FieldHead).where(FieldHead.op_id == written.op_id).values(applied=False))
    refused = apply_and_hold(
        db, actor=actor, inspection=inspection, doc_ids=[conflict.doc_id], now=now, as_actor=True
    )
    if written.op_id in refused:
        raise refused[written.op_id]


def try_again(
    db: Session, *, actor: Actor, inspection: Inspection, op_ids: Collection[UUID], now: datetime
) -> dict[UUID, TillsynError]:
    """Try once more to take in what was refused, also in the actor's own name.

    Gives what is refused still, and why. Raises NotFound when nothing of it is held any more.
    """
    _begin(db, actor, inspection, now)
    held = _held(db, inspection, op_ids)
    docs = {op.doc_id for op in held.values()}
    refused = apply_and_hold(db, actor=actor, inspection=inspection, doc_ids=docs, now=now, as_actor=True)
    for op_id in held:
        record_event(
            db,
            EventKind.FIELD_OP_TRIED,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            op=op_id,
            taken_in=op_id not in refused,
        )
    return {op_id: error for op_id, error in refused.items() if op_id in held}


def take_in_what_waits(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> None:
    """Try what is held once more, for the case has come to another step; by those who wrote it."""
    docs = db.scalars(
        select(FieldOp.doc_id)
        .join(HeldOp, HeldOp.id == FieldOp.id)
        .where(HeldOp.inspection_id == inspection.id, HeldOp.settlement.is_(None))
        .distinct()
    ).all()
    if docs:
        lock_cases(db, [inspection.id])
        catch_up(db, inspection=inspection, now=now)
        apply_and_hold(db, actor=actor, inspection=inspection, doc_ids=docs, now=now)


def set_aside(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    op_ids: Collection[UUID],
    reason: str,
    now: datetime,
) -> None:
    """Leave what was refused out of the case, with a reason. It stays in the log, and can be read there.

    Devices are told what the record says instead. Raises Invalid for a reason that is too short, NotFound
    when nothing of it is held any more.
    """
    _begin(db, actor, inspection, now)
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(
            N_("Write the reason in a sentence, so that somebody else can understand it."),
            {"field": "reason"},
        )
    held = _held(db, inspection, op_ids)
    heads = set(db.scalars(select(FieldHead.op_id).where(among(FieldHead.op_id, held))))
    told = tell(db, inspection, {op.doc_id for op in held.values()})
    changes = []
    for op_id, op in held.items():
        if op_id in heads:
            record = told.get(op.doc_id)
            values = record.values if record is not None and op.kind is not OpKind.ADD else {}
            kind = OpKind.SET if op.field in values else OpKind.RETRACT
            changes.append(
                OwnChange(
                    op.doc_kind, op.doc_id, op.field, values.get(op.field), actor.user_id, [op_id], kind
                )
            )
    keep_own_ops(db, inspection_id=inspection.id, changes=changes, now=now)
    for row in db.scalars(select(HeldOp).where(among(HeldOp.id, held))):
        row.settlement, row.settled_at, row.settled_by_id = Settlement.SET_ASIDE, now, actor.user_id
        row.why = reason
        record_event(
            db,
            EventKind.FIELD_OP_SET_ASIDE,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            op=row.id,
        )
    db.flush()


def _begin(db: Session, actor: Actor, inspection: Inspection, now: datetime) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    lock_cases(db, [inspection.id])
    catch_up(db, inspection=inspection, now=now)


def _held(db: Session, inspection: Inspection, op_ids: Collection[UUID]) -> dict[UUID, FieldOp]:
    rows = db.scalars(
        select(FieldOp)
        .join(HeldOp, HeldOp.id == FieldOp.id)
        .where(
            HeldOp.inspection_id == inspection.id, HeldOp.settlement.is_(None), among(HeldOp.id, list(op_ids))
        )
        .order_by(FieldOp.server_seq)
    ).all()
    if not rows:
        raise NotFound(NOTHING_WAITS)
    return {row.id: row for row in rows}

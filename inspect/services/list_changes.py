"""What has happened in a case since a device last asked: its operations in the order the server got them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.field import FieldOp, HeldOp
from ...models.inspections import Inspection
from ...models.sealed import opened
from ...models.vocabulary import N_
from ..errors import NotAllowed, TillsynError
from ..rules.access import Actor, Permission, may
from .blind_coding import withhold_judgements
from .field_heads import OpenConflict, open_conflicts
from .hold_ops import as_error
from .keep_ops import lock_cases
from .take_in_arrivals import catch_up

MOST_CHANGES = 500
MOST_BATCHES = 15
"""Taken in before one answer; the rest comes with the next."""

_OPS, _WAITING = FieldOp.__table__.c, HeldOp.__table__.c
_AFTER = (
    select(_OPS.id, _OPS.server_seq, _OPS.content_sealed)
    .where(_OPS.inspection_id == bindparam("inspection"), _OPS.server_seq > bindparam("after"))
    .order_by(_OPS.server_seq)
    .limit(bindparam("most"))
)
_HELD = (
    select(_WAITING.id, _OPS.doc_id, _OPS.field, _WAITING.reason_sealed)
    .join(FieldOp.__table__, _OPS.id == _WAITING.id)
    .where(_WAITING.inspection_id == bindparam("inspection"), _WAITING.settlement.is_(None))
    .order_by(_OPS.server_seq)
)


@dataclass(frozen=True, slots=True)
class Change:
    """An operation as JSON, and the server's number of it."""

    op: dict[str, Any]
    server_seq: int


@dataclass(frozen=True, slots=True)
class Held:
    """An operation that a use case refused, and what it said."""

    op_id: UUID
    doc_id: UUID
    field: str
    reason: TillsynError


@dataclass(frozen=True, slots=True)
class Changes:
    """`server_seq`: ask for what comes after it next time. `more`: there is more already.

    `conflicts` and `held` are all that are open in the case, not only the new ones.
    """

    ops: tuple[Change, ...]
    server_seq: int
    more: bool
    conflicts: tuple[OpenConflict, ...]
    held: tuple[Held, ...]


def list_changes(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    after: int,
    now: datetime,
    limit: int = MOST_CHANGES,
    as_it_stands: bool = False,
) -> Changes:
    """The operations of a case with a server number above `after`, at most `limit`.

    First what has come for the case, and what pages changed, is written into the log: the transaction must be
    one that writes, and the caller commits it. `as_it_stands`: not now; what is not in the log yet comes with
    a later question. Raises NotAllowed.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("The inspectors of the case record in it."))
    lock_cases(db, [inspection.id])
    if not as_it_stands:
        catch_up(db, inspection=inspection, now=now, most=MOST_BATCHES)
    rows = db.execute(_AFTER, {"inspection": inspection.id, "after": after, "most": limit + 1}).all()
    said = [json.loads(opened("field_ops", "content_sealed", id, sealed)) for id, _, sealed in rows[:limit]]
    ops = tuple(
        Change(op, server_seq)
        for op, (_, server_seq, _) in zip(
            withhold_judgements(db, inspection, actor.user_id, said), rows[:limit], strict=True
        )
    )
    return Changes(
        ops=ops,
        server_seq=ops[-1].server_seq if ops else after,
        more=len(rows) > limit,
        conflicts=open_conflicts(db, inspection.id),
        held=held_in(db, inspection.id),
    )


def held_in(db: Session, inspection_id: UUID) -> tuple[Held, ...]:
    """What is held in a case and nobody has settled, the oldest first."""
    return tuple(
        Held(id, doc_id, field, as_error(opened("held_ops", "reason_sealed", id, sealed)))
        for id, doc_id, field, sealed in db.execute(_HELD, {"inspection": inspection_id})
    )

"""Put what was judged where it belongs: into the log, or into quarantine."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.devices import Device
from ...models.field import AwaitedOp, QuarantinedOp, Refusal
from ..rules.field_judging import Judged, Verdict
from ..rules.field_ops import Op
from .keep_ops import keep_ops

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """`numbers`: the server's number of each operation that is now in the log."""

    ops: tuple[Op, ...]
    numbers: dict[UUID, int]
    refused: tuple[Judged, ...]
    """What the database did not take."""
    superseded: frozenset[UUID]
    """Of them, those that something in the log was written over before they came: they are no heads."""


def keep_batch(
    db: Session,
    judged: Sequence[Judged],
    *,
    has_awaited: bool,
    sent_at: datetime | None,
    now: datetime,
) -> Kept:
    """Write new operations into the log. The lock of the case is held.

    All in one savepoint, and if the database refuses that, each in a savepoint of its own, so that one bad
    operation is refused alone. `has_awaited`: whether any operation at all is waited for.
    """
    new = [(one, one.sent.op) for one in judged if one.sent.op is not None]
    ops = [op for _, op in new]
    if not ops:
        return Kept((), {}, (), frozenset())
    unknown = {parent for one in judged for parent in one.unknown_parents}
    superseded: frozenset[UUID] = frozenset()
    if has_awaited:
        awaited = select(AwaitedOp.op_id).where(among(AwaitedOp.op_id, [op.op_id for op in ops]))
        superseded = frozenset(db.scalars(awaited))

    db.flush()  # what waits must not be undone with a savepoint that the session knows nothing of

    def keep(some: Sequence[Op]) -> dict[UUID, int] | None:
        try:
            with db.connection().begin_nested():
                return keep_ops(db, some, unknown=unknown, superseded=superseded, sent_at=sent_at, now=now)
        except DBAPIError:
            _LOG.exception("%d operations were refused by the database", len(some))
            return None

    together = keep(ops)
    if together is not None:
        return Kept(tuple(ops), together, (), superseded)
    numbers: dict[UUID, int] = {}
    refused = []
    for one, op in new:
        alone = keep([op])
        if alone is not None:
            numbers |= alone
        else:
            refused.append(Judged(one.sent, Verdict.REFUSED, Refusal.STORE, takes_number=True))
    return Kept(tuple(op for op in ops if op.op_id in numbers), numbers, tuple(refused), superseded)


def quarantine(
    db: Session,
    judged: Sequence[Judged],
    *,
    device: Device,
    cases: Collection[UUID],
    sent_at: datetime | None,
    now: datetime,
) -> None:
    """Keep what was refused, whole, each in a savepoint of its own. `cases`: those that there are."""
    for one in judged:
        case = one.sent.inspection_id
        seq = one.sent.seq
        with db.begin_nested():
            db.add(
                QuarantinedOp(
                    device_id=device.id,
                    said_id=one.sent.said_id,
                    seq=seq,
                    takes_number=one.takes_number,
                    inspection_id=case if case in cases else None,
                    refusal=one.refusal,
                    rival_id=one.rival,
                    sender_id=device.user_id,
                    sent_at=sent_at,
                    received_at=now,
                    content=one.sent.text,
                )
            )

"""Receive a whole batch in one piece: sealed, acknowledged and in the log of what happened, at once.

Taking it into the log of operations and into the case follows (services/take_in_arrivals.py): by whoever next
looks at the case, by the worker, or by `tillsyn take-in`. So a server that many devices send to at the same
time answers all of them, and none waits for the use cases of others. Only a batch in which nothing is amiss
is kept so.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, func, insert, select
from sqlalchemy.orm import Session

from ...models.base import new_id
from ...models.devices import Device
from ...models.event_kinds import EventKind
from ...models.field import ArrivedNotes, MissingNumbers, QuarantinedOp
from ...models.log_chain import write_events
from ...models.sealed import held_bytes, opened, packed, settled
from ..rules.access import Actor, Permission, may
from ..rules.field_arrivals import PlainBatch
from .case_outline import outlines
from .known_ops import Standing
from .receipts import receipt_of, receipt_with
from .record_event import event_row

_DEVICE, _APART, _LOST = Device.__table__.c, QuarantinedOp.__table__.c, MissingNumbers.__table__.c
_WAITING = ArrivedNotes.__table__.c
_CONTENT = ("arrived_notes", "content_sealed")

# Built once, and without the classes of the rows: every batch asks these.
_HOLD = (
    select(
        _DEVICE.acked_seq,
        _DEVICE.announced_seq,
        _DEVICE.lost_at,
        _DEVICE.left_at,
        _DEVICE.asks,
        _DEVICE.asks_since,
        exists().where(_APART.device_id == _DEVICE.id)
        | exists().where(
            _LOST.device_id == _DEVICE.id,
            _LOST.lost_at.is_not(None) | (_LOST.first_seq > _DEVICE.acked_seq),
        ),
    )
    .where(_DEVICE.id == bindparam("device"))
    .with_for_update(key_share=True, of=Device.__table__)
)
_SAME = select(_WAITING.id, _WAITING.content_sealed).where(
    _WAITING.device_id == bindparam("device"), _WAITING.first_seq == bindparam("first")
)
_KEEP = insert(ArrivedNotes.__table__)  # type: ignore[arg-type]


MUCH = 5
"""So many batches of one device that wait are not taken in while it waits for its answer."""
_NUMBER = select(func.count()).select_from(ArrivedNotes).where(_WAITING.device_id == bindparam("device"))


@dataclass(frozen=True, slots=True)
class HeldDevice:
    """What stands of a device while its other requests wait for this one to end.

    `is_whole`: everything that it ever sent is in the row of its numbers, and nothing of it is missing.
    """

    id: UUID
    acked_seq: int
    announced_seq: int
    lost_at: datetime | None
    left_at: datetime | None
    asks: int
    asks_since: datetime | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A batch that is ready to be kept: what takes time is done before anybody has to wait for it."""

    plain: PlainBatch
    row: UUID
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Arrived:
    """`known`: it was here already. `receipt`: as in services/receive_ops.py."""

    op_ids: tuple[str, ...]
    known: bool
    acked_seq: int
    announced_seq: int
    receipt: str


def seal_batch(plain: PlainBatch) -> SealedBatch:
    row = new_id()
    return SealedBatch(plain, row, held_bytes(*_CONTENT, row, packed(plain.text)))


def hold_device(db: Session, device_id: UUID) -> HeldDevice:
    """Make requests of one device wait for each other (until the commit), and see it as it is now."""
    acked, announced, lost_at, left_at, asks, since, has_more = db.execute(_HOLD, {"device": device_id}).one()
    return HeldDevice(device_id, acked, announced, lost_at, left_at, asks, since, not has_more)


def has_much_waiting(db: Session, device_id: UUID) -> bool:
    """Would it take long to take in what the device sent before?"""
    return (db.scalar(_NUMBER, {"device": device_id}) or 0) >= MUCH


def keep_arrival(
    db: Session,
    *,
    device: HeldDevice,
    actor: Actor,
    batch: SealedBatch,
    sent_at: datetime | None,
    announced_seq: int | None,
    now: datetime,
) -> Arrived | None:
    """Keep a batch to be taken in later; None when it asks for a closer look, and then nothing is kept.

    The batch must follow on what the device has sent before, and its writer be one who may record in the
    case. The caller writes the two numbers of the answer into the row of the device.
    """
    plain = batch.plain
    if not device.is_whole or device.lost_at is not None:
        return None
    if announced_seq is not None and announced_seq < max(device.announced_seq, plain.last):
        return None
    if plain.first <= device.acked_seq:
        return _known(db, device, plain)
    if plain.first != device.acked_seq + 1 or not _may_record(db, actor, plain.inspection_id):
        return None
    receipt = receipt_with(db, device.id, device.acked_seq, plain.op_ids)
    _keep(db, device.id, actor, batch, sent_at, now)
    announced = max(device.announced_seq, announced_seq or 0, plain.last)
    return Arrived(plain.op_ids, False, plain.last, announced, receipt)


def _known(db: Session, device: HeldDevice, plain: PlainBatch) -> Arrived | None:
    """The answer was lost, and the same batch comes again while it waits."""
    there = db.execute(_SAME, {"device": device.id, "first": plain.first}).one_or_none()
    if there is None or opened(*_CONTENT, there.id, there.content_sealed).encode() != plain.text:
        return None
    standing = Standing(device.acked_seq, False, False, False)
    receipt = receipt_of(db, device.id, standing, device.acked_seq)
    return Arrived(plain.op_ids, True, device.acked_seq, device.announced_seq, receipt)


def _may_record(db: Session, actor: Actor, inspection_id: UUID) -> bool:
    case = outlines(db, [inspection_id]).get(inspection_id)
    return case is not None and may(actor, Permission.RECORD_IN_INSPECTION, case)


def _keep(
    db: Session, device_id: UUID, actor: Actor, batch: SealedBatch, sent_at: datetime | None, now: datetime
) -> None:
    plain = batch.plain
    db.execute(
        _KEEP,
        {
            "id": batch.row,
            "device_id": device_id,
            "inspection_id": plain.inspection_id,
            "first_seq": plain.first,
            "last_seq": plain.last,
            "sent_at": sent_at,
            "received_at": now,
            "op_ids": "\n".join(plain.op_ids),
            "content_sealed": settled(db, plain.inspection_id, batch.sealed),
        },
    )
    event = event_row(
        EventKind.DEVICE_SYNCED,
        actor=actor,
        now=now,
        inspection_id=plain.inspection_id,
        device=device_id,
        number=len(plain.op_ids),
        held=0,
        refused=0,
    )
    write_events(db, [event])

"""Take what has come in one piece into the log of operations, and into its case.

Each batch is judged, in the order in which the batches came, as if it had come now; only that it was let in
is not asked again. What is refused is in quarantine then, and counts in the row of its device's numbers.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.orm import Session, joinedload

from ...models.among import among
from ...models.devices import AlarmKind, Device
from ...models.event_kinds import EventKind
from ...models.field import ArrivedNotes, AwaitedOp, Refusal
from ...models.inspections import Inspection
from ...models.people import User
from ...models.reached_rows import DEVICE
from ..outside.reach import reaching_also
from ..rules.field_arrivals import read_plain
from ..rules.field_judging import Judge, Verdict
from ..rules.field_ops import Op
from .device_alarms import raise_alarm
from .enrol_device import person_of
from .find_inspection import find_inspection
from .hold_ops import absorb_safely, apply_and_hold
from .keep_batch import keep_batch, quarantine
from .keep_ops import lock_cases
from .known_ops import Standing, heads_now, known_ops
from .record_event import record_event

_LOG = logging.getLogger(__name__)
_WAITING = ArrivedNotes.__table__.c
_ANY_OF_CASE = select(
    exists().where(_WAITING.inspection_id == Inspection.id, Inspection.dnr == bindparam("dnr"))
)

_OF_DEVICE = select(_WAITING.inspection_id).where(_WAITING.device_id == bindparam("device")).distinct()
_BEFORE = (
    select(Inspection.dnr)
    .where(
        exists().where(
            _WAITING.inspection_id == Inspection.id,
            (_WAITING.device_id == bindparam("device")) | among(_WAITING.inspection_id, "cases"),
        )
    )
    .order_by(Inspection.dnr)
)


def has_arrivals(db: Session, dnr: str) -> bool:
    """Is there anything that has come for the case with this number, and was not taken in?"""
    return bool(db.scalar(_ANY_OF_CASE, {"dnr": dnr}))


def cases_with_arrivals(db: Session) -> Sequence[str]:
    """The numbers of the cases for which something has come, those first that have waited longest."""
    first = (
        select(Inspection.dnr)
        .join(ArrivedNotes, ArrivedNotes.inspection_id == Inspection.id)
        .order_by(ArrivedNotes.received_at)
    )
    return list(dict.fromkeys(db.scalars(first)))


def catch_up(db: Session, *, inspection: Inspection, now: datetime, most: int | None = None) -> None:
    """Bring the log of a case up to date: what has come for it (at most so many batches), and what pages
    changed and what followed.

    Called under the lock of the case, with the inspection loaded whole.
    """
    _take_in(db, inspection, now, most)
    absorb_safely(db, inspection=inspection, now=now)


def take_in_arrivals(db: Session, *, dnr: str, now: datetime, most: int | None = None) -> int:
    """Take in what has come for a case, at most so many batches; how many batches it was.

    The transaction must be one that writes; the caller commits it.
    """
    with reaching_also(db, DEVICE):  # whoever looks at the case
        ids = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).all()
    lock_cases(db, ids)
    with reaching_also(db, case=next(iter(ids), None)):
        return _take_in(db, find_inspection(db, dnr), now, most)


def take_in_safely(db: Session, *, dnr: str, now: datetime, most: int | None = None) -> int:
    """`take_in_arrivals`, as far as it goes: a fault is logged, and everything waits as it did."""
    try:
        with db.begin_nested():
            return take_in_arrivals(db, dnr=dnr, now=now, most=most)
    except Exception:  # noqa: BLE001 - whatever it is, what was received stays received
        # Its number stands in the answer of the command; the program's own log names no case (decision 17).
        _LOG.exception("what has come for a case could not be taken in")
        return 0


def cases_that_wait(db: Session, device: Device) -> set[UUID]:
    """The cases for which something waits that the device sent before."""
    return set(db.scalars(_OF_DEVICE, {"device": device.id}))


def take_in_before(db: Session, *, device: Device, cases: Collection[UUID], now: datetime) -> None:
    """Take in all that came before what `device` sends now: for these cases, and from itself for others.

    Called under the locks of these cases and of `cases_that_wait`.
    """
    asked = {"device": device.id, "cases": list(cases)}
    for dnr in db.scalars(_BEFORE, asked).all():
        inspection = find_inspection(db, dnr)
        _take_in(db, inspection, now, None)


def _take_in(db: Session, inspection: Inspection, now: datetime, most: int | None) -> int:
    with reaching_also(db, DEVICE, case=inspection.id):  # what the device sent before stands in others too
        return _taken_in(db, inspection, now, most)


def _taken_in(db: Session, inspection: Inspection, now: datetime, most: int | None) -> int:
    rows = db.scalars(
        select(ArrivedNotes)
        .where(ArrivedNotes.inspection_id == inspection.id)
        .order_by(ArrivedNotes.received_at, ArrivedNotes.first_seq)
        .limit(most)
    ).all()
    if not rows:
        return 0
    absorb_safely(db, inspection=inspection, now=now)
    devices = _devices(db, {row.device_id for row in rows})
    ops: list[Op] = []
    refused: dict[UUID, int] = {}
    for row in _in_turn(rows):
        taken, apart = _into_log(db, inspection, devices[row.device_id], row, now)
        ops += taken
        refused[row.device_id] = refused.get(row.device_id, 0) + apart
    db.execute(delete(ArrivedNotes).where(among(ArrivedNotes.id, [row.id for row in rows])))
    held: dict[UUID, int] = {}
    if ops:
        actor = person_of(devices[rows[-1].device_id])
        doc_ids = list(dict.fromkeys(op.doc_id for op in ops))
        by_device = {op.op_id: op.device_id for op in ops}
        for op_id in apply_and_hold(db, actor=actor, inspection=inspection, doc_ids=doc_ids, now=now):
            if op_id in by_device:
                held[by_device[op_id]] = held.get(by_device[op_id], 0) + 1
    for key, device in devices.items():
        if held.get(key) or refused.get(key):
            record_event(
                db,
                EventKind.DEVICE_SYNCED,
                actor=person_of(device),
                now=now,
                inspection_id=inspection.id,
                device=key,
                number=0,
                held=held.get(key, 0),
                refused=refused.get(key, 0),
            )
    db.flush()
    return len(rows)


def _devices(db: Session, ids: Collection[UUID]) -> dict[UUID, Device]:
    query = (
        select(Device).where(among(Device.id, ids)).options(joinedload(Device.user).selectinload(User.roles))
    )
    return {device.id: device for device in db.scalars(query)}


def _in_turn(rows: Sequence[ArrivedNotes]) -> Sequence[ArrivedNotes]:
    """As they came, but what one device wrote in the order in which it wrote it."""
    queues: dict[UUID, list[ArrivedNotes]] = {}
    for row in sorted(rows, key=lambda row: row.first_seq, reverse=True):
        queues.setdefault(row.device_id, []).append(row)
    return [queues[row.device_id].pop() for row in rows]


def _into_log(
    db: Session, inspection: Inspection, device: Device, row: ArrivedNotes, now: datetime
) -> tuple[tuple[Op, ...], int]:
    """One batch: the operations that are in the log now, and how many were refused."""
    batch = read_plain(row.content)
    standing = Standing(row.first_seq - 1, True, False, True)
    known = known_ops(db, device.id, batch, standing)
    heads = heads_now(db, {sent.op.doc_id for sent in batch if sent.op is not None})
    judge = Judge(
        device_id=device.id,
        author=device.user_id,
        acked=row.first_seq - 1,
        logged=known.logged,
        numbers=known.numbers,
        quarantined=known.quarantined,
        cases=frozenset({inspection.id}),
        documents=dict(heads.documents),
    )
    judged = [judge.judge(sent) for sent in batch]
    new = [one for one in judged if one.verdict is Verdict.NEW]
    awaited = bool(db.scalar(select(exists(select(AwaitedOp.op_id)))))
    kept = keep_batch(db, new, has_awaited=awaited, sent_at=row.sent_at, now=row.received_at)
    refused = [one for one in judged if one.verdict is Verdict.REFUSED] + list(kept.refused)
    quarantine(db, refused, device=device, cases={inspection.id}, sent_at=row.sent_at, now=row.received_at)
    clones = sum(one.refusal is Refusal.CLONE for one in refused)
    if clones:
        raise_alarm(db, device=device, kind=AlarmKind.CLONED, notes=clones, actor=person_of(device), now=now)
    return kept.ops, len(refused)

"""Receive a batch of operations from a device: into the log, or into quarantine, and then into the case.

Safe to repeat: a batch whose answer was lost is sent again, and changes nothing. Each operation has a fate of
its own; only one that is missing keeps those after it waiting. The protocol: docs/field-protocol.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ...models.devices import AlarmKind, Device
from ...models.event_kinds import EventKind
from ...models.field import Refusal
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, TillsynError
from ..rules.access import Actor
from ..rules.field_arrivals import plain_batch
from ..rules.field_judging import Judge, Judged, Sent, Verdict, read_sent
from ..rules.field_ops import YEARS, Op, heads_after
from .device_alarms import raise_alarm
from .field_heads import conflicts_among
from .hold_ops import absorb_safely, apply_and_hold
from .keep_arrivals import has_much_waiting, hold_device, keep_arrival, seal_batch
from .keep_batch import Kept, keep_batch, quarantine
from .keep_ops import lock_cases
from .known_ops import HeadsNow, Known, cases_by_id, heads_now, known_ops, open_to, standing_of
from .missing_numbers import Told, note_missing, pass_over_lost
from .receipts import receipt_of
from .record_event import record_event
from .take_in_arrivals import cases_that_wait, take_in_before

MOST_OPS = 1_000
"""In one batch: a long talk with all its answers comes in one piece."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as an English message of the catalogue and what fills its places."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpResult:
    """What came of one operation. `status`: accepted, known, conflict, held or `rejected:` and a Refusal.

    `heads`: those of its field, when there are several to choose between and this is one of them.
    """

    op_id: str
    status: str
    server_seq: int | None = None
    heads: tuple[UUID, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """`receipt`: SHA-256 (hex) over the ids up to `acked_seq`, in the order of their numbers, by newlines."""

    acked_seq: int
    results: tuple[OpResult, ...]
    receipt: str


def receive_ops(
    db: Session,
    *,
    device: Device,
    actor: Actor,
    ops: Sequence[object],
    device_time: datetime | None,
    now: datetime,
    announced_seq: int | None = None,
    unsent: int | None = None,
    may_wait: bool = False,
) -> Received:
    """Take in what a device sent, in the order it sent it. `ops` is decoded JSON, whatever it holds.

    `announced_seq`: the highest number that the device has given; `unsent`: how many of its operations it
    has no answer about, those of this batch among them. `device_time` is what its clock says now; of one
    that does not say, the clock is taken to differ as it last did. What a device that is reported lost sends
    is kept in quarantine, all of it. The transaction must be one that writes.
    `may_wait`: keep it in one piece when nothing is amiss, and have it taken into the log and the case by
    whoever looks there next (services/keep_arrivals.py).
    Raises NotAllowed when the device is another's, Invalid when there are more than MOST_OPS.
    """
    if device.user_id != actor.user_id:
        raise NotAllowed(N_("The device is another person’s."))
    if len(ops) > MOST_OPS:
        raise Invalid(N_("At most %(most)s notes can be sent at a time."), {"field": "ops", "most": MOST_OPS})
    sent_at = _sent_at(device, device_time, now)
    there = hold_device(db, device.id)
    _bring_up_to_date(device, acked=there.acked_seq, announced=there.announced_seq, lost_at=there.lost_at)
    if there.is_whole and (may_wait or has_much_waiting(db, device.id)):
        plain = plain_batch(ops, device_id=device.id, author=actor.user_id)
        arrived = plain and keep_arrival(
            db,
            device=there,
            actor=actor,
            batch=seal_batch(plain),
            sent_at=sent_at,
            announced_seq=announced_seq,
            now=now,
        )
        if arrived:
            device.acked_seq, device.announced_seq = arrived.acked_seq, arrived.announced_seq
            status = "known" if arrived.known else "accepted"
            results = tuple(OpResult(op_id, status) for op_id in arrived.op_ids)
            return Received(arrived.acked_seq, results, arrived.receipt)
    batch = [read_sent(raw, device.id) for raw in ops]
    named = {sent.inspection_id for sent in batch if sent.inspection_id is not None}
    lock_cases(db, named | cases_that_wait(db, device))
    take_in_before(db, device=device, cases=named, now=now)
    standing = standing_of(db, device)
    known = known_ops(db, device.id, batch, standing)
    cases = _cases(db, batch, known)
    may_record = open_to(actor, cases.values())
    if device.lost_at is None:
        for case in sorted(may_record):
            absorb_safely(db, inspection=cases[case], now=now)
    told = Told(announced_seq, unsent)
    pass_over_lost(db, device=device, actor=actor, batch=batch, told=told, now=now)
    heads = heads_now(db, {sent.op.doc_id for sent in batch if sent.op is not None})
    judged = _judged(device, actor, batch, known, heads, may_record)
    new = [one for one in judged if one.verdict is Verdict.NEW]
    kept = keep_batch(db, new, has_awaited=standing.has_awaited, sent_at=sent_at, now=now)
    _bring_in_step(heads, kept)
    refused = [one for one in judged if one.verdict is Verdict.REFUSED] + list(kept.refused)
    quarantine(db, refused, device=device, cases=cases, sent_at=sent_at, now=now)
    clones = sum(one.refusal is Refusal.CLONE for one in refused)
    if clones:
        raise_alarm(db, device=device, kind=AlarmKind.CLONED, notes=clones, actor=actor, now=now)
    note_missing(db, device=device, actor=actor, judged=judged, told=told, now=now)
    held = _apply(db, actor, cases, kept.ops, now)
    _log(db, actor, device, list(cases), kept.ops, held, refused, now)
    db.flush()
    return Received(
        acked_seq=device.acked_seq,
        results=tuple(_results(db, judged, kept, known, heads, held)),
        receipt=receipt_of(db, device.id, standing, device.acked_seq),
    )


def _sent_at(device: Device, device_time: datetime | None, now: datetime) -> datetime | None:
    """What the device's clock says as it sends; None when nothing is known of it."""
    if device_time is None and device.clock_ahead_ms is not None:
        device_time = now + timedelta(milliseconds=device.clock_ahead_ms)
    return said_by_clock(device_time)


def said_by_clock(device_time: datetime | None) -> datetime | None:
    """What a device's clock says; None for what no clock says that was ever set."""
    return device_time if device_time is not None and device_time.year in YEARS else None


def _bring_up_to_date(device: Device, *, acked: int, announced: int, lost_at: datetime | None) -> None:
    """What another request may have changed before this one had its turn."""
    for name, value in (("acked_seq", acked), ("announced_seq", announced), ("lost_at", lost_at)):
        set_committed_value(device, name, value)


def _cases(db: Session, batch: Sequence[Sent], known: Known) -> dict[UUID, Inspection]:
    """The cases that what is new in the batch names, as far as there are such cases."""
    return cases_by_id(
        db,
        {
            sent.inspection_id
            for sent in batch
            if sent.inspection_id is not None and (sent.op is None or sent.op.op_id not in known.logged)
        },
    )


def _judged(
    device: Device,
    actor: Actor,
    batch: Sequence[Sent],
    known: Known,
    heads: HeadsNow,
    may_record: frozenset[UUID],
) -> list[Judged]:
    judge = Judge(
        device_id=device.id,
        author=actor.user_id,
        acked=device.acked_seq,
        logged=known.logged,
        numbers=known.numbers,
        quarantined=known.quarantined,
        cases=may_record,
        documents=dict(heads.documents),
        lost=device.lost_at is not None,
    )
    judged = [judge.judge(sent) for sent in batch]
    device.acked_seq = judge.acked
    return judged


def _bring_in_step(heads: HeadsNow, kept: Kept) -> None:
    for op in kept.ops:
        key = (op.doc_id, op.field)
        left = heads_after(heads.heads.get(key, set()), op.op_id, op.parents)
        heads.heads[key] = set(left - kept.superseded - {one for later in kept.ops for one in later.parents})


def _apply(
    db: Session, actor: Actor, cases: Mapping[UUID, Inspection], ops: Sequence[Op], now: datetime
) -> dict[UUID, TillsynError]:
    """Have the cases take in what is new; what they would not."""
    documents: dict[UUID, dict[UUID, None]] = {}
    for op in ops:
        documents.setdefault(op.inspection_id, {})[op.doc_id] = None
    held: dict[UUID, TillsynError] = {}
    for case, doc_ids in documents.items():
        held |= apply_and_hold(db, actor=actor, inspection=cases[case], doc_ids=list(doc_ids), now=now)
    return held


def _log(
    db: Session,
    actor: Actor,
    device: Device,
    cases: Sequence[UUID],
    ops: Sequence[Op],
    held: Mapping[UUID, TillsynError],
    refused: Sequence[Judged],
    now: datetime,
) -> None:
    """One line for each case: how many notes came, and how many of them did not go straight into it."""
    for case in cases:
        own = [op for op in ops if op.inspection_id == case]
        apart = sum(one.sent.inspection_id == case for one in refused)
        if not own and not apart:
            continue
        record_event(
            db,
            EventKind.DEVICE_SYNCED,
            actor=actor,
            now=now,
            inspection_id=case,
            device=device.id,
            number=len(own),
            held=sum(op.op_id in held for op in own),
            refused=apart,
        )


def _results(
    db: Session,
    judged: Sequence[Judged],
    kept: Kept,
    known: Known,
    heads: HeadsNow,
    held: Mapping[UUID, TillsynError],
) -> Iterator[OpResult]:
    conflicts: dict[UUID, tuple[UUID, ...]] = {}
    several_heads = {doc_id for (doc_id, _), ids in heads.heads.items() if len(ids) > 1}
    for conflict in conflicts_among(db, several_heads):
        sides = tuple(head.op_id for head in conflict.heads)
        conflicts |= dict.fromkeys(sides, sides)
    for one in judged:
        sent, op = one.sent, one.sent.op
        if (
            op is None
            or one.refusal is not None
            or (one.verdict is Verdict.NEW and op.op_id not in kept.numbers)
        ):
            refusal = one.refusal or Refusal.STORE
            yield OpResult(sent.said_id, f"rejected:{refusal.value}", reason=Reason(refusal.title))
            continue
        seq = kept.numbers.get(op.op_id) or known.logged[op.op_id].server_seq
        several = conflicts.get(op.op_id, ())
        error = held.get(op.op_id)
        status = "held" if error else "conflict" if several else "accepted"
        yield OpResult(
            sent.said_id,
            "known" if one.verdict is Verdict.KNOWN else status,
            server_seq=seq or kept.numbers.get(op.op_id),
            heads=several,
            reason=Reason(error.reason, error.values) if error else None,
        )

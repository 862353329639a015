"""What the log and the quarantine know of a batch before it is judged, asked in a few questions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ...models.among import among
from ...models.devices import Device
from ...models.field import AwaitedOp, FieldHead, FieldOp, MissingNumbers, QuarantinedOp, Refusal
from ...models.inspections import Inspection
from ...models.sealed import opened
from ..rules.access import Actor, Permission, may
from ..rules.field_judging import Logged, Quarantined, Sent
from .find_inspection import find_inspection

_OPS, _APART, _HEADS = FieldOp.__table__.c, QuarantinedOp.__table__.c, FieldHead.__table__.c
_DEVICE, _LOST = Device.__table__.c, MissingNumbers.__table__.c
_AWAITED = AwaitedOp.__table__

# Built once: every sync of every device asks these, and building them costs more than answering them.
_STANDING = select(
    _DEVICE.acked_seq,
    _DEVICE.announced_seq,
    _DEVICE.lost_at,
    exists().where(_APART.device_id == _DEVICE.id),
    exists().where(_LOST.device_id == _DEVICE.id, _LOST.lost_at.is_not(None)),
    exists(select(_AWAITED.c.op_id)),
).where(_DEVICE.id == bindparam("device"))
_KNOWN = select(
    _OPS.id, _OPS.device_id, _OPS.seq, _OPS.doc_id, _OPS.field, _OPS.server_seq, _OPS.content_sealed
).where(
    or_(
        among(_OPS.id, "ids"),
        and_(_OPS.device_id == bindparam("device"), among(_OPS.seq, "numbers")),
    )
)
_QUARANTINED = select(
    _APART.id, _APART.said_id, _APART.seq, _APART.takes_number, _APART.refusal, _APART.content_sealed
).where(
    _APART.device_id == bindparam("device"),
    or_(
        among(_APART.said_id, "said"),
        and_(_APART.takes_number, among(_APART.seq, "numbers")),
    ),
)
_HEADS_OF = select(_HEADS.op_id, _HEADS.inspection_id, _HEADS.doc_kind, _HEADS.doc_id, _HEADS.field).where(
    among(_HEADS.doc_id, "documents")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far everything has come from a device, and what there is at all to look through."""

    acked_seq: int
    has_quarantine: bool
    has_lost_numbers: bool
    has_awaited: bool


@dataclass(frozen=True, slots=True)
class Known:
    """For rules/field_judging.py: what is in the log, which numbers are taken, what is in quarantine."""

    logged: dict[UUID, Logged]
    numbers: dict[int, UUID | None]
    quarantined: dict[str, list[Quarantined]]


@dataclass(slots=True)
class HeadsNow:
    """Case and kind of each known document, and the heads of each of its fields."""

    documents: dict[UUID, tuple[UUID, str]]
    heads: dict[tuple[UUID, str], set[UUID]]


def standing_of(db: Session, device: Device) -> Standing:
    """Where the device stands, asked under the locks; `device` is brought up to date with it."""
    acked, announced, lost_at, apart, lost, awaited = db.execute(_STANDING, {"device": device.id}).one()
    for name, value in (("acked_seq", acked), ("announced_seq", announced), ("lost_at", lost_at)):
        set_committed_value(device, name, value)
    return Standing(acked, apart, lost, awaited)


def known_ops(db: Session, device_id: UUID, batch: Sequence[Sent], standing: Standing) -> Known:
    """What is known of these operations, of their parents, and of their numbers on this device."""
    ops = [sent.op for sent in batch if sent.op is not None]
    ids = {op.op_id for op in ops} | {parent for op in ops for parent in op.parents}
    numbers = {sent.seq for sent in batch if sent.seq is not None}
    logged: dict[UUID, Logged] = {}
    taken: dict[int, UUID | None] = {}
    asked = {"ids": list(ids), "numbers": list(numbers), "device": device_id}
    for id, of_device, seq, doc_id, field, server_seq, sealed in db.execute(_KNOWN, asked) if ids else ():
        text = opened("field_ops", "content_sealed", id, sealed)
        logged[id] = Logged(of_device, seq, doc_id, field, text, server_seq)
        if of_device == device_id and seq is not None:
            taken[seq] = id
    quarantined: dict[str, list[Quarantined]] = {}
    asked["said"] = [sent.said_id for sent in batch]
    there = batch and standing.has_quarantine
    for id, said_id, seq, takes_number, refusal, sealed in db.execute(_QUARANTINED, asked) if there else ():
        text = opened("quarantined_ops", "content_sealed", id, sealed)
        quarantined.setdefault(said_id, []).append(Quarantined(text, Refusal(refusal)))
        if takes_number and seq is not None:
            taken.setdefault(seq, None)
    return Known(logged, taken, quarantined)


def heads_now(db: Session, doc_ids: Collection[UUID]) -> HeadsNow:
    """The documents among these that the log knows."""
    found = HeadsNow({}, {})
    if doc_ids:
        for op_id, case, kind, doc_id, field in db.execute(_HEADS_OF, {"documents": list(doc_ids)}):
            found.documents[doc_id] = (case, kind)
            found.heads.setdefault((doc_id, field), set()).add(op_id)
    return found


def cases_by_id(db: Session, ids: Iterable[UUID]) -> dict[UUID, Inspection]:
    """Those of these inspections that there are, whole, as they are now; what is disposed of is not."""
    wanted = set(ids)
    there = select(Inspection.dnr).where(among(Inspection.id, wanted), Inspection.disposed_at.is_(None))
    numbers = db.scalars(there) if wanted else ()
    return {one.id: one for one in [find_inspection(db, dnr) for dnr in numbers]}


def open_to(actor: Actor, cases: Iterable[Inspection]) -> frozenset[UUID]:
    """The cases among these in which `actor` may record."""
    return frozenset(one.id for one in cases if may(actor, Permission.RECORD_IN_INSPECTION, one))

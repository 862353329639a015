"""The receipt of a device: proof of what the server has, which the device compares before it deletes."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.field import ArrivedNotes, FieldOp, QuarantinedOp
from .known_ops import Standing

_OPS, _APART, _WAITING = FieldOp.__table__.c, QuarantinedOp.__table__.c, ArrivedNotes.__table__.c
_LOGGED = (
    select(_OPS.seq, _OPS.id)
    .where(
        _OPS.device_id == bindparam("device"), _OPS.seq >= bindparam("first"), _OPS.seq <= bindparam("last")
    )
    .order_by(_OPS.seq)
)
_QUARANTINED = select(_APART.seq, _APART.said_id).where(
    _APART.device_id == bindparam("device"),
    _APART.takes_number,
    _APART.seq >= bindparam("first"),
    _APART.seq <= bindparam("last"),
)
_ARRIVED = (
    select(_WAITING.first_seq, _WAITING.op_ids)
    .where(
        _WAITING.device_id == bindparam("device"),
        _WAITING.last_seq >= bindparam("first"),
        _WAITING.first_seq <= bindparam("last"),
    )
    .order_by(_WAITING.first_seq)
)

MOST_KEPT = 500
_begun: "OrderedDict[UUID, _Begun]" = OrderedDict()


class _Begun:
    """The sum so far of one device, in this process: up to `seq`, where `last` stands."""

    def __init__(self) -> None:
        self.seq = 0
        self.last = ""
        self.sum = hashlib.sha256()

    def add(self, ids: Sequence[str]) -> None:
        """Those that follow, without holes."""
        self.sum.update(("\n" if self.seq else "").encode() + "\n".join(ids).encode())
        self.seq, self.last = self.seq + len(ids), ids[-1]


def receipt_of(db: Session, device_id: UUID, standing: Standing, acked_seq: int) -> str:
    """SHA-256 (hex) over the ids of what has come from a device up to `acked_seq`, joined by newlines in the
    order of their numbers. What waits to be taken in counts, and what is in quarantine, by the identity
    it gave itself; lost numbers are passed over.

    What was committed before (`standing`) is summed once in each process. Of a device that has lost numbers
    all is summed each time: they may come after all.
    """
    begun, rows = _summed(db, device_id, standing, acked_seq)
    _keep(device_id, begun)
    rest = begun.sum.copy()
    for number, said in enumerate(said for seq, said in rows if seq > begun.seq):
        rest.update(f"\n{said}".encode() if begun.seq or number else said.encode())
    return rest.hexdigest()


def receipt_with(db: Session, device_id: UUID, acked_seq: int, following: Sequence[str]) -> str:
    """What `receipt_of` gives when operations with these ids follow on `acked_seq`, of a device that has
    nothing in quarantine and has lost nothing."""
    begun = _taken(device_id)
    asked = {"device": device_id, "first": begun.seq, "last": acked_seq}
    arrived = [(first, ids.split("\n")) for first, ids in db.execute(_ARRIVED, asked)]
    is_the_same = not begun.seq or any(ids[begun.seq - first] == begun.last for first, ids in arrived[:1])
    for first, ids in arrived:
        if first == begun.seq + 1:
            begun.add(ids)
    if not is_the_same or begun.seq != acked_seq:
        if is_the_same:
            _keep(device_id, begun)
        begun, _ = _summed(db, device_id, Standing(acked_seq, False, False, False), acked_seq)
    whole = begun.sum.copy()
    whole.update(("\n" if begun.seq else "").encode() + "\n".join(following).encode())
    _keep(device_id, begun)
    return whole.hexdigest()


def _summed(
    db: Session, device_id: UUID, standing: Standing, acked_seq: int
) -> tuple[_Begun, list[tuple[int, str]]]:
    """The sum of what was committed, and the rows that it was brought up to date with."""
    begun = _Begun() if standing.has_lost_numbers else _taken(device_id)
    rows = _rows(db, device_id, begun.seq, acked_seq)
    if begun.seq and rows[:1] != [(begun.seq, begun.last)]:
        begun = _Begun()
        rows = _rows(db, device_id, 0, acked_seq)
    for seq, said in rows:
        if begun.seq < seq <= standing.acked_seq:
            begun.sum.update(f"\n{said}".encode() if begun.seq else said.encode())
            begun.seq, begun.last = seq, said
    return begun, rows


def _taken(device_id: UUID) -> _Begun:
    """The sum so far, taken out while it is added to: another thread then begins one of its own."""
    try:
        return _begun.pop(device_id)
    except KeyError:
        return _Begun()


def _keep(device_id: UUID, begun: _Begun) -> None:
    _begun[device_id] = begun
    while len(_begun) > MOST_KEPT:
        _begun.popitem(last=False)


def _rows(db: Session, device_id: UUID, first: int, last: int) -> list[tuple[int, str]]:
    asked = {"device": device_id, "first": first, "last": last}
    logged = [(seq, str(id)) for seq, id in db.execute(_LOGGED, asked)]
    apart = [(seq, said) for seq, said in db.execute(_QUARANTINED, asked)]
    arrived = [
        (seq, said)
        for begins, said_ids in db.execute(_ARRIVED, asked)
        for seq, said in enumerate(said_ids.split("\n"), start=begins)
        if first <= seq <= last
    ]
    return sorted(logged + apart + arrived)

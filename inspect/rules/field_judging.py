"""What comes of each operation of a batch: taken in, known, refused, or sent again because one is missing.

One judge sees one batch, in the order in which it was sent. It is told what the log and the quarantine hold
of it beforehand, asks no database, and keeps count itself of what it has let in.
"""

import enum
from dataclasses import dataclass, field
from uuid import UUID

from ...models.field import Refusal
from .field_ops import Op, Refused, as_id, is_seq, read_op, said_id, whole_text


class Verdict(enum.Enum):
    """`AGAIN`: it is in quarantine already; the answer is repeated."""

    NEW = enum.auto()
    KNOWN = enum.auto()
    REFUSED = enum.auto()
    AGAIN = enum.auto()
    GAP = enum.auto()


@dataclass(frozen=True, slots=True)
class Logged:
    """An operation of the log. `text` is its canonical JSON."""

    device_id: UUID | None
    seq: int | None
    doc_id: UUID
    field: str
    text: str
    server_seq: int = 0


@dataclass(frozen=True, slots=True)
class Quarantined:
    text: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """What came, as far as it can be read. `op` is None, and `refusal` says why, when it is no operation.

    `seq` is its number among those of the device that sent it; None when it has none of them.
    """

    said_id: str
    text: str
    op: Op | None
    refusal: Refusal | None
    seq: int | None
    inspection_id: UUID | None


@dataclass(frozen=True, slots=True)
class Judged:
    sent: Sent
    verdict: Verdict
    refusal: Refusal | None = None
    takes_number: bool = False
    rival: UUID | None = None
    unknown_parents: tuple[UUID, ...] = ()


def read_sent(raw: object, device_id: UUID) -> Sent:
    """`raw`, decoded JSON of any kind, as this device sent it."""
    seq = None
    if isinstance(raw, dict) and raw.get("device_id") == str(device_id) and is_seq(raw.get("seq")):
        seq = int(raw["seq"])
    try:
        op = read_op(raw)
    except Refused as refused:
        case = as_id(raw.get("inspection_id")) if isinstance(raw, dict) else None
        return Sent(said_id(raw), whole_text(raw), None, refused.refusal, seq, case)
    return Sent(str(op.op_id), op.text, op, None, seq, op.inspection_id)


@dataclass(slots=True)
class Judge:
    """`acked`: up to this number of the device everything has come; it moves as operations are let in.

    `numbers`: which operation has a number (of those in the batch), by the log (its id) or by the quarantine
    (None). `cases`: those in which the writer may record. `documents`: the case and kind of each known
    document. `lost`: the device is reported lost, and all that it sends is kept apart.
    """

    device_id: UUID
    author: UUID
    acked: int
    logged: dict[UUID, Logged]
    numbers: dict[int, UUID | None]
    quarantined: dict[str, list[Quarantined]]
    cases: frozenset[UUID]
    documents: dict[UUID, tuple[UUID, str]]
    lost: bool = False
    stopped: bool = field(default=False, init=False)
    """Has a gap ended the batch?"""

    def judge(self, sent: Sent) -> Judged:
        """What comes of `sent`, the next of the batch."""
        judged = self._judge(sent)
        if judged.verdict is Verdict.REFUSED and judged.refusal is not None:
            self.quarantined.setdefault(sent.said_id, []).append(Quarantined(sent.text, judged.refusal))
        return judged

    def _judge(self, sent: Sent) -> Judged:
        op, refusal, seq = sent.op, sent.refusal, sent.seq
        rival: UUID | None = None
        if op is not None and op.op_id in self.logged:
            if self.logged[op.op_id].text == op.text:
                return Judged(sent, Verdict.KNOWN)
            refusal, rival = Refusal.ID_REUSE, op.op_id
        for one in self.quarantined.get(sent.said_id, ()):
            if one.text == sent.text:
                return Judged(sent, Verdict.AGAIN, one.refusal)
        if self.stopped or (seq is not None and seq > self.acked + 1):
            self.stopped = True
            return Judged(sent, Verdict.GAP, Refusal.GAP)
        if seq is None:
            return Judged(sent, Verdict.REFUSED, refusal or Refusal.DEVICE, rival=rival)
        if seq in self.numbers:
            return Judged(sent, Verdict.REFUSED, refusal or Refusal.CLONE, rival=rival or self.numbers[seq])
        self.acked = max(self.acked, seq)
        refusal = refusal or self._refusal(op)
        if refusal is not None or op is None:
            self.numbers[seq] = None
            return Judged(sent, Verdict.REFUSED, refusal, takes_number=True, rival=rival)
        self.numbers[seq] = op.op_id
        unknown = tuple(one for one in op.parents if one not in self.logged)
        self.logged[op.op_id] = Logged(op.device_id, seq, op.doc_id, op.field, op.text)
        self.documents.setdefault(op.doc_id, (op.inspection_id, op.doc_kind))
        return Judged(sent, Verdict.NEW, unknown_parents=unknown)

    def _refusal(self, op: Op | None) -> Refusal | None:
        """Why an operation of this device, in its turn, is not let in."""
        if self.lost:
            return Refusal.LOST
        if op is None:
            return None
        if op.author != self.author:
            return Refusal.AUTHOR
        if op.inspection_id not in self.cases:
            return Refusal.INSPECTION
        if self.documents.get(op.doc_id, (op.inspection_id, op.doc_kind)) != (op.inspection_id, op.doc_kind):
            return Refusal.DOCUMENT
        parents = [self.logged[one] for one in op.parents if one in self.logged]
        if op.op_id in op.parents or any((one.doc_id, one.field) != (op.doc_id, op.field) for one in parents):
            return Refusal.PARENTS
        return None

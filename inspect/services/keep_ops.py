"""Write operations into the log: under the lock of the case, each with the next number, the heads brought in
step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from ...models.base import new_id
from ...models.field import SERVER_NUMBERS, AwaitedOp, FieldHead, FieldOp, OpKind
from ...models.sealed import held_bytes, settled
from ..rules.field_ops import SERVER, Op, canonical_json

_OF_UUID = 2**62
"""Of a case's id (UUIDv7) the last 62 bits are by lot: they are the number of its advisory lock. Should two
cases have the same, they only wait for each other."""

_CONTENT = ("field_ops", "content_sealed")
_OPS = insert(FieldOp.__table__)  # type: ignore[arg-type]
_HEADS = insert(FieldHead.__table__)  # type: ignore[arg-type]
_AWAITED = insert(AwaitedOp.__table__)  # type: ignore[arg-type]
_LAST = select(func.coalesce(func.max(FieldOp.server_seq), 0))
_TAKE_SQLITE_LOCK = text("UPDATE field_ops SET server_seq = server_seq WHERE 0")
_TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_NEXT = select(SERVER_NUMBERS.next_value()).select_from(func.generate_series(1, bindparam("number")))


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A change that a page or an import made, to be told to devices. `author`: who made it, if known.

    `at`: when it was made, if known. `op_id`: the operation's, where the record has the same.
    """

    doc_kind: str
    doc_id: UUID
    field: str
    value: Any
    author: UUID | None
    parents: Collection[UUID] = ()
    kind: OpKind = OpKind.SET
    at: datetime | None = None
    op_id: UUID | None = None


def lock_cases(db: Session, ids: Collection[UUID]) -> None:
    """Wait until nobody else writes in the log of these cases; held until the transaction ends.

    All that a transaction needs are taken at once, in their order, so that no two wait for each other. A
    number given in a case is committed before the next is given there, so that who reads its log in order
    never passes a row that commits late. SQLite has one writer at a time: its lock is taken here when the
    transaction did not begin with it.
    """
    if db.get_bind().dialect.name == "postgresql":
        for number in sorted({id.int % _OF_UUID for id in ids}):
            db.execute(_TAKE_LOCK, {"lock": number})
    else:
        db.execute(_TAKE_SQLITE_LOCK)


def _next_numbers(db: Session, number: int) -> Sequence[int]:
    if db.get_bind().dialect.name == "postgresql":
        return sorted(db.scalars(_NEXT, {"number": number}))
    last = last_server_seq(db)
    return range(last + 1, last + number + 1)


def last_server_seq(db: Session) -> int:
    """The number of the newest operation in the log; 0 for an empty one."""
    return db.scalar(_LAST) or 0


def keep_ops(
    db: Session,
    ops: Sequence[Op],
    *,
    unknown: Collection[UUID],
    superseded: Collection[UUID],
    sent_at: datetime | None,
    now: datetime,
) -> dict[UUID, int]:
    """Insert operations, and bring the heads in step; the number of each. The locks of their cases are held.

    `unknown`: parents that are not in the log; `superseded`: operations that something in the log is already
    written over. Raises the database's error, with nothing of it said to be done: use a savepoint.
    """
    if not ops:
        return {}
    numbers = _next_numbers(db, len(ops))
    of_device = [op.device_id != SERVER for op in ops]
    db.execute(
        _OPS,
        [
            {
                "id": op.op_id,
                "server_seq": number,
                "device_id": op.device_id if by_device else None,
                "seq": op.seq if by_device else None,
                "inspection_id": op.inspection_id,
                "doc_kind": op.doc_kind,
                "doc_id": op.doc_id,
                "field": op.field,
                "kind": op.kind,
                "author_id": None if op.author == SERVER else op.author,
                "written_at": op.client_time,
                "sent_at": sent_at if by_device else None,
                "received_at": now,
                "content_sealed": settled(
                    db, op.inspection_id, held_bytes(*_CONTENT, op.op_id, op.text.encode())
                ),
            }
            for number, op, by_device in zip(numbers, ops, of_device, strict=True)
        ],
    )
    parents = {parent for op in ops for parent in op.parents}
    if parents:
        db.execute(delete(FieldHead).where(FieldHead.op_id.in_(parents)).execution_options(**_PLAIN))
    awaited = [{"op_id": one, "child_id": op.op_id} for op in ops for one in op.parents if one in unknown]
    if awaited:
        db.execute(_AWAITED, awaited)
    heads = [
        {
            "op_id": op.op_id,
            "server_seq": number,
            "inspection_id": op.inspection_id,
            "doc_kind": op.doc_kind,
            "doc_id": op.doc_id,
            "field": op.field,
            "kind": op.kind,
            "applied": op.device_id == SERVER,
        }
        for number, op in zip(numbers, ops, strict=True)
        if op.op_id not in parents and op.op_id not in superseded
    ]
    if heads:
        db.execute(_HEADS, heads)
    return {op.op_id: number for number, op in zip(numbers, ops, strict=True)}


def keep_own_ops(
    db: Session, *, inspection_id: UUID, changes: Sequence[OwnChange], now: datetime
) -> tuple[Op, ...]:
    """Write what pages changed into the log, as operations of the server's own. The case's lock is held."""
    ops = tuple(_own(inspection_id, change, now) for change in changes)
    keep_ops(db, ops, unknown=(), superseded=(), sent_at=None, now=now)
    return ops


def stamp(moment: datetime) -> str:
    """A moment as operations write it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _own(inspection_id: UUID, change: OwnChange, now: datetime) -> Op:
    op_id = change.op_id or new_id()
    author = change.author or SERVER
    parents = tuple(sorted(set(change.parents)))
    written = {
        "op_id": str(op_id),
        "device_id": str(SERVER),
        "seq": 0,
        "inspection_id": str(inspection_id),
        "doc_kind": change.doc_kind,
        "doc_id": str(change.doc_id),
        "field": change.field,
        "kind": change.kind.value,
        "parents": [str(one) for one in parents],
        "value": change.value,
        "client_time": stamp(change.at or now),
        "tz": "UTC",
        "author": str(author),
        "guide_version": "",
    }
    return Op(
        op_id=op_id,
        device_id=SERVER,
        seq=0,
        inspection_id=inspection_id,
        doc_kind=change.doc_kind,
        doc_id=change.doc_id,
        field=change.field,
        kind=change.kind,
        parents=parents,
        value=change.value,
        client_time=change.at or now,
        author=author,
        text=canonical_json(written),
    )


_PLAIN: dict[str, Any] = {"synchronize_session": False}

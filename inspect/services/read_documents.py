"""The documents of the field as their heads say them: which value stands in each field, and who wrote it."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import FieldHead, FieldOp, OpKind, happened_at
from ...models.inspections import Inspection
from ...models.sealed import opened
from ..rules.field_documents import as_time, default_of


@dataclass(slots=True)
class Head:
    """One operation that no other builds on. `at` is when it was written by our clock; `is_measured`: we know
    how the device's clock differed from it."""

    op_id: UUID
    server_seq: int
    kind: OpKind
    applied: bool
    value: Any
    author_id: UUID | None
    at: datetime
    is_measured: bool
    parents: tuple[UUID, ...]
    guide_version: str
    from_device: bool

    def moment(self, said: str, now: datetime) -> datetime:
        """When what was written in this moment happened; `said` is what the value says of it. Never later
        than now."""
        return min(self.at if self.is_measured else as_time(said), now)


@dataclass(slots=True)
class Document:
    """One document: its fields, and the heads of each in the order in which the server took them in."""

    id: UUID
    kind: str
    heads: dict[str, list[Head]] = field(default_factory=dict)

    def standing(self, name: str) -> Head | None:
        """The head that the record keeps: one that is in it already, else the first that came."""
        heads = self.heads.get(name, [])
        return next((head for head in heads if head.applied), heads[0] if heads else None)

    def value(self, name: str) -> Any:
        """What the record is to say. A value that was taken back is as one never written."""
        head = self.standing(name)
        if head is None or head.kind is OpKind.RETRACT:
            return default_of(self.kind, name)
        return head.value

    def pending(self, *names: str) -> list[str]:
        """The fields, among those named, whose standing head is not yet in the record."""
        found = ((name, self.standing(name)) for name in names)
        return [name for name, head in found if head is not None and not head.applied]


_HEADS = select(
    FieldHead.op_id, FieldHead.server_seq, FieldHead.doc_id, FieldHead.doc_kind, FieldHead.field,
    FieldHead.kind, FieldHead.applied, FieldOp.author_id, FieldOp.device_id, FieldOp.written_at,
    FieldOp.sent_at, FieldOp.received_at, FieldOp.content_sealed,
).join(FieldOp, FieldOp.id == FieldHead.op_id)  # fmt: skip


_WAITING = (
    select(FieldHead.doc_id)
    .where(FieldHead.inspection_id == bindparam("inspection"), FieldHead.applied.is_(False))
    .distinct()
)


def read_documents(db: Session, inspection: Inspection, doc_ids: Iterable[UUID]) -> dict[UUID, Document]:
    """The documents with these ids, as far as anything was written in them."""
    documents: dict[UUID, Document] = {}
    wanted = list(doc_ids)
    for first in range(0, len(wanted), 500):
        rows = db.execute(
            _HEADS.where(
                FieldHead.inspection_id == inspection.id, among(FieldHead.doc_id, wanted[first : first + 500])
            ).order_by(FieldHead.server_seq)
        )
        for row in rows:
            document = documents.setdefault(row.doc_id, Document(row.doc_id, row.doc_kind))
            document.heads.setdefault(row.field, []).append(_head(row))
    return documents


def _head(row: Any) -> Head:
    content = json.loads(opened("field_ops", "content_sealed", row.op_id, row.content_sealed))
    return Head(
        op_id=row.op_id,
        server_seq=row.server_seq,
        kind=row.kind,
        applied=row.applied,
        value=content["value"],
        author_id=row.author_id,
        at=happened_at(row.written_at, row.sent_at, row.received_at),
        is_measured=row.sent_at is not None,
        parents=tuple(UUID(one) for one in content["parents"]),
        guide_version=content["guide_version"],
        from_device=row.device_id is not None,
    )


def waiting_documents(db: Session, inspection: Inspection) -> Collection[UUID]:
    """The documents with a head that is not yet in the record: new ones, those held, those in conflict."""
    return db.scalars(_WAITING, {"inspection": inspection.id}).all()

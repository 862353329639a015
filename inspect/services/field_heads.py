"""The heads of fields, and the conflicts among them that a person has to settle."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import FieldHead, FieldOp, OpKind
from ...models.sealed import opened
from ..rules.field_ops import is_conflict

_HEADS, _OPS = FieldHead.__table__.c, FieldOp.__table__.c

# Built once: every sync and every fetch asks these.
_OF_HEADS = (
    select(
        _OPS.id,
        _OPS.server_seq,
        _OPS.inspection_id,
        _OPS.doc_kind,
        _OPS.doc_id,
        _OPS.field,
        _OPS.content_sealed,
    )
    .join(FieldHead.__table__, _HEADS.op_id == _OPS.id)
    .where(_HEADS.kind != OpKind.ADD)
    .order_by(_OPS.server_seq)
)
_AMONG = _OF_HEADS.where(among(_HEADS.doc_id, "documents"))
_SEVERAL = (
    select(_HEADS.doc_id, _HEADS.field)
    .where(_HEADS.inspection_id == bindparam("inspection"), _HEADS.kind != OpKind.ADD)
    .group_by(_HEADS.doc_id, _HEADS.field)
    .having(func.count() > 1)
)
_OF_CASE = _OF_HEADS.where(
    _HEADS.inspection_id == bindparam("inspection"), tuple_(_HEADS.doc_id, _HEADS.field).in_(_SEVERAL)
)


@dataclass(frozen=True, slots=True)
class Head:
    """One head. `op` is the operation as JSON."""

    op_id: UUID
    server_seq: int
    op: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field with several heads that differ, in the order in which the server got them: the first is what
    the record says until a person writes over them all."""

    inspection_id: UUID
    doc_kind: str
    doc_id: UUID
    field: str
    heads: tuple[Head, ...]


def open_conflicts(db: Session, inspection_id: UUID) -> tuple[OpenConflict, ...]:
    """The open conflicts of a case, the oldest first."""
    return _conflicts(db.execute(_OF_CASE, {"inspection": inspection_id}).all())


def conflicts_among(db: Session, doc_ids: Collection[UUID]) -> tuple[OpenConflict, ...]:
    """The open conflicts in these documents, the oldest first."""
    return _conflicts(db.execute(_AMONG, {"documents": list(doc_ids)}).all()) if doc_ids else ()


def _conflicts(rows: Sequence[Any]) -> tuple[OpenConflict, ...]:
    number = Counter((row.doc_id, row.field) for row in rows)
    found: dict[tuple[UUID, str], OpenConflict] = {}
    for id, server_seq, inspection_id, doc_kind, doc_id, field, sealed in rows:
        if number[doc_id, field] < 2:
            continue
        head = Head(id, server_seq, json.loads(opened("field_ops", "content_sealed", id, sealed)))
        before = found.get((doc_id, field))
        heads = (*before.heads, head) if before else (head,)
        found[doc_id, field] = OpenConflict(inspection_id, doc_kind, doc_id, field, heads)
    return tuple(one for one in found.values() if is_conflict([head.op for head in one.heads]))

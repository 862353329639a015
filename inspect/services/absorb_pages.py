"""From the records to the log: what pages and imports changed becomes operations of the server's own.

So a page and a device that change the same field differ in the open, as two devices do, and devices get what
pages write. Only records whose stamp has changed since the log last saw them are read.
"""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import FieldHead, FieldOp, FieldRecord, OpKind
from ...models.inspections import Inspection
from ...models.vocabulary import ChildOutcome
from ..rules.field_documents import DOCUMENTS, as_time, default_of
from .keep_ops import OwnChange, keep_own_ops
from .read_documents import Document, Head, read_documents
from .record_values import Told, stamps_of, tell

MADE_ONCE = frozenset(
    {
        ("talk", "start"),
        ("statement", "source"),
        ("evidence", "about"),
        ("check", "requirement"),
        ("acute", "step"),
        ("child", "added"),
        ("photo", "about"),
        ("recording", "about"),
    }
)
"""Fields that no page changes once they are written. Their times may be of another clock."""

FOLLOWS_FROM_WORDS = {"outcome": ChildOutcome.TALKED.value, "note": ""}
"""The outcome that a child has by having told something; nobody chose it over what is held."""

_RECORDS = FieldRecord.__table__.c
_SEEN = select(_RECORDS.doc_id, _RECORDS.stamp).where(_RECORDS.inspection_id == bindparam("inspection"))
_REMEMBER = insert(FieldRecord.__table__)  # type: ignore[arg-type]
_FORGET = delete(FieldRecord).execution_options(synchronize_session=False)


def absorb_page_changes(db: Session, *, inspection: Inspection, now: datetime) -> int:
    """Write into the log what pages changed since; how many operations it was.

    Called under the lock of the case (services/keep_ops.py), with the inspection loaded whole.
    """
    stamps = stamps_of(db, inspection)
    seen = {row.doc_id: row.stamp for row in db.execute(_SEEN, {"inspection": inspection.id})}
    changed = [key for key, (_, stamp) in stamps.items() if key not in seen or seen[key] != stamp]
    gone = [key for key in seen if key not in stamps]
    if not changed and not gone:
        return 0
    told = tell(db, inspection, changed)
    documents = read_documents(db, inspection, [*changed, *gone])
    changes: list[OwnChange] = []
    for key in changed:
        document = documents.get(key) or Document(key, stamps[key][0])
        changes += _changes(db, document, told[key])
    for key in gone:
        changes += _gone(documents.get(key))
    changes += _overrides(db, inspection, changed)
    keep_own_ops(db, inspection_id=inspection.id, changes=changes, now=now)
    remember(db, inspection, changed, stamps)
    if gone:
        db.execute(_FORGET.where(FieldRecord.doc_id.in_(gone)))
    return len(changes)


def remember(
    db: Session, inspection: Inspection, keys: Collection[UUID], stamps: dict[UUID, tuple[str, str]]
) -> None:
    """Note that the log has seen these records as they are now."""
    rows = [
        {"doc_id": key, "inspection_id": inspection.id, "doc_kind": stamps[key][0], "stamp": stamps[key][1]}
        for key in keys
        if key in stamps
    ]
    for first in range(0, len(rows), 500):
        some = rows[first : first + 500]
        db.execute(_FORGET.where(FieldRecord.doc_id.in_([row["doc_id"] for row in some])))
        db.execute(_REMEMBER, some)


def _changes(db: Session, document: Document, told: Told) -> Iterator[OwnChange]:
    for name in DOCUMENTS[document.kind]:
        if name not in told.values:
            continue
        value = told.values[name]
        if document.kind == "talk" and name == "lead" and _leads_since_it_began(document, told):
            continue
        parents = _parents(db, document, name, value)
        if parents is not None:
            yield OwnChange(
                document.kind, document.id, name, _plain(value), told.author, parents=parents, at=told.at
            )


def _leads_since_it_began(document: Document, told: Told) -> bool:
    start = document.standing("start")
    began_by = start.author_id if start else told.author
    return "lead" not in document.heads and told.values["lead"] in (None, str(began_by))


def _parents(db: Session, document: Document, name: str, value: Any) -> Collection[UUID] | None:
    """What an operation that says `value` is to be written over; None when none is needed.

    Of a field with several heads, only the one that the pages showed: the others are still to be chosen
    between. Of one whose only head is held, what was there before it: the page never showed it.
    """
    heads = document.heads.get(name, [])
    standing = document.standing(name)
    if standing is None:
        return None if same(document.kind, name, default_of(document.kind, name), value) else ()
    if standing.applied:
        if _says(document, name, standing, value):
            return None
        all_alike = all(one.value == standing.value for one in heads)
        return [one.op_id for one in heads if one is standing or all_alike]
    if _says(document, name, standing, value) or (document.kind, name) in MADE_ONCE:
        return None
    if value == FOLLOWS_FROM_WORDS:
        return None
    before = _before(db, document, name, standing)
    return None if any(same(document.kind, name, one, value) for one in before) else standing.parents


def _before(db: Session, document: Document, name: str, head: Head) -> list[Any]:
    """What the field said when `head` was written."""
    if not head.parents:
        return [default_of(document.kind, name)]
    rows = db.scalars(select(FieldOp).where(among(FieldOp.id, head.parents)))
    return [json.loads(row.content)["value"] for row in rows]


def _says(document: Document, name: str, head: Head, value: Any) -> bool:
    if head.kind is OpKind.RETRACT:
        return same(document.kind, name, default_of(document.kind, name), value)
    said = head.value
    if (document.kind, name) == ("talk", "end") and said is not None:
        said = {**said, "ended_at": head.at if head.is_measured else said["ended_at"]}
    return same(document.kind, name, said, value)


def same(kind: str, name: str, said: Any, value: Any) -> bool:
    """Does a field's operation say what the record says? Use cases take away spaces at the ends of texts."""
    if (kind, name) in MADE_ONCE:
        return (said is None) == (value is None)
    if (kind, name) == ("talk", "end") and said is not None and value is not None:
        return _near(said["ended_at"], value["ended_at"])
    if isinstance(said, str) and isinstance(value, str):
        return said.strip() == value.strip()
    if (kind, name) == ("check", "mark") and said is not None and said["result"] != "deviation":
        quiet = {"consequence": None, "extent": None, "repeated": False, "fixed": False}
        said = {**said, **quiet, "self_reported": False}
    if isinstance(said, dict) and isinstance(value, dict):
        return said.keys() == value.keys() and all(same("", key, said[key], value[key]) for key in said)
    return bool(said == value)


def _near(one: Any, other: Any) -> bool:
    one, other = (as_time(moment) if isinstance(moment, str) else moment for moment in (one, other))
    return bool(abs((one - other).total_seconds()) < 1)


def _gone(document: Document | None) -> Iterator[OwnChange]:
    """A child that was added by mistake and a mark that was taken back are not there for devices either."""
    name = {"child": "added", "check": "mark"}.get(document.kind) if document else None
    if document is None or name is None or not document.heads.get(name):
        return
    parents = [head.op_id for head in document.heads[name]]
    if document.value(name) is not None:
        yield OwnChange(document.kind, document.id, name, None, None, parents=parents, kind=OpKind.RETRACT)


def _overrides(db: Session, inspection: Inspection, changed: Collection[UUID]) -> Iterator[OwnChange]:
    """Departures from the order: each is an operation, with the same id, beside the others."""
    if inspection.id not in changed or not inspection.overrides:
        return
    known = set(
        db.scalars(
            select(FieldHead.op_id).where(FieldHead.doc_id == inspection.id, FieldHead.field == "override")
        )
    )
    for one in inspection.overrides:
        if one.id not in known:
            yield OwnChange(
                "visit", inspection.id, "override", one.reason, one.by_id, kind=OpKind.ADD, at=one.at,
                op_id=one.id,
            )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value

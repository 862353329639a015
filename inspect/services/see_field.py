"""What came from the field and waits for a person: texts to choose between, what could not be taken in, talks
out of their order."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import FieldHead, FieldOp, HeldOp, Settlement
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.people import User
from ..errors import TillsynError
from .field_heads import open_conflicts
from .hold_interview import list_interviews
from .hold_ops import reason_of


@dataclass(frozen=True, slots=True)
class Version:
    """One of several values of a field: who wrote it and when (by our clock). `is_standing`: the record says
    it for now."""

    op_id: UUID
    value: Any
    author: str
    at: datetime
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that two have written in without seeing each other's words. `document`: what it is of."""

    doc_kind: str
    doc_id: UUID
    field: str
    document: "Named"
    versions: tuple[Version, ...]

    @property
    def is_text(self) -> bool:
        """Can the words be put together by hand?"""
        return self.field in TEXTS and all(isinstance(one.value, str) for one in self.versions)


@dataclass(frozen=True, slots=True)
class Named:
    """What a document is, for a page to say: its kind; whom, what or which requirement it is about."""

    kind: str
    about: str = ""
    talk_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A value that a use case refused. `reason` is what it said; `why`, `settled_by`: it was set aside."""

    op_id: UUID
    doc_kind: str
    doc_id: UUID
    field: str
    kind: str
    document: Named
    value: Any
    author: str
    at: datetime
    reason: TillsynError
    belongs_to: UUID | None = None
    """The talk that it was noted in, or that it is of."""
    why: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FromField:
    """All of it. `out_of_order`: talks with adults that began before the children were offered theirs."""

    differing: tuple[Differing, ...]
    held: tuple[Waiting, ...]
    set_aside: tuple[Waiting, ...]
    out_of_order: tuple[Interview, ...]


TEXTS = frozenset({"text", "note", "place", "own_question", "feedback_channel"})


def see_field(db: Session, inspection: Inspection) -> FromField:
    """What waits for a person in this case, the oldest first."""
    conflicts = open_conflicts(db, inspection.id)
    rows = db.execute(
        select(HeldOp, FieldOp)
        .join(FieldOp, FieldOp.id == HeldOp.id)
        .where(
            HeldOp.inspection_id == inspection.id,
            (HeldOp.settlement.is_(None)) | (HeldOp.settlement == Settlement.SET_ASIDE),
        )
        .order_by(FieldOp.server_seq)
    ).all()
    around = _Around(
        db,
        inspection,
        [one.doc_id for one in conflicts] + [op.doc_id for _, op in rows],
        with_people=bool(conflicts or rows),
    )
    waiting = [_waiting(held, op, around) for held, op in rows]
    return FromField(
        differing=tuple(
            Differing(
                one.doc_kind,
                one.doc_id,
                one.field,
                around.named(one.doc_kind, one.doc_id),
                tuple(_versions(one.heads, around)),
            )
            for one in conflicts
        ),
        held=tuple(one for one in waiting if one.settled_at is None),
        set_aside=tuple(one for one in waiting if one.settled_at is not None),
        out_of_order=tuple(talk for talk in list_interviews(db, inspection) if talk.before_children),
    )


def _versions(heads: Sequence[Any], around: "_Around") -> Iterable[Version]:
    standing = next((head for head in heads if around.is_applied(head.op_id)), heads[0])
    for head in heads:
        row = around.ops[head.op_id]
        yield Version(
            head.op_id,
            head.op["value"],
            around.people.get(row.author_id, ""),
            row.happened_at,
            head is standing,
        )


def _waiting(held: HeldOp, op: FieldOp, around: "_Around") -> Waiting:
    is_settled = held.settled_at is not None
    return Waiting(
        op_id=op.id,
        doc_kind=op.doc_kind,
        doc_id=op.doc_id,
        field=op.field,
        kind=op.kind.value,
        document=around.named(op.doc_kind, op.doc_id),
        value=json.loads(op.content)["value"],
        author=around.people.get(op.author_id, ""),
        at=op.happened_at,
        reason=reason_of(held),
        belongs_to=around.talk_of(op.doc_kind, op.doc_id),
        why=held.why if is_settled else "",
        settled_by=around.people.get(held.settled_by_id, "") if is_settled else "",
        settled_at=held.settled_at,
    )


class _Around:
    """The documents around what waits, as far as a page needs to name them, and the names of people."""

    def __init__(
        self, db: Session, inspection: Inspection, doc_ids: Iterable[UUID], *, with_people: bool
    ) -> None:
        self.inspection = inspection
        self.people: dict[UUID | None, str] = {}
        self.ops: dict[UUID, FieldOp] = {}
        self.said: dict[tuple[UUID, str], Any] = {}
        self._applied: set[UUID] = set()
        if not with_people:
            return
        self.people = {row.id: row.name for row in db.execute(select(User.id, User.name))}
        wanted = set(doc_ids)
        self._read(db, wanted)
        talks = {
            UUID(said["talk"]) for said in self.said.values() if isinstance(said, dict) and said.get("talk")
        }
        self._read(db, talks - wanted)
        self.talks = {talk.id: talk.person for talk in list_interviews(db, inspection)}

    def _read(self, db: Session, doc_ids: set[UUID]) -> None:
        rows = db.execute(
            select(FieldHead, FieldOp)
            .join(FieldOp, FieldOp.id == FieldHead.op_id)
            .where(FieldHead.inspection_id == self.inspection.id, among(FieldHead.doc_id, doc_ids))
            .order_by(FieldHead.server_seq.desc())
        )
        for head, op in rows:
            self.ops[op.id] = op
            self.said[op.doc_id, op.field] = json.loads(op.content)["value"]
            if head.applied:
                self._applied.add(op.id)

    def is_applied(self, op_id: UUID) -> bool:
        return op_id in self._applied

    def talk_of(self, kind: str, doc_id: UUID) -> UUID | None:
        source = self.said.get((doc_id, "source")) or {}
        if kind == "talk":
            return doc_id
        return UUID(source["talk"]) if source.get("talk") else None

    def named(self, kind: str, doc_id: UUID) -> Named:
        match kind:
            case "child":
                children = {one.id: one.person for one in self.inspection.residents}
                return Named(kind, children.get(doc_id, ""))
            case "talk":
                return self._talk(doc_id)
            case "statement":
                source = self.said.get((doc_id, "source")) or {}
                if source.get("talk"):
                    talk = self._talk(UUID(source["talk"]))
                    return Named(kind, talk.about, talk.talk_id)
                return Named(kind, self._title(source.get("evidence")))
            case "evidence":
                return Named(kind, self._title(str(doc_id)))
            case "check":
                return Named(kind, self.said.get((doc_id, "requirement")) or "")
        return Named(kind)

    def _talk(self, talk_id: UUID) -> Named:
        if talk_id in self.talks:
            return Named("talk", self.talks[talk_id], talk_id)
        start = self.said.get((talk_id, "start")) or {}
        children = {str(one.id): one.person for one in self.inspection.residents}
        return Named("talk", start.get("person") or children.get(str(start.get("resident")), ""))

    def _title(self, evidence_id: str | None) -> str:
        about = self.said.get((UUID(evidence_id), "about")) if evidence_id else None
        return about["title"] if about else ""

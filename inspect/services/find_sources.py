"""What stands behind findings and paragraphs, read column by column: said, seen, read and checked."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.sealed import SealedText
from ...models.vocabulary import CheckResult, EvidenceKind, Informant, Wish


class Source:
    """One statement: its label, who or what it comes from (`kind`), and where it was made.

    `interview_id` or `evidence_id` is set, never both. `text` is opened each time it is read.
    """

    __slots__ = ("evidence_id", "id", "interview_id", "kind", "label", "text_sealed", "wish")
    __tablename__ = Statement.__tablename__
    text = SealedText("text_sealed")

    def __init__(self, row: Any, kind: Informant | EvidenceKind) -> None:
        self.id: UUID = row.id
        self.label: str = row.label
        self.interview_id: UUID | None = row.interview_id
        self.evidence_id: UUID | None = row.evidence_id
        self.wish: Wish = row.wish
        self.kind = kind
        self.text_sealed: bytes | None = row.text_sealed


class Checked:
    """The mark on one requirement, with its note (opened each time it is read)."""

    __slots__ = ("id", "note_sealed", "result")
    __tablename__ = Check.__tablename__
    note = SealedText("note_sealed")

    def __init__(self, row: Any) -> None:
        self.id: UUID = row.id
        self.result: CheckResult = row.result
        self.note_sealed: bytes | None = row.note_sealed


# Built once: the letter's pages ask both each time they are opened.
_SOURCES = (
    select(
        Statement.id, Statement.label, Statement.interview_id, Statement.evidence_id, Statement.wish,
        Statement.text_sealed, Interview.informant, Evidence.kind,
    )
    .outerjoin(Interview, Interview.id == Statement.interview_id)
    .outerjoin(Evidence, Evidence.id == Statement.evidence_id)
    .where(Statement.inspection_id == bindparam("inspection"))
)  # fmt: skip
_CHECKED = select(Check.id, Check.requirement, Check.result, Check.note_sealed).where(
    Check.inspection_id == bindparam("inspection")
)


def find_sources(db: Session, inspection: Inspection) -> list[Source]:
    """Every statement of the case with the kind of its source."""
    rows = db.execute(_SOURCES, {"inspection": inspection.id})
    return [Source(row, row.informant or row.kind) for row in rows]


def find_checked(db: Session, inspection: Inspection) -> dict[str, Checked]:
    """The marks of the case, by requirement."""
    rows = db.execute(_CHECKED, {"inspection": inspection.id})
    return {row.requirement: Checked(row) for row in rows}

"""The paragraphs of a letter as its pages read them: every text opened once, no row loaded whole."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.inspections import Inspection
from ...models.letters import Letter, Paragraph, Remark
from ...models.sealed import SealedText
from .find_letter import FEEDBACK


@dataclass(slots=True)
class Passage:
    """One paragraph, to read. Attributes are those of models.letters.Paragraph."""

    id: UUID
    language: str
    section: str
    key: str
    finding_id: UUID | None
    evidence: list[str]
    edited: bool
    removed: bool
    version: int
    edited_by_id: UUID | None
    text: str
    composed: str
    """Opened only where it can differ from `text`; else the same."""
    remarks: list[Remark] = field(default_factory=list)


class _Sealed:
    """Opens the two texts of a paragraph from its columns alone."""

    __slots__ = ("composed_sealed", "id", "text_sealed")
    __tablename__ = Paragraph.__tablename__
    text = SealedText("text_sealed")
    composed = SealedText("composed_sealed")

    def __init__(self, row: Any) -> None:
        self.id = row.id
        self.text_sealed = row.text_sealed
        self.composed_sealed = row.composed_sealed


COLUMNS = (
    Paragraph.id, Paragraph.language, Paragraph.section, Paragraph.key, Paragraph.finding_id,
    Paragraph.evidence, Paragraph.edited, Paragraph.removed, Paragraph.version, Paragraph.edited_by_id,
    Paragraph.text_sealed, Paragraph.composed_sealed,
)  # fmt: skip


def letter_head(db: Session, inspection: Inspection) -> Letter | None:
    """The feedback letter with the verdicts on it, without paragraphs and versions; None if not composed."""
    return db.scalar(
        select(Letter)
        .where(Letter.inspection_id == inspection.id, Letter.kind == FEEDBACK)
        .options(selectinload(Letter.reviews))
    )


def find_passages(db: Session, letter: Letter) -> list[Passage]:
    """All paragraphs of `letter` in both languages, in the order of the letter, with their remarks."""
    rows = db.execute(
        select(*COLUMNS).where(Paragraph.letter_id == letter.id).order_by(Paragraph.position, Paragraph.key)
    )
    found = {row.id: _passage(row) for row in rows}
    remarks = select(Remark).join(Paragraph, Paragraph.id == Remark.paragraph_id)
    for remark in db.scalars(remarks.where(Paragraph.letter_id == letter.id).order_by(Remark.id)):
        found[remark.paragraph_id].remarks.append(remark)
    return list(found.values())


def _passage(row: Any) -> Passage:
    sealed = _Sealed(row)
    text = sealed.text
    return Passage(
        row.id, row.language, row.section, row.key, row.finding_id, row.evidence, row.edited, row.removed,
        row.version, row.edited_by_id, text, sealed.composed if row.edited else text,
    )  # fmt: skip

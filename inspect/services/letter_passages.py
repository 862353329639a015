"""The paragraphs of a letter as its pages read them: every text opened once, no row loaded whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph, Remark
from ...models.sealed import opened

_TABLE = Paragraph.__tablename__


@dataclass(slots=True)
class Passage:
    """One paragraph, to read. Attributes are those of models.letters.Paragraph."""

    id: UUID
    language: str
    section: str
    key: str
    finding_id: UUID | None
    evidence: list[str]
    tied: list[str]
    edited: bool
    removed: bool
    version: int
    edited_by_id: UUID | None
    edited_at: datetime | None
    text: str
    composed: str
    """Opened only where it can differ from `text`; else the same."""
    base: str = ""
    vouched: str = ""
    remarks: list[Remark] = field(default_factory=list)


# Built once: the pages of a letter ask these each time they are opened or saved.
_HEAD = (
    select(Letter)
    .where(Letter.inspection_id == bindparam("inspection"), Letter.kind == bindparam("kind"))
    .options(selectinload(Letter.reviews))
)
_PASSAGES = (
    select(
        Paragraph.id, Paragraph.language, Paragraph.section, Paragraph.key, Paragraph.finding_id,
        Paragraph.evidence, Paragraph.tied, Paragraph.edited, Paragraph.removed, Paragraph.version,
        Paragraph.edited_by_id, Paragraph.edited_at,
        Paragraph.text_sealed, Paragraph.composed_sealed, Paragraph.base_sealed, Paragraph.vouched_sealed,
    )
    .where(Paragraph.letter_id == bindparam("letter"))
    .order_by(Paragraph.position, Paragraph.key)
)  # fmt: skip
_REMARKS = (
    select(Remark)
    .join(Paragraph, Paragraph.id == Remark.paragraph_id)
    .where(Paragraph.letter_id == bindparam("letter"))
    .order_by(Remark.id)
)


def letter_head(db: Session, inspection: Inspection, kind: LetterKind = LetterKind.FEEDBACK) -> Letter | None:
    """The letter with the verdicts on it, without paragraphs and versions; None if not composed."""
    return db.scalar(_HEAD, {"inspection": inspection.id, "kind": kind})


def find_passages(db: Session, letter: Letter) -> list[Passage]:
    """All paragraphs of `letter` in both languages, in the order of the letter, with their remarks."""
    rows: Iterable[Sequence[Any]] = db.execute(_PASSAGES, {"letter": letter.id})
    found = {row[0]: _passage(*row) for row in rows}
    for remark in db.scalars(_REMARKS, {"letter": letter.id}):
        found[remark.paragraph_id].remarks.append(remark)
    return list(found.values())


def _passage(
    id: UUID, language: str, section: str, key: str, finding_id: UUID | None, evidence: list[str],
    tied: list[str], edited: bool, removed: bool, version: int, edited_by_id: UUID | None,
    edited_at: datetime | None, text_sealed: bytes, composed_sealed: bytes, base_sealed: bytes,
    vouched_sealed: bytes,
) -> Passage:  # fmt: skip
    """The row in the order of `_PASSAGES`; texts that say nothing of their own are not opened."""
    name = str(id)
    text = opened(_TABLE, "text_sealed", name, text_sealed)
    return Passage(
        id, language, section, key, finding_id, evidence, tied, edited, removed, version, edited_by_id,
        edited_at, text,
        opened(_TABLE, "composed_sealed", name, composed_sealed) if edited else text,
        opened(_TABLE, "base_sealed", name, base_sealed) if edited else "",
        opened(_TABLE, "vouched_sealed", name, vouched_sealed) if tied else "",
    )  # fmt: skip

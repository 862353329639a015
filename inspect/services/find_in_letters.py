"""From evidence to the sentences that rest on it: where each piece stands in the letters of its case."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph
from ..rules.letter_obstacles import OF_FINDINGS, is_common

FIRST_LANGUAGE = "sv"


@dataclass(frozen=True, slots=True)
class Place:
    """The first paragraph of one part of a letter that rests on a piece, and how many do there."""

    kind: LetterKind
    section: str
    paragraph_id: UUID
    number: int


def find_in_letters(db: Session, inspection: Inspection) -> Mapping[str, tuple[Place, ...]]:
    """By the label of a statement or the id of a requirement, in the letters' order. No text is opened."""
    rows = db.execute(
        select(
            Letter.kind, Paragraph.id, Paragraph.section, Paragraph.key, Paragraph.finding_id,
            Paragraph.evidence, Paragraph.tied,
        )
        .join(Letter, Letter.id == Paragraph.letter_id)
        .where(
            Letter.inspection_id == inspection.id,
            Paragraph.language == FIRST_LANGUAGE,
            Paragraph.removed.is_(False),
        )
        .order_by(Letter.composed_at, Letter.kind, Paragraph.position, Paragraph.key)
    )  # fmt: skip
    found: dict[str, dict[tuple[LetterKind, str], list[UUID]]] = {}
    for row in rows:
        of_nothing = row.section in OF_FINDINGS and row.finding_id is None and not is_common(row.key)
        for label in () if of_nothing else dict.fromkeys((*row.evidence, *row.tied)):
            found.setdefault(label, {}).setdefault((row.kind, row.section), []).append(row.id)
    return {
        label: tuple(Place(kind, section, ids[0], len(ids)) for (kind, section), ids in places.items())
        for label, places in found.items()
    }

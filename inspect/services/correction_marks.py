"""What the re-identification guard marks in a corrected letter, and did not mark before (method §2.17)."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion
from ..rules.letter_correction import changed_texts
from ..rules.reidentification.marks import Mark
from .check_identities import checked_marks


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the letter, as the guard reads paragraphs."""

    text: str
    language: str
    key: str = "correction"
    section: str = ""
    removed: bool = False
    finding_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)


def marks_of_correction(
    db: Session, inspection: Inspection, letter: Letter, version: LetterVersion, wrong: str, right: str
) -> tuple[Mark, ...]:
    """The marked words that the correction brings in. What was marked before was decided with the letter."""
    changed = changed_texts(version.content, wrong, right)
    before, after = (
        checked_marks(db, inspection, letter, [_Text(pair[which], version.language) for pair in changed])
        for which in (0, 1)
    )
    known = {(one.mark.kind, one.mark.words) for one in before}
    brought_in = {
        (one.mark.kind, one.mark.words): one.mark
        for one in after
        if one.is_open and (one.mark.kind, one.mark.words) not in known
    }
    return tuple(brought_in.values())

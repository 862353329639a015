"""Every kind of letter of a case: how far it has come, and why it is not made now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, LetterVersion
from ..rules.inspection_flow import CaseFacts
from ..rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS, KindOfLetter
from ..rules.letter_timing import why_not_yet
from ..rules.reasons import Reason
from .find_letter import name_of
from .time_letters import timing_of

LATER = (LetterKind.CHILD_13_20,)


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """One kind. `letter` without paragraphs and versions; `sent`: number, when and by whom of each version
    that its reader has got, the latest last.
    """

    row: KindOfLetter
    letter: Letter | None
    why_not_yet: Reason | None
    sent: Sequence[tuple[int, datetime, str]]


def list_case_letters(
    db: Session, inspection: Inspection, facts: CaseFacts, *, now: datetime
) -> list[CaseLetter]:
    """All kinds that can be in the case, in the order of rules/letter_kinds.py.

    Of the letters to children those that somebody needs; one of them as long as nobody is heard.
    """
    rows = db.scalars(
        select(Letter).where(Letter.inspection_id == inspection.id).options(selectinload(Letter.reviews))
    )
    letters = {row.kind: row for row in rows}
    sent = _sent(db, inspection)
    timing = timing_of(db, inspection, now=now)
    return [
        CaseLetter(row, letters.get(kind), why_not_yet(kind, facts, timing), sent.get(kind, ()))
        for kind, row in KINDS.items()
        if kind not in FOR_CHILDREN_KINDS or kind in letters or kind in (timing.wanted or LATER)
    ]


def _sent(db: Session, inspection: Inspection) -> dict[LetterKind, list[tuple[int, datetime, str]]]:
    rows = db.execute(
        select(
            Letter.kind,
            Letter.sent_at,
            Letter.issued_by_id,
            LetterVersion.number,
            LetterVersion.sent_at.label("reached_at"),
            LetterVersion.by_id,
        )
        .join(LetterVersion, LetterVersion.letter_id == Letter.id)
        .where(Letter.inspection_id == inspection.id, LetterVersion.sent_at.is_not(None))
        .order_by(LetterVersion.number)
        .distinct()
    )
    found: dict[LetterKind, list[tuple[int, datetime, str]]] = {}
    for row in rows:
        issued = row.issued_by_id if row.sent_at == row.reached_at else None
        by = None if KINDS[row.kind].reviewed else row.by_id
        found.setdefault(row.kind, []).append((row.number, row.reached_at, name_of(db, issued or by)))
    return found

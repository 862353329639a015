"""The facts that a reply has corrected: the letter follows them although it is approved (FL 25 §)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Communication
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import PointVerdict
from ...models.inspections import Inspection

CHANGES = frozenset({PointVerdict.ACCEPTED, PointVerdict.PARTLY})
"""The answers that change the fact."""

CORRECTED_PARTS = (".title", ".saw", ".text")
"""The parts of a finding in the letter that say what was seen."""


def corrected_facts(db: Session, inspection: Inspection) -> dict[UUID, str]:
    """The findings that an answer to the provider has changed, with how each reads in English ("": alike)."""
    points = db.scalars(
        select(ReplyPoint)
        .join(Communication, Communication.id == ReplyPoint.communication_id)
        .where(
            Communication.inspection_id == inspection.id,
            ReplyPoint.verdict.in_(CHANGES),
            ReplyPoint.finding.is_not(None),
        )
        .order_by(ReplyPoint.answered_at, ReplyPoint.id)
    )
    found: dict[UUID, str] = {}
    for one in points:
        if one.finding is not None:
            found[one.finding] = one.english.strip() or found.get(one.finding, "")
    return found


def is_of_corrected(key: str, finding_id: UUID | None, corrected: dict[UUID, str]) -> bool:
    """Whether a paragraph says what was seen in a finding that has been corrected."""
    return finding_id in corrected and key.endswith(CORRECTED_PARTS)


def corrected_text(
    key: str, finding_id: UUID | None, language: str, text: str, corrected: dict[UUID, str]
) -> str:
    """What stands in that paragraph: the composed `text`, or what was written for the English letter."""
    if language != "en" or finding_id is None or key.endswith(".title"):
        return text
    return corrected.get(finding_id, "") or text

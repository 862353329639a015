"""What the people of the rich authority have been told, and what its fullest case asks of the home."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tillsyn.models.asked_of_provider import DocumentRequest, ProviderTime, RequestAnswer, TimeFor
from tillsyn.models.inspections import Inspection
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.letters import Letter
from tillsyn.models.notices import Notice, NoticeKind


def build_rich_notices(db: Session, people: dict[str, UUID], dnr: str) -> UUID:
    """Notices for everybody in the case and one about nothing that is open; requests for documents, answered
    and not; time told and not. Gives back one that the responsible inspector has read: opening it changes nothing.
    """
    case = db.scalars(select(Inspection).where(Inspection.dnr == dnr)).one()
    letter = db.scalar(
        select(Letter.id).where(Letter.inspection_id == case.id, Letter.kind == LetterKind.FEEDBACK)
    )
    for number, kind in enumerate(NoticeKind):
        for who in ("leader", "decision_maker", "provider", "home_manager", "conflicted"):
            db.add(
                Notice(
                    user_id=people[who],
                    kind=kind,
                    inspection_id=case.id,
                    letter_id=letter if "letter" in kind.value else None,
                    due_on=NOW.date() + timedelta(days=3) if "deadline" in kind.value else None,
                    at=NOW - timedelta(hours=number),
                    read_at=NOW if number % 3 == 0 else None,
                )
            )
    for number, answer in enumerate((None, RequestAnswer.SENT, RequestAnswer.HELD)):
        request = DocumentRequest(
            inspection_id=case.id,
            due_on=NOW.date() + timedelta(days=14),
            asked_at=NOW + timedelta(minutes=number),
            by_id=people["leader"],
            answer=answer,
            answered_at=NOW if answer else None,
            answered_by_id=people["home_manager"] if answer else None,
            settled_at=NOW if answer is RequestAnswer.HELD else None,
            settled_by_id=people["leader"] if answer is RequestAnswer.HELD else None,
        )
        request.what = f"Bemanningsschema för vecka {number + 8}."
        request.said = "Ni fick det i fjol." if answer else ""
        db.add(request)
    db.add(
        ProviderTime(
            inspection_id=case.id,
            user_id=people["provider"],
            spent_on=TimeFor.DOCUMENTS,
            minutes=90,
            told_at=NOW,
        )
    )
    db.flush()
    read = select(Notice.id).where(Notice.user_id == people["leader"], Notice.read_at.is_not(None))
    return db.scalars(read.order_by(Notice.at).limit(1)).one()

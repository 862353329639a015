"""What the authority already holds about a home: shown before anybody is asked for it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from ...models.asked_of_provider import DocumentRequest
from ...models.inspections import Inspection, SelfAssessment
from ...models.interviews import Evidence
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import N_, EvidenceKind
from ..rules.access import Actor, Permission, may
from .find_inspection import in_own_team, is_no_secret

MOST_CASES = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Something held: what it is (a message of the catalogue), its own name, since when, and where."""

    what: str
    name: str
    at: datetime | None
    inspection: Inspection
    endpoint: str


def find_held(db: Session, *, actor: Actor, inspection: Inspection) -> Sequence[Held]:
    """Documents and answers of this case and of earlier ones of the same home, the latest case first.

    Of cases that the actor may read; of the others nothing (SoLPuL 10 §), so a document may be held that is
    not named here.
    """
    cases = db.scalars(
        select(Inspection)
        .where(
            Inspection.home_id == inspection.home_id,
            or_(in_own_team(actor), Inspection.id == inspection.id),
        )
        .options(selectinload(Inspection.team))
        .order_by(Inspection.created_at.desc())
        .limit(MOST_CASES * 2)
    ).all()
    open_cases = [one for one in cases if may(actor, Permission.READ_INSPECTION, one)][:MOST_CASES]
    return [held for case in open_cases for held in _of_case(db, case)]


def find_given(db: Session, inspection: Inspection) -> Sequence[Held]:
    """What the provider's own side has given about the home: only theirs, and of no secret case."""
    cases = db.scalars(
        select(Inspection)
        .where(Inspection.home_id == inspection.home_id, is_no_secret())
        .order_by(Inspection.created_at.desc())
        .limit(MOST_CASES)
    ).all()
    return [
        held
        for case in cases
        for held in (*_assessments(db, case), *_answers(db, case), *_requests(db, case))
    ]


def _of_case(db: Session, case: Inspection) -> list[Held]:
    documents = db.scalars(
        select(Evidence)
        .where(Evidence.inspection_id == case.id, Evidence.kind == EvidenceKind.DOCUMENT, Evidence.produced)
        .order_by(Evidence.noted_at)
    )
    return [
        *(Held(N_("Document"), one.title, one.noted_at, case, "checks.evidence") for one in documents),
        *_assessments(db, case),
        *_answers(db, case),
        *_requests(db, case),
    ]


def _assessments(db: Session, case: Inspection) -> list[Held]:
    sent = db.scalars(
        select(SelfAssessment.sent_at).where(
            SelfAssessment.inspection_id == case.id, SelfAssessment.sent_at.is_not(None)
        )
    )
    return [Held(N_("Self-assessment"), "", at, case, "cases.prepare") for at in sent]


def _answers(db: Session, case: Inspection) -> list[Held]:
    sent = db.scalars(
        select(Letter.answers_sent_at).where(
            Letter.inspection_id == case.id,
            Letter.kind == LetterKind.FEEDBACK,
            Letter.answers_sent_at.is_not(None),
        )
    )
    return [Held(N_("Answers to our letter"), "", at, case, "dialogue.answers") for at in sent]


def _requests(db: Session, case: Inspection) -> list[Held]:
    come = db.scalars(
        select(DocumentRequest).where(
            DocumentRequest.inspection_id == case.id, DocumentRequest.settled_at.is_not(None)
        )
    )
    return [
        Held(
            N_("Document we asked for"), one.what, one.answered_at or one.settled_at, case, "documents.asked"
        )
        for one in come
    ]

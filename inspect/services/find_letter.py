"""Load the feedback letter of a case, and say whether it may be written in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.inspections import Inspection
from ...models.letters import Letter, Paragraph
from ...models.people import User
from ...models.vocabulary import N_, EventKind, LetterState, State
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .record_event import record_event

FEEDBACK = "feedback"
WRITABLE = frozenset({LetterState.DRAFT, LetterState.RETURNED})


def find_letter(db: Session, inspection: Inspection) -> Letter | None:
    """The feedback letter with its paragraphs, remarks, reviews and versions; None before it is composed."""
    return db.scalar(
        select(Letter)
        .where(Letter.inspection_id == inspection.id, Letter.kind == FEEDBACK)
        .options(
            selectinload(Letter.paragraphs).selectinload(Paragraph.remarks),
            selectinload(Letter.reviews),
            selectinload(Letter.versions),
        )
    )


def the_letter(db: Session, inspection: Inspection) -> Letter:
    """As find_letter, but raises NotPossibleNow when there is none yet."""
    letter = find_letter(db, inspection)
    if letter is None:
        raise NotPossibleNow(N_("The letter is not composed yet."))
    return letter


def paragraph_of(letter: Letter, paragraph_id: UUID) -> Paragraph:
    """The paragraph of this letter, or NotFound."""
    for paragraph in letter.paragraphs:
        if paragraph.id == paragraph_id:
            return paragraph
    raise NotFound(N_("There is no such paragraph in the letter."))


def name_of(db: Session, user_id: UUID | None) -> str:
    user = db.get(User, user_id) if user_id else None
    return user.name if user else ""


def may_write(actor: Actor, inspection: Inspection, letter: Letter | None) -> None:
    """Raises NotAllowed to others than the inspectors; NotPossibleNow while others have the letter."""
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("Only the inspectors of the case write its findings and its letter."))
    if letter is None or letter.state in WRITABLE:
        return
    if letter.state is LetterState.IN_REVIEW:
        raise NotPossibleNow(N_("The letter is being reviewed. Take it back first, if it must be changed."))
    raise NotPossibleNow(
        N_("The letter is approved and cannot be changed. Take the case back to weighing first.")
    )


def take_back_letter(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> Letter:
    """Make a letter that is in review or approved a draft again; possible while the case is in weighing.

    What was approved stays stored as it was; approving again makes a new version.
    """
    letter = the_letter(db, inspection)
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("Only the inspectors of the case write its findings and its letter."))
    if letter.state is LetterState.SENT:
        raise NotPossibleNow(N_("The letter is sent. It stays as it was sent."))
    if inspection.state is not State.WEIGHING:
        raise NotPossibleNow(N_("Take the case back to weighing first; then the letter can be changed."))
    if letter.state not in WRITABLE:
        letter.state = LetterState.DRAFT
        letter.submitted_at = letter.approved_at = letter.approved_by_id = None
        record_event(
            db, EventKind.LETTER_COMPOSED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
        )
    return letter

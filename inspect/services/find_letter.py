"""Load a letter of a case, and say whether it may be written in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Paragraph
from ...models.people import User
from ...models.vocabulary import N_, State
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.letter_kinds import KINDS
from .record_event import record_event

WRITABLE = frozenset({LetterState.DRAFT, LetterState.RETURNED})
NOT_ITS_TIME = N_("It is not the time for this letter in the case.")
_NAME = select(User.name).where(User.id == bindparam("id"))


def find_letter(db: Session, inspection: Inspection, kind: LetterKind = LetterKind.FEEDBACK) -> Letter | None:
    """The letter of that kind with paragraphs, remarks, reviews and versions; None before it is composed."""
    return db.scalar(
        select(Letter)
        .where(Letter.inspection_id == inspection.id, Letter.kind == kind)
        .options(
            selectinload(Letter.paragraphs).selectinload(Paragraph.remarks),
            selectinload(Letter.reviews),
            selectinload(Letter.versions),
        )
    )


def the_letter(db: Session, inspection: Inspection, kind: LetterKind = LetterKind.FEEDBACK) -> Letter:
    """As find_letter, but raises NotPossibleNow when there is none yet."""
    letter = find_letter(db, inspection, kind)
    if letter is None:
        raise NotPossibleNow(N_("The letter is not composed yet."))
    return letter


def letter_state(
    db: Session, inspection: Inspection, kind: LetterKind = LetterKind.FEEDBACK
) -> LetterState | None:
    """How far that letter has come; None before it is composed."""
    return db.scalar(select(Letter.state).where(Letter.inspection_id == inspection.id, Letter.kind == kind))


def paragraph_of(letter: Letter, paragraph_id: UUID) -> Paragraph:
    """The paragraph of this letter, or NotFound."""
    for paragraph in letter.paragraphs:
        if paragraph.id == paragraph_id:
            return paragraph
    raise NotFound(N_("There is no such paragraph in the letter."))


def name_of(db: Session, user_id: UUID | None) -> str:
    """The name of an account, "" for none. Asked once in a session: a page names the same few people."""
    names: dict[UUID | None, str] = db.info.setdefault("names", {None: ""})
    if user_id not in names:
        names[user_id] = db.scalar(_NAME, {"id": user_id}) or ""
    return names[user_id]


def may_write(
    actor: Actor, inspection: Inspection, letter: Letter | None, kind: LetterKind = LetterKind.FEEDBACK
) -> None:
    """Raises NotAllowed to others than the inspectors; NotPossibleNow while others have the letter, and
    for a letter of another kind than the feedback letter when its time has not come or has passed.

    `kind` is asked of a letter that is not there yet.
    """
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("Only the inspectors of the case write its findings and its letter."))
    row = KINDS[letter.kind if letter else kind]
    if row.kind is not LetterKind.FEEDBACK and inspection.state not in row.states:
        raise NotPossibleNow(NOT_ITS_TIME)
    if letter is None or letter.state in WRITABLE or (row.again and letter.state is LetterState.SENT):
        return
    if letter.state is LetterState.IN_REVIEW:
        raise NotPossibleNow(N_("The letter is being reviewed. Take it back first, if it must be changed."))
    if row.kind is not LetterKind.FEEDBACK:
        raise NotPossibleNow(
            N_("The letter is sent. It stays as it was sent.")
            if letter.state is LetterState.SENT
            else N_("The letter is approved and cannot be changed. Take it back first.")
        )
    raise NotPossibleNow(
        N_("The letter is approved and cannot be changed. Take the case back to weighing first.")
    )


def take_back_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Letter:
    """Make a letter that is in review or approved a draft again; the feedback letter only in the weighing.

    What was approved stays stored as it was; approving again makes a new version.
    """
    letter = the_letter(db, inspection, kind)
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("Only the inspectors of the case write its findings and its letter."))
    if letter.state is LetterState.SENT:
        raise NotPossibleNow(N_("The letter is sent. It stays as it was sent."))
    if kind is LetterKind.FEEDBACK and inspection.state is not State.WEIGHING:
        raise NotPossibleNow(N_("Take the case back to weighing first; then the letter can be changed."))
    if kind is not LetterKind.FEEDBACK and inspection.state not in KINDS[kind].states:
        raise NotPossibleNow(NOT_ITS_TIME)
    if letter.state not in WRITABLE:
        begin_again(letter)
        record_event(
            db, EventKind.LETTER_COMPOSED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
        )
    return letter


def begin_again(letter: Letter) -> None:
    """The letter is a draft again; its versions are kept, and its readers keep those they have got."""
    letter.state = LetterState.DRAFT
    letter.submitted_at = letter.approved_at = letter.approved_by_id = None
    letter.sent_at = letter.issued_by_id = None

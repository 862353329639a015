"""A PDF or a picture to an answer or a measure: looked at by its content, cleaned, sealed, listed, opened.

What is not sent yet lies in the provider's own room: it may be taken away again for good, and nobody at the
authority sees it. What is sent stays (arkivlagen 10 §).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.provider_side import AnswerFile
from ...models.vocabulary import N_, MediaType, State
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..exchange.foreign_files import why_foreign
from ..exchange.media_types import PICTURES, SOUND, media_type_of
from ..exchange.pdf_files import clean_pdf
from ..exchange.pictures import clean_picture
from ..outside.virus_scan import Scanner, ScannerSilent, VirusFound
from ..rules.access import Actor, Permission, may
from ..rules.file_names import clean_name
from ..rules.files import LARGEST_SENT, MEBIBYTE, MOST_BYTES, too_large
from .answer_letter import SENT_ALREADY
from .read_letter import Point, find_letter, find_point
from .record_event import record_event

MOST_FILES = 20
"""At one point of a letter, its measures included."""

MOST_IN_LETTER = 200 * MEBIBYTE
FINISHED = frozenset({State.CLOSED, State.ARCHIVED})
NO_FILE = N_("There is no such file, or it is not open to you.")


@dataclass(frozen=True, slots=True)
class SentFile:
    """What came with the form: what the sender calls it, how large it was, and its bytes.

    Of a file beyond LARGEST_SENT no more than its first bytes need be there.
    """

    said_name: str
    size: int
    content: bytes


def attach_answer_file(
    db: Session,
    *,
    actor: Actor,
    letter_id: UUID,
    finding_id: UUID,
    measure_id: UUID | None = None,
    sent: SentFile,
    scanner: Scanner | None,
    now: datetime,
) -> AnswerFile:
    """Keep a file with the answer at a point, or with one of its measures as evidence.

    The same bytes at the same place again give the file that is there. After the answers are sent only
    measures take files, until the case is closed, from those who may send. Raises NotFound, NotAllowed,
    NotPossibleNow (sent, too many, or the scanner is silent), or Invalid at the field `file`: empty, too
    large, of another kind by its content, unreadable, locked, unfolding too far, or harmful.
    """
    letter = find_letter(db, actor, letter_id)
    point = find_point(db, letter, finding_id)
    _check_place(actor, letter, point, measure_id)
    there = list_answer_files(db, letter)
    try:
        kept, media_type = _checked(sent, scanner)
    except Invalid as refused:
        raise Invalid(refused.reason, {"field": "file"} | refused.values) from refused
    counted = sha256(sent.content).hexdigest()
    same = next((one for one in there if (one.sha256, one.finding_id) == (counted, finding_id)), None)
    if same is not None and same.measure_id == measure_id:
        return same
    if sum(one.finding_id == finding_id for one in there) >= MOST_FILES:
        raise NotPossibleNow(
            N_("There are %(num)s files at this point already. Put several into one PDF."),
            {"num": MOST_FILES},
        )
    if sum(one.size for one in there) + sent.size > MOST_IN_LETTER:
        raise NotPossibleNow(
            N_("The files of this letter come to more than %(num)s MB. Call us about how to send the rest."),
            {"num": MOST_IN_LETTER // MEBIBYTE},
        )
    file = AnswerFile(
        letter_id=letter.id,
        finding_id=finding_id,
        measure_id=measure_id,
        media_type=media_type,
        name=clean_name(sent.said_name, media_type),
        size=sent.size,
        sha256=counted,
        kept_sha256=sha256(kept).hexdigest(),
        defused=kept is not sent.content and kept != sent.content,
        scanned_at=now if scanner is not None else None,
        attached_at=now,
        by_id=actor.user_id,
    )
    file.keep(kept)
    db.add(file)
    db.flush()
    record_event(
        db, EventKind.ANSWER_FILE_ATTACHED, actor=actor, now=now, inspection_id=letter.inspection_id,
        file=file.id, finding=finding_id, type=media_type.value, defused=file.defused,
    )  # fmt: skip
    return file


def why_no_files(actor: Actor, letter: Letter, measure_id: UUID | None) -> str | None:
    """Why a file cannot be attached here now, as a message; None when it can."""
    if letter.answers_sent_at is None:
        return None
    if measure_id is None:
        return SENT_ALREADY
    if letter.inspection.state in FINISHED:
        return N_("The case is closed. Nothing more is asked of you.")
    if not may(actor, Permission.SEND_ANSWERS):
        return N_("The answer is sent. What comes after it is sent by those who are responsible for it.")
    return None


def _check_place(actor: Actor, letter: Letter, point: Point, measure_id: UUID | None) -> None:
    measures = {one.id for one in point.measures} if point.is_deficiency else set()
    if measure_id is not None and measure_id not in measures:
        raise NotFound(N_("There is no such measure; it may have been removed."))
    refused = why_no_files(actor, letter, measure_id)
    if refused is not None:
        raise NotPossibleNow(refused)


def _checked(sent: SentFile, scanner: Scanner | None) -> tuple[bytes, MediaType]:
    """What is kept of the file, and its kind. Its name and what the browser says of it are not believed."""
    if sent.size > LARGEST_SENT:
        reason = too_large(sent.size, LARGEST_SENT)
        raise Invalid(reason.text, reason.values)
    if not sent.content:
        raise Invalid(N_("Choose a file. If you did, the file is empty."))
    media_type = media_type_of(sent.content)
    if media_type is None or media_type in SOUND:
        raise Invalid(why_foreign(sent.content))
    if sent.size > MOST_BYTES[media_type]:
        reason = too_large(sent.size, MOST_BYTES[media_type])
        raise Invalid(reason.text, reason.values)
    if scanner is not None:
        _scan(scanner, sent.content)
    clean = clean_picture(sent.content, media_type) if media_type in PICTURES else clean_pdf(sent.content)
    return clean, media_type


def _scan(scanner: Scanner, content: bytes) -> None:
    try:
        scanner.look_at(content)
    except VirusFound:
        raise Invalid(
            N_("The virus scanner says that the file is harmful, so it is not taken in. Ask whoever helps you"
               " with your computers.")
        ) from None  # fmt: skip
    except ScannerSilent:
        raise NotPossibleNow(
            N_("Files cannot be checked for viruses right now. What you wrote is kept. Try again later.")
        ) from None


def remove_answer_file(db: Session, *, actor: Actor, letter_id: UUID, file_id: UUID, now: datetime) -> None:
    """Take a file away for good before the answers are sent. Raises NotFound, NotPossibleNow (sent)."""
    letter = find_letter(db, actor, letter_id)
    file = _file_of(db, letter, file_id)
    if letter.answers_sent_at is not None:
        raise NotPossibleNow(SENT_ALREADY)
    record_event(
        db, EventKind.ANSWER_FILE_REMOVED, actor=actor, now=now, inspection_id=letter.inspection_id,
        file=file.id, finding=file.finding_id,
    )  # fmt: skip
    db.execute(delete(AnswerFile).where(AnswerFile.id == file.id))


def list_answer_files(db: Session, letter: Letter) -> Sequence[AnswerFile]:
    """The files of a letter's answers in the order they came, without their bytes."""
    return db.scalars(
        select(AnswerFile).where(AnswerFile.letter_id == letter.id).order_by(AnswerFile.id)
    ).all()


def open_answer_file(db: Session, *, actor: Actor, letter_id: UUID, file_id: UUID) -> AnswerFile:
    """A file as its own side reads it. Raises NotFound."""
    return _file_of(db, find_letter(db, actor, letter_id), file_id)


def open_sent_file(db: Session, *, actor: Actor, inspection: Inspection, file_id: UUID) -> AnswerFile:
    """A file that has been sent, as those who read the case open it; the caller logs the reading.

    Raises NotAllowed, or NotFound for one that is not of this case or not sent yet.
    """
    if not may(actor, Permission.OPEN_FILES, inspection):
        raise NotAllowed(N_("This is for others in the team to do."))
    for file in _sent_files(db, inspection, file_id):
        return file
    raise NotFound(NO_FILE)


def list_sent_files(db: Session, inspection: Inspection) -> Sequence[AnswerFile]:
    """The files of an inspection's answers that have been sent: all of them, or none."""
    return _sent_files(db, inspection)


def _sent_files(db: Session, inspection: Inspection, file_id: UUID | None = None) -> Sequence[AnswerFile]:
    asked = (
        select(AnswerFile)
        .join(Letter, Letter.id == AnswerFile.letter_id)
        .where(Letter.inspection_id == inspection.id, Letter.answers_sent_at.is_not(None))
        .order_by(AnswerFile.id)
    )
    return db.scalars(asked if file_id is None else asked.where(AnswerFile.id == file_id)).all()


def _file_of(db: Session, letter: Letter, file_id: UUID) -> AnswerFile:
    file = db.get(AnswerFile, file_id)
    if file is None or file.letter_id != letter.id:
        raise NotFound(NO_FILE)
    return file


def files_by_place(files: Sequence[AnswerFile]) -> dict[UUID, list[AnswerFile]]:
    """The files by the point they belong to, those of measures by their measure."""
    places: dict[UUID, list[AnswerFile]] = {}
    for file in files:
        places.setdefault(file.measure_id or file.finding_id, []).append(file)
    return places

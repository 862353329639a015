"""A file in a request for documents: given as it is, as a copy that is painted over, or as a transcript.

A file cannot be masked as a text can. What may not go out of a picture is painted over in a picture that is
made anew (exchange/painted_pictures.py). Of what is said in a recording, or stands in a PDF, a person writes
a transcript, which is a text like the others (TF 2 kap. 15 §: the rest goes out as transcript or copy).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest, DisclosureText
from ...models.openness_words import AskState, Assessed, TextKind
from ...models.provider_side import AnswerFile
from ...models.uploads import Upload
from ...models.vocabulary import N_, MediaType
from ..errors import Invalid, NotFound, NotPossibleNow
from ..exchange.painted_pictures import Area, painted_over
from ..rules.access import Actor
from ..rules.masking import cleaned
from ..rules.openness import is_read_through
from .find_disclosure import changed
from .freeze_texts import guard_of, proposals
from .mask_text import text_to_change
from .receive_part import read_parts
from .record_event import record_event

LONGEST_TRANSCRIPT = 60_000
BEFORE_TRANSCRIPT = "\n\n"
"""The words for a file have no blank line (texts_of_case.py)."""
NO_FILE = N_("There is no such file of this request.")
PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
RECORDINGS = frozenset({MediaType.WEBM, MediaType.OGG, MediaType.MP4})
ENDINGS = {
    MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.WEBP: "webp", MediaType.PDF: "pdf",
    MediaType.WEBM: "webm", MediaType.OGG: "ogg", MediaType.MP4: "m4a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoingFile:
    """A file beside an answer. Parts of a recording that each play by themselves are files of their own."""

    name: str
    media_type: MediaType
    pieces: tuple[bytes, ...]


def original_of(db: Session, text: DisclosureText) -> GoingFile:
    """The file as it was when it was taken in. Raises NotFound, and NotPossibleNow when it is another now."""
    source = _source(db, text)
    if source is None or text.file_sha256 is None:
        raise NotFound(NO_FILE)
    parts = tuple(read_parts(db, source)) if isinstance(source, Upload) else (source.content,)
    whole = b"".join(parts)
    if hashlib.sha256(whole).hexdigest() != text.file_sha256:
        raise NotPossibleNow(N_("The file is not the one that was taken in. Take it in again."))
    pieces = parts if source.media_type in RECORDINGS else (whole,)
    return GoingFile(file_name(text, source.media_type), source.media_type, pieces)


def _source(db: Session, text: DisclosureText) -> Upload | AnswerFile | None:
    if text.kind is TextKind.FILE:
        return db.get(Upload, text.source_id)
    return db.get(AnswerFile, text.source_id)


def copy_of(text: DisclosureText) -> GoingFile:
    """The copy that is painted over. Raises NotFound."""
    copy = text.copy
    if copy is None:
        raise NotFound(NO_FILE)
    return GoingFile(file_name(text, MediaType.PNG), MediaType.PNG, (copy,))


def files_going(db: Session, request: DisclosureRequest) -> Sequence[tuple[DisclosureText, GoingFile]]:
    """The files that go out beside the answer, as they are assessed."""
    going = []
    for text in request.texts:
        if text.assessed is Assessed.FILE:
            going.append((text, original_of(db, text)))
        elif text.assessed is Assessed.COPY:
            going.append((text, copy_of(text)))
    return going


def sent_names(db: Session, request: DisclosureRequest) -> Sequence[tuple[DisclosureText, int, str]]:
    """What went out beside the answer: text, number from 1 and name of each file. No file is opened."""
    if request.state is not AskState.LEFT:
        return ()
    found = []
    for text in request.texts:
        if text.assessed is Assessed.COPY:
            found.append((text, 1, file_name(text, MediaType.PNG)))
        elif text.assessed is Assessed.FILE and (source := _source(db, text)) is not None:
            is_in_parts = isinstance(source, Upload) and source.media_type in RECORDINGS
            many = source.parts if is_in_parts and isinstance(source, Upload) else 1
            name = file_name(text, source.media_type)
            found += [(text, n, _numbered(name, n, many)) for n in range(1, many + 1)]
    return found


def read_sent_file(
    db: Session, *, request: DisclosureRequest, text: DisclosureText, n: int
) -> tuple[str, GoingFile]:
    """File `n` (from 1) that went out of a text of an answered request, with its name. Raises NotFound."""
    if request.state is not AskState.LEFT or text.assessed is None or not text.assessed.goes_as_file:
        raise NotFound(NO_FILE)
    file = original_of(db, text) if text.assessed is Assessed.FILE else copy_of(text)
    if not 1 <= n <= len(file.pieces):
        raise NotFound(NO_FILE)
    name = _numbered(file.name, n, len(file.pieces))
    return name, GoingFile(name, file.media_type, (file.pieces[n - 1],))


def _numbered(name: str, n: int, many: int) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{n}.{ending}" if many > 1 else name


def file_name(text: DisclosureText, media_type: MediaType) -> str:
    """What the file is called when it leaves: never what somebody called it."""
    return f"fil-{text.position + 1}.{ENDINGS[media_type]}"


def has_transcript(text: DisclosureText) -> bool:
    return bool(transcript_of(text))


def transcript_of(text: DisclosureText) -> str:
    """What a person wrote of what a file says or shows; "" when nobody has."""
    return text.text.partition(BEFORE_TRANSCRIPT)[2]


def transcribe(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    transcript: str,
    now: datetime,
) -> None:
    """Write what a file says or shows: it stands below the words for the file, and is masked as a text is.

    What was masked and decided before goes, since it was about another text. Raises NotAllowed, NotFound,
    NotPossibleNow, and Invalid that names the field.
    """
    request, text = _file(db, actor, inspection, disclosure_id, text_id)
    said = cleaned(transcript)
    if not said:
        raise Invalid(N_("Write what the file says or shows."), {"field": "transcript"})
    if len(said) > LONGEST_TRANSCRIPT:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "transcript", "count": len(said), "limit": LONGEST_TRANSCRIPT},
        )
    text.masks.clear()
    db.flush()
    text.text = f"{text.text.partition(BEFORE_TRANSCRIPT)[0]}{BEFORE_TRANSCRIPT}{said}"
    if is_read_through(request.kind, text.kind):
        text.masks = list(proposals(guard_of(db, inspection), text))
    _undecided(text)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_TRANSCRIBED, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id,
    )  # fmt: skip


def paint_over(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    area: Area | None,
    now: datetime,
) -> None:
    """Paint over a part of a picture, in a copy; without one, throw the copy away and begin again.

    Raises as transcribe, and NotPossibleNow for a file that is no picture.
    """
    request, text = _file(db, actor, inspection, disclosure_id, text_id)
    original = original_of(db, text)
    if original.media_type not in PICTURES:
        raise NotPossibleNow(N_("Only pictures can be painted over. Write a transcript of this file."))
    before = text.copy or original.pieces[0]
    text.keep_copy(painted_over(before, area) if area is not None else None)
    _undecided(text)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_PAINTED_OVER, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id,
    )  # fmt: skip


def _undecided(text: DisclosureText) -> None:
    text.assessed, text.assessed_at, text.assessed_by_id = None, None, None
    text.ground, text.reason_sealed = None, None


def _file(
    db: Session, actor: Actor, inspection: Inspection, disclosure_id: UUID, text_id: UUID
) -> tuple[DisclosureRequest, DisclosureText]:
    request, text = text_to_change(db, actor, inspection, disclosure_id, text_id)
    if not text.kind.is_file:
        raise NotFound(NO_FILE)
    return request, text

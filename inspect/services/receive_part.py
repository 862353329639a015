"""The parts of a file, in any order and as often as they are sent; with the last one the file is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as hash_of
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.uploads import Upload, UploadPart, open_part
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound
from ..exchange.media_types import PICTURES, SOUND, media_type_of
from ..exchange.pictures import clean_picture
from ..rules.access import Actor, Permission, may
from ..rules.files import MOST_IN_PART, divided
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class Received:
    """How far a file has come: the numbers of the parts that are here, and whether it is whole."""

    parts: tuple[int, ...]
    of: int
    is_whole: bool


def find_received(db: Session, *, actor: Actor, upload_id: UUID) -> Received:
    """How far a file has come. Raises NotFound for one that was not told of, or not to this person."""
    return _received(db, _upload(db, actor, upload_id))


def receive_part(
    db: Session, *, actor: Actor, upload_id: UUID, n: int, content: bytes, sha256: str, now: datetime
) -> Received:
    """Keep part `n` of a file that was told of, sealed; `sha256` (hex) is what the sender counted.

    The same part again, also several at once, is kept once. With the last one the file is checked as a whole
    and is there from then on; what its bytes are is asked of the bytes. A recording's parts can each be
    played. Raises NotFound when the file was not told of, Conflict when part `n` is here with other bytes,
    Invalid when the part, or the file with it, cannot be kept: then nothing is changed.
    """
    upload = _upload(db, actor, upload_id, lock=True)
    if not 1 <= n <= upload.parts:
        raise Invalid(N_("The file has no such part."))
    if len(content) > MOST_IN_PART:
        raise Invalid(N_("The parts of the file are too large. At most %(num)s MB fit in one."), {"num": 3})
    if hash_of(content).hexdigest() != sha256.lower() or not content:
        raise Invalid(N_("The part did not arrive as it was sent. Send it again."))
    standing = db.scalar(select(UploadPart).where(UploadPart.upload_id == upload.id, UploadPart.n == n))
    if standing is not None:
        if standing.sha256 != sha256.lower():
            raise Conflict(N_("This part of the file is here already, with other content."))
        return _received(db, upload)
    if upload.media_type in SOUND:
        _check_type(upload, content)
    part = UploadPart(upload_id=upload.id, n=n, sha256=sha256.lower(), size=len(content), received_at=now)
    part.keep(content)
    db.add(part)
    db.flush()
    received = _received(db, upload)
    if len(received.parts) < upload.parts:
        return received
    complete_upload(db, actor=actor, upload=upload, now=now)
    return Received(received.parts, received.of, is_whole=True)


def complete_upload(db: Session, *, actor: Actor, upload: Upload, now: datetime) -> None:
    """Check the whole of a file whose parts are all here; take out of a picture what is no picture.

    Raises Invalid when the bytes are not those that were told of, or not of a kind that is taken in.
    """
    counted, size = hash_of(), 0
    for content in read_parts(db, upload):
        counted.update(content)
        size += len(content)
    if size != upload.size or counted.hexdigest() != upload.sha256:
        raise Invalid(N_("The file is not whole."))
    kept = upload.sha256 if upload.media_type in SOUND else _keep_clean(db, upload)
    upload.cleaned = kept != upload.sha256
    upload.kept_sha256 = kept
    upload.completed_at = now
    record_event(
        db,
        EventKind.FILE_RECEIVED,
        actor=actor,
        now=now,
        inspection_id=upload.inspection_id,
        upload=upload.id,
        type=upload.media_type.value,
        cleaned=upload.cleaned,
    )
    db.flush()


def read_parts(db: Session, upload: Upload) -> Iterator[bytes]:
    """The bytes of a file, part by part in order; one part at a time is in memory."""
    numbers = db.scalars(
        select(UploadPart.n).where(UploadPart.upload_id == upload.id).order_by(UploadPart.n)
    ).all()
    for n in numbers:
        yield read_part(db, upload, n)


def read_part(db: Session, upload: Upload, n: int) -> bytes:
    """The bytes that are kept of part `n`. Raises NotFound when it is not here."""
    sealed = db.scalar(
        select(UploadPart.content_sealed).where(UploadPart.upload_id == upload.id, UploadPart.n == n)
    )
    if sealed is None:
        raise NotFound(N_("There is no such file, or it is not open to you."))
    return open_part(upload.id, n, sealed)


def _keep_clean(db: Session, upload: Upload) -> str:
    """The SHA-256 of what is kept of a photo or a PDF."""
    content = b"".join(read_parts(db, upload))
    _check_type(upload, content)
    clean = clean_picture(content, upload.media_type) if upload.media_type in PICTURES else content
    if clean is content:
        return upload.sha256
    parts = db.scalars(select(UploadPart).where(UploadPart.upload_id == upload.id).order_by(UploadPart.n))
    for part, piece in zip(parts.all(), divided(clean, upload.parts), strict=True):
        part.keep(piece)
    return hash_of(clean).hexdigest()


def _check_type(upload: Upload, content: bytes) -> None:
    found = media_type_of(content)
    if found is None:
        raise Invalid(N_("Files of this kind are not taken in. Photos, PDFs and sound recordings are."))
    if found is not upload.media_type:
        raise Invalid(
            N_("The file is not what it says: it is called %(said)s and is %(found)s."),
            {"said": upload.media_type.value, "found": found.value},
        )


def _upload(db: Session, actor: Actor, upload_id: UUID, *, lock: bool = False) -> Upload:
    query = select(Upload).where(Upload.id == upload_id)
    upload = db.scalar(query.with_for_update() if lock else query)
    inspection = _case_of(db, upload.inspection_id if upload is not None else upload_id)
    if upload is None or inspection is None or not may(actor, Permission.READ_INSPECTION, inspection):
        raise NotFound(N_("There is no such file, or it is not open to you."))
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    return upload


def _case_of(db: Session, id: UUID) -> Inspection | None:
    """In one question, asked also where there is no file: the time does not tell the two apart."""
    with_team = select(Inspection).where(Inspection.id == id).options(joinedload(Inspection.team))
    return db.scalars(with_team).unique().one_or_none()


def _received(db: Session, upload: Upload) -> Received:
    numbers = db.scalars(
        select(UploadPart.n).where(UploadPart.upload_id == upload.id).order_by(UploadPart.n)
    ).all()
    return Received(tuple(numbers), upload.parts, is_whole=upload.completed_at is not None)

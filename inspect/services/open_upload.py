"""The files of a case: listed, opened, set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview
from ...models.uploads import Upload
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .receive_part import read_part, read_parts
from .record_event import record_event

MAX_REASON = 2000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, or one part of a recording, in clear."""

    upload: Upload
    content: bytes


def list_uploads(db: Session, source: Evidence | Interview) -> Sequence[Upload]:
    """The files of an observation, a document or a talk, in the order in which they were made."""
    owner = Upload.evidence_id if isinstance(source, Evidence) else Upload.interview_id
    return db.scalars(select(Upload).where(owner == source.id).order_by(Upload.made_at, Upload.id)).all()


def find_upload(db: Session, inspection: Inspection, upload_id: UUID) -> Upload:
    """The file with this id. Raises NotFound when this case has none."""
    upload = db.get(Upload, upload_id)
    if upload is None or upload.inspection_id != inspection.id:
        raise NotFound(N_("There is no such file, or it is not open to you."))
    return upload


def open_upload(
    db: Session, *, actor: Actor, inspection: Inspection, upload_id: UUID, part: int | None = None
) -> Opened:
    """The bytes of a file that is whole, or of one part of a recording, which plays by itself.

    The caller logs the reading. Raises NotFound when there is no such file, NotPossibleNow when not all of it
    has come.
    """
    if not may(actor, Permission.OPEN_FILES, inspection):
        raise NotAllowed(N_("This is for others in the team to do."))
    upload = find_upload(db, inspection, upload_id)
    if part is not None:
        return Opened(upload, read_part(db, upload, part))
    if upload.completed_at is None:
        raise NotPossibleNow(N_("Not all of the file has come from the device yet."))
    return Opened(upload, b"".join(read_parts(db, upload)))


def withdraw_upload(
    db: Session, *, actor: Actor, inspection: Inspection, upload_id: UUID, reason: str, now: datetime
) -> Upload:
    """Set a file aside that should not be used, with the reason. The file is kept (arkivlagen 10 §)."""
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    upload = find_upload(db, inspection, upload_id)
    reason = reason.strip()
    if not reason:
        raise Invalid(N_("Write why the file is set aside."), {"field": "reason"})
    if len(reason) > MAX_REASON:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(reason), "limit": MAX_REASON, "field": "reason"},
        )
    if upload.withdrawn_at is not None:
        return upload
    upload.withdrawn_at = now
    upload.withdrawn_by_id = actor.user_id
    upload.withdrawal = reason
    record_event(
        db, EventKind.FILE_WITHDRAWN, actor=actor, now=now, inspection_id=inspection.id, upload=upload.id
    )
    db.flush()
    return upload

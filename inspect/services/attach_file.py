"""A photo or a PDF that comes whole, from a page: described, received and checked in one go."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview
from ...models.uploads import Upload
from ...models.vocabulary import N_
from ..errors import Invalid
from ..exchange.media_types import SOUND, media_type_of
from ..rules.access import Actor
from ..rules.files import divided
from .describe_upload import describe_upload
from .receive_part import receive_part


def attach_file(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    source: Evidence | Interview,
    title: str,
    content: bytes,
    upload_id: UUID,
    now: datetime,
) -> Upload:
    """Keep `content` with `source`. What the file was called is not asked for and not kept.

    The same `upload_id` with the same bytes again gives the file that is there. Raises Invalid (at the field
    `file`, unless another is named) for a kind or size that is not taken in.
    """
    try:
        return _attach(db, actor, inspection, source, title, content, upload_id, now)
    except Invalid as refused:
        raise Invalid(refused.reason, {"field": "file"} | refused.values) from refused


def _attach(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    source: Evidence | Interview,
    title: str,
    content: bytes,
    upload_id: UUID,
    now: datetime,
) -> Upload:
    if not content:
        raise Invalid(N_("The file is empty."))
    media_type = media_type_of(content)
    if media_type is None or media_type in SOUND:
        raise Invalid(N_("Only photos (JPEG, PNG or WebP) and PDFs are taken in here."))
    pieces = divided(content)
    upload = describe_upload(
        db,
        actor=actor,
        inspection=inspection,
        upload_id=upload_id,
        about={
            "evidence" if isinstance(source, Evidence) else "talk": str(source.id),
            "title": title,
            "type": media_type.value,
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
            "parts": len(pieces),
        },
        now=now,
    )
    for n, piece in enumerate(pieces, start=1):
        receive_part(
            db,
            actor=actor,
            upload_id=upload.id,
            n=n,
            content=piece,
            sha256=sha256(piece).hexdigest(),
            now=now,
        )
    return upload

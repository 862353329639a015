"""Files in the fullest case of the rich authority: a photo of a document, and a recording of a talk."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.attach_file import attach_file
from tillsyn.inspect.services.describe_upload import describe_upload
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.open_upload import withdraw_upload
from tillsyn.inspect.services.receive_part import receive_part
from tillsyn.models.base import new_id
from tillsyn.models.interviews import Evidence, Interview
from tillsyn.models.vocabulary import Informant, State

SOUND = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB\x87\x81\x04" + bytes(40) + b"A_OPUS"
"""The first bytes of a recording; enough to be known as one."""


@dataclass(frozen=True)
class RichFiles:
    photo_id: UUID
    recording_id: UUID


def build_rich_files(db: Session, dnr: str, actor: Actor) -> RichFiles:
    """A photo on the first piece of evidence, and a recording in two parts, once interrupted and once cut
    off, of the first talk with a child. They came while the case was recorded in."""
    inspection = find_inspection(db, dnr)
    state, inspection.state = inspection.state, State.DOCUMENTS
    evidence = db.scalars(
        select(Evidence).where(Evidence.inspection_id == inspection.id).order_by(Evidence.id)
    ).first()
    talk = db.scalars(
        select(Interview)
        .where(Interview.inspection_id == inspection.id, Interview.informant == Informant.CHILD)
        .order_by(Interview.id)
    ).first()
    assert evidence is not None and talk is not None
    made = BytesIO()
    Image.linear_gradient("L").save(made, "PNG")
    photo = attach_file(
        db, actor=actor, inspection=inspection, source=evidence, title=f"Anslagstavlan, {MARKER}",
        content=made.getvalue(), upload_id=new_id(), now=NOW,
    )  # fmt: skip
    wrong = attach_file(
        db, actor=actor, inspection=inspection, source=evidence, title="Fel tavla",
        content=made.getvalue() + b" ", upload_id=new_id(), now=NOW,
    )  # fmt: skip
    withdraw_upload(
        db, actor=actor, inspection=inspection, upload_id=wrong.id, reason=f"Fel tavla, {MARKER}", now=NOW
    )
    parts = [SOUND + b"1", SOUND + b"2"]
    recording = describe_upload(
        db,
        actor=actor,
        inspection=inspection,
        upload_id=new_id(),
        about={
            "talk": str(talk.id),
            "title": "",
            "type": "audio/webm",
            "bytes": sum(map(len, parts)),
            "sha256": sha256(b"".join(parts)).hexdigest(),
            "parts": len(parts),
            "interruptions": [
                {"at": 64, "seconds": 1},
                {"at": 605, "seconds": 0},
            ],
        },
        now=NOW,
    )
    for n, part in enumerate(parts, start=1):
        receive_part(
            db, actor=actor, upload_id=recording.id, n=n, content=part, sha256=sha256(part).hexdigest(), now=NOW
        )  # fmt: skip
    inspection.state = state
    db.flush()
    return RichFiles(photo.id, recording.id)

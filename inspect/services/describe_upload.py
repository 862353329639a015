"""A file of a case, told of before it comes: what it is of, what it is, and how it will be recognised."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview
from ...models.uploads import Upload
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..exchange.media_types import as_media_type
from ..rules.access import Actor, Permission, may
from ..rules.files import DAY, Described, FileQuota, over_quota, refused_file
from ..rules.interview_order import may_record, may_record_talk
from .next_name import hold_case
from .record_event import record_event

MAX_TITLE = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


def describe_upload(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    upload_id: UUID,
    about: Mapping[str, Any],
    made_at: datetime | None = None,
    from_device: bool = False,
    now: datetime,
) -> Upload:
    """Make room for a file, as `about` of a photo or recording tells of it (rules/field_documents.py).

    `made_at` is when it was made by the corrected clock, `now` when not given. The same `upload_id` again
    changes the title and what the file is of; its bytes stay what they were said to be. Raises NotFound when
    the case has no such source (yet), NotPossibleNow when nothing is recorded any more, Invalid otherwise:
    also when there is no room (`file_quota` of the session; twice as much for what comes from a device).
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    source = _source(db, inspection, about)
    shut = (
        may_record_talk(inspection.state, source.informant)
        if isinstance(source, Interview)
        else may_record(inspection.state)
    )
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    described = _described(about, of_talk=isinstance(source, Interview))
    title = _title(about)
    hold_case(db, inspection)
    upload = db.get(Upload, upload_id)
    if upload is None:
        _check_room(db, actor, inspection, described.size, from_device=from_device, now=now)
        upload = Upload(
            id=upload_id,
            inspection_id=inspection.id,
            media_type=described.media_type,
            size=described.size,
            parts=described.parts,
            sha256=about["sha256"],
            made_at=made_at or now,
            by_id=actor.user_id,
            described_at=now,
        )
        db.add(upload)
        record_event(
            db,
            EventKind.FILE_DESCRIBED,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            upload=upload.id,
            type=described.media_type.value,
        )
    elif not _same_bytes(upload, inspection, described, about["sha256"]):
        raise Invalid(N_("Another file has come with the same number."))
    upload.title = title
    upload.evidence_id = source.id if isinstance(source, Evidence) else None
    upload.interview_id = source.id if isinstance(source, Interview) else None
    upload.interruptions = [dict(one) for one in about.get("interruptions", ())]
    db.flush()
    return upload


def _check_room(
    db: Session, actor: Actor, inspection: Inspection, size: int, *, from_device: bool, now: datetime
) -> None:
    of_person = func.sum(Upload.size).filter(Upload.by_id == actor.user_id, Upload.described_at > now - DAY)
    in_case, own = db.execute(
        select(func.sum(Upload.size), of_person).where(Upload.inspection_id == inspection.id)
    ).one()
    quota: FileQuota = db.info.get("file_quota") or FileQuota()
    lacking = over_quota(
        quota.of_devices() if from_device else quota, size, in_case=int(in_case or 0), of_person=int(own or 0)
    )
    if lacking:
        raise Invalid(lacking.text, dict(lacking.values))


def about_of(upload: Upload) -> dict[str, Any]:
    """The file as a device tells of it: the value that `describe_upload` takes."""
    owner = (
        {"evidence": str(upload.evidence_id)} if upload.evidence_id else {"talk": str(upload.interview_id)}
    )
    return {
        **owner,
        "title": upload.title,
        "type": upload.media_type.value,
        "bytes": upload.size,
        "sha256": upload.sha256,
        "parts": upload.parts,
        "interruptions": [dict(one) for one in upload.interruptions],
    }


def _source(db: Session, inspection: Inspection, about: Mapping[str, Any]) -> Evidence | Interview:
    found: Evidence | Interview | None = (
        db.get(Evidence, _id(about["evidence"]))
        if "evidence" in about
        else db.get(Interview, _id(about.get("talk")))
    )
    if found is None or found.inspection_id != inspection.id:
        raise NotFound(N_("What the file belongs to is not in this case."))
    return found


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound(N_("What the file belongs to is not in this case.")) from None


def _described(about: Mapping[str, Any], *, of_talk: bool) -> Described:
    media_type = as_media_type(str(about.get("type", "")))
    if media_type is None:
        raise Invalid(N_("Files of this kind are not taken in. Photos, PDFs and sound recordings are."))
    if not _SHA256.fullmatch(str(about.get("sha256", ""))) or about["bytes"] < 1 or about["parts"] < 1:
        raise Invalid(N_("The file is not whole."))
    described = Described(media_type, about["bytes"], about["parts"], of_talk)
    refused = refused_file(described)
    if refused:
        raise Invalid(refused.text, dict(refused.values))
    return described


def _title(about: Mapping[str, Any]) -> str:
    title = str(about.get("title", "")).strip()
    if len(title) > MAX_TITLE:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(title), "limit": MAX_TITLE, "field": "title"},
        )
    return title


def _same_bytes(upload: Upload, inspection: Inspection, described: Described, sha256: str) -> bool:
    told = (inspection.id, described.media_type, described.size, described.parts, sha256)
    return told == (upload.inspection_id, upload.media_type, upload.size, upload.parts, upload.sha256)

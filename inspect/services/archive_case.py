"""Make the package of a closed case for the e-archive: letters, records, files, metadata by E-ARK CSIP."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion
from ...models.openness_words import Assessed
from ...models.provider_side import AnswerFile
from ...models.retention import ArchivePackage
from ...models.uploads import Upload
from ...models.vocabulary import N_, MediaType
from ..errors import NotAllowed, NotPossibleNow
from ..exchange.csip import DATA, DOCUMENTATION, METS_NAME, SCHEMAS, Contents, Happening, PackageFile
from ..exchange.csip_mets import build_package
from ..outside.reach import reaching_also
from ..rules import inspection_file_shape
from ..rules.access import Actor, Permission, may
from .answer_disclosure import read_file
from .case_record import SCHEMA, record_case
from .disclose_file import copy_of
from .export_inspection import export_inspection
from .find_disclosure import list_disclosures
from .find_disposable import FINISHED, notes_that_wait
from .receive_part import read_parts
from .record_event import record_event

DOCUMENTED = Path(inspection_file_shape.__file__).parent / "package-documentation.md"
SOFTWARE = "Tillsyn"
JSON, PDF, MARKDOWN = "application/json", "application/pdf", "text/markdown"
ENDINGS: Mapping[MediaType, str] = {
    MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.WEBP: "webp", MediaType.PDF: "pdf",
    MediaType.WEBM: "webm", MediaType.OGG: "ogg", MediaType.MP4: "m4a",
}  # fmt: skip
RECORDINGS = (MediaType.WEBM, MediaType.OGG, MediaType.MP4)


@dataclass(frozen=True, slots=True)
class Archived:
    """A package: its name, its files by path, METS.xml first, and the row that tells of it."""

    name: str
    files: Mapping[str, bytes]
    package: ArchivePackage


def archive_case(
    db: Session, *, actor: Actor | None, inspection: Inspection, authority: str, version: str, now: datetime
) -> Archived:
    """Everything of the case in clear. No actor: by command, by who runs the service.

    Raises NotAllowed, and NotPossibleNow for a case that is not closed or has notes that still wait.
    """
    if actor is not None and not may(actor, Permission.ARCHIVE_CASE, inspection):
        raise NotAllowed(N_("Who leads the case or decides in it makes the package for the e-archive."))
    if inspection.state not in FINISHED:
        raise NotPossibleNow(
            N_("A package for the e-archive is made of a closed case. Close the case first.")
        )
    if _has_notes_that_wait(db, inspection):
        raise NotPossibleNow(
            N_("Notes from devices still wait in the case. Take them in or set them aside first.")
        )
    with reaching_also(db, case=inspection.id):  # what is packed is all of it, whoever packs it
        return _archived(db, actor, inspection, authority, version, now)


def _archived(
    db: Session, actor: Actor | None, inspection: Inspection, authority: str, version: str, now: datetime
) -> Archived:
    exported = export_inspection(db, actor=actor, inspection=inspection, now=now)
    records = {
        "inspection.json": exported,
        "case-record.json": record_case(db, inspection),
    }
    files = [
        _file(DATA + path, JSON, json.dumps(data, ensure_ascii=False, indent=1).encode(), now)
        for path, data in records.items()
    ]
    files += _letters(db, inspection)
    files += _attached(db, inspection)
    files += [
        _file(SCHEMAS + path.name, JSON, path.read_bytes(), now)
        for path in (inspection_file_shape.SCHEMA, SCHEMA)
    ]
    files.append(_file(DOCUMENTATION + "README.md", MARKDOWN, DOCUMENTED.read_bytes(), now))
    package = ArchivePackage(inspection_id=inspection.id, made_at=now, made_by_id=actor and actor.user_id)
    contents = Contents(
        name=f"tillsyn-{package.id}", label=f"{inspection.dnr} {inspection.title}", software=SOFTWARE,
        version=version, authority=authority, made_at=now, files=files,
        about=(
            ("title", inspection.title), ("identifier", inspection.dnr), ("creator", authority),
            ("type", "Tillsynsärende"), ("language", "sv"),
            ("date", inspection.created_at.date().isoformat()),
        ),
        happened=[
            Happening(str(one.id), "moved", one.at, f"{one.from_state.value} → {one.to_state.value}")
            for one in inspection.changes
        ],
    )  # fmt: skip
    built = build_package(contents)
    package.manifest_sha256 = hashlib.sha256(built[METS_NAME]).hexdigest()
    package.files = len(built)
    db.add(package)
    db.flush()
    record_event(
        db, EventKind.PACKAGE_MADE, actor=actor, now=now, inspection_id=inspection.id, package=package.id,
        digest=package.manifest_sha256, number=len(built),
    )  # fmt: skip
    return Archived(contents.name, built, package)


def _has_notes_that_wait(db: Session, inspection: Inspection) -> bool:
    waiting = or_(*notes_that_wait(Inspection.id))
    return bool(db.scalar(select(waiting).where(Inspection.id == inspection.id)))


def _letters(db: Session, inspection: Inspection) -> Iterator[PackageFile]:
    """Every version that was frozen and has a PDF, as its bytes were."""
    rows = db.execute(
        select(LetterVersion, Letter.kind)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .where(Letter.inspection_id == inspection.id)
        .order_by(LetterVersion.at, LetterVersion.id)
    )
    for version, kind in rows:
        path = f"{DATA}letters/{kind.value}-{version.language}-{version.id}.pdf"
        yield _file(path, PDF, version.pdf, version.at)


def _attached(db: Session, inspection: Inspection) -> Iterator[PackageFile]:
    """Files of the case, of answers, and what was disclosed. Parts of a recording play alone."""
    uploads = db.scalars(
        select(Upload)
        .where(Upload.inspection_id == inspection.id, Upload.completed_at.is_not(None))
        .order_by(Upload.id)
    ).all()
    for upload in uploads:
        kind, parts = upload.media_type, list(read_parts(db, upload))
        pieces = parts if kind in RECORDINGS and len(parts) > 1 else [b"".join(parts)]
        for number, piece in enumerate(pieces, start=1):
            at = f"-{number}" if len(pieces) > 1 else ""
            yield _file(f"{DATA}files/{upload.id}{at}.{ENDINGS[kind]}", kind.value, piece, upload.made_at)
    of_letters = select(Letter.id).where(Letter.inspection_id == inspection.id)
    sent = db.scalars(select(AnswerFile).where(AnswerFile.letter_id.in_(of_letters)).order_by(AnswerFile.id))
    for file in sent:
        path = f"{DATA}answers/{file.id}.{ENDINGS[file.media_type]}"
        yield _file(path, file.media_type.value, file.content, file.attached_at)
    yield from _disclosed(db, inspection)


def _disclosed(db: Session, inspection: Inspection) -> Iterator[PackageFile]:
    """Each answer and decision as it left, and pictures that were painted over. A file that went out as it
    was lies among the files of the case; a transcript stands in its answer and in the record.
    """
    for request in list_disclosures(db, inspection):
        here = f"{DATA}disclosures/{request.id}"
        for which, left_at in (("answer", request.left_at), ("decision", request.decided_at)):
            if left_at is not None:
                content = read_file(db, inspection=inspection, disclosure_id=request.id, which=which)
                yield _file(f"{here}-{which}.pdf", PDF, content, left_at)
        if request.left_at is None:
            continue  # what nobody has been given is no document yet
        for text in request.texts:
            if text.assessed is Assessed.COPY:
                copy = copy_of(text)
                kind, content = copy.media_type.value, b"".join(copy.pieces)
                yield _file(f"{here}-{copy.name}", kind, content, request.left_at)


def _file(path: str, kind: str, content: bytes, at: datetime) -> PackageFile:
    return PackageFile(path, kind, content, at)

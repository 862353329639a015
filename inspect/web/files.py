"""Files of a case: a photo or PDF added, opened by those who may, set aside with a reason."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, g, redirect, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from ...models.base import new_id
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Evidence
from ...models.vocabulary import MediaType
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.files import LARGEST_SENT, MEBIBYTE, too_large
from ..services.add_evidence import find_evidence
from ..services.attach_file import attach_file
from ..services.open_upload import Opened, find_upload, open_upload, withdraw_upload
from .access import access
from .case import case_page, open_case
from .checks import refusal_of
from .database import db, now, record_reading
from .file_cards import card_of
from .forms.files import AddFileForm, SetAsideForm
from .forms.talks import as_typed
from .session import current_actor
from .talks import put_at_field

files = Blueprint("files", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
FILE = "/inspections/<dnr>/files/<uuid:upload_id>"
ADD = frozenset({"files.add", "portal.add_file"})
MOST_READ = 300 * MEBIBYTE
"""What is read of a request with a file that is far too large, so that the rest of the form is kept."""

ENDINGS = {
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.WEBP: "webp",
    MediaType.PDF: "pdf",
    MediaType.WEBM: "webm",
    MediaType.OGG: "ogg",
    MediaType.MP4: "m4a",
}


class FirstBytes(BytesIO):
    """A file as it comes in, in memory; of one that is too large no more is kept than tells so."""

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        room = LARGEST_SENT + 1 - self.tell()
        self.size = getattr(self, "size", 0) + len(piece)
        if room > 0:
            super().write(piece[:room])
        return len(piece)


def let_large_files_in() -> None:
    """Before a form is read: that of a file, sent by somebody who is signed in, may be large."""
    if request.endpoint in ADD and g.get("actor") is not None:
        request.max_content_length = MOST_READ


@files.get(FILE)
@access(Permission.OPEN_FILES)
def file(dnr: str, upload_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.OPEN_FILES)
    opened = open_upload(db(), actor=current_actor(), inspection=inspection, upload_id=upload_id)
    return _answer(inspection, opened, None)


@files.get(f"{FILE}/<int:n>")
@access(Permission.OPEN_FILES)
def part(dnr: str, upload_id: UUID, n: int) -> Page:
    """One part of a recording; each plays by itself."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    opened = open_upload(db(), actor=current_actor(), inspection=inspection, upload_id=upload_id, part=n)
    return _answer(inspection, opened, n)


def _answer(inspection: Inspection, opened: Opened, n: int | None) -> Response:
    """To be kept as a file, never shown as a page of its own; our pages show pictures and play sound."""
    upload = opened.upload
    record_reading(
        EventKind.FILE_READ,
        actor_id=current_actor().user_id,
        inspection_id=inspection.id,
        upload=str(upload.id),
        part=str(n or ""),
    )
    answer = FlaskResponse(opened.content, mimetype=upload.media_type.value)
    name = f"{inspection.dnr}-{upload.id.hex[-8:]}{f'-{n}' if n else ''}.{ENDINGS[upload.media_type]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@files.route("/inspections/<dnr>/evidence/<uuid:evidence_id>/add-file", methods=["GET", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def add(dnr: str, evidence_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    item = find_evidence(db(), inspection, evidence_id)
    form = AddFileForm(upload_id=str(new_id()))
    if form.is_submitted() and form.validate():
        try:
            _attach(inspection, item, form)
            return redirect(
                url_for("checks.evidence_item", dnr=dnr, evidence_id=item.id, _anchor="files"), 303
            )
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
    page = case_page(
        "inspector/add_file.html",
        inspection,
        item=item,
        form=form,
        refusal=refusal_of(inspection),
        largest=LARGEST_SENT,
        megabytes=LARGEST_SENT // MEBIBYTE,
    )
    return (page, 422) if form.is_submitted() else page


def _attach(inspection: Inspection, item: Evidence, form: AddFileForm) -> None:
    sent = form.file.data.stream
    size = getattr(sent, "size", 0)
    if size > LARGEST_SENT:
        reason = too_large(size, LARGEST_SENT)
        raise Invalid(reason.text, reason.values | {"field": "file"})
    attach_file(
        db(),
        actor=current_actor(),
        inspection=inspection,
        source=item,
        title=as_typed(form.title.data),
        content=sent.read(),
        upload_id=_id(form.upload_id.data),
        now=now(),
    )


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


@files.route(f"{FILE}/set-aside", methods=["GET", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def set_aside(dnr: str, upload_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    upload = find_upload(db(), inspection, upload_id)
    back = (
        url_for("checks.evidence_item", dnr=dnr, evidence_id=upload.evidence_id, _anchor="files")
        if upload.evidence_id
        else url_for("talks.interview", dnr=dnr, talk_id=upload.interview_id, _anchor="files")
    )
    form = SetAsideForm()
    if form.is_submitted() and form.validate():
        try:
            withdraw_upload(
                db(),
                actor=current_actor(),
                inspection=inspection,
                upload_id=upload_id,
                reason=as_typed(form.reason.data),
                now=now(),
            )
            return redirect(back, 303)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
    page = case_page("inspector/set_file_aside.html", inspection, card=card_of(upload), form=form, back=back)
    return (page, 422) if form.is_submitted() else page

"""The files of a request for documents: those that left, and the files of the case before they do."""

from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest, DisclosureText
from ...models.openness_words import AskState
from ...models.vocabulary import MediaType
from ..errors import Invalid, NotFound, NotPossibleNow
from ..exchange.painted_pictures import LINES, Area, with_grid
from ..rules.access import Permission
from ..services.answer_disclosure import read_file
from ..services.disclose_file import (
    NO_FILE,
    PICTURES,
    copy_of,
    original_of,
    paint_over,
    read_sent_file,
    transcribe,
    transcript_of,
)
from ..services.find_disclosure import find_disclosure, text_of
from .access import access
from .case import case_page, open_case
from .database import db, now, record_reading
from .disclosures import ONE, disclosures
from .forms.faults import put_at_field
from .forms.openness import PaintForm, TranscriptForm
from .session import current_actor

Page = str | Answer | tuple[str, int]
TEXT = f"{ONE}/texts/<uuid:text_id>"


@disclosures.get(f"{ONE}/<which>.pdf")
@access(Permission.READ_INSPECTION)
def file(dnr: str, disclosure_id: UUID, which: str) -> Response:
    """The file as it left, to be sent."""
    inspection = open_case(dnr)
    content = read_file(db(), inspection=inspection, disclosure_id=disclosure_id, which=which)
    return sent(inspection, disclosure_id, which, f"{which}.pdf", MediaType.PDF, content)


@disclosures.get(f"{ONE}/sent/<uuid:text_id>/<int:n>/file")
@access(Permission.OPEN_FILES)
def sent_file(dnr: str, disclosure_id: UUID, text_id: UUID, n: int) -> Response:
    """A file that left beside the answer, to be sent."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    request, text = _found(inspection, disclosure_id, text_id)
    name, file = read_sent_file(db(), request=request, text=text, n=n)
    return sent(inspection, disclosure_id, "sent", name, file.media_type, file.pieces[0])


@disclosures.get(f"{TEXT}/original/file")
@access(Permission.OPEN_FILES)
def original(dnr: str, disclosure_id: UUID, text_id: UUID) -> Response:
    """The file as it is in the case, to be looked at before it is decided on."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    file = original_of(db(), _found(inspection, disclosure_id, text_id)[1])
    return sent(inspection, disclosure_id, "original", file.name, file.media_type, b"".join(file.pieces))


@disclosures.get(f"{TEXT}/copy/file")
@access(Permission.OPEN_FILES)
def copy(dnr: str, disclosure_id: UUID, text_id: UUID) -> Response:
    """The copy as it would go out."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    file = copy_of(_found(inspection, disclosure_id, text_id)[1])
    return sent(inspection, disclosure_id, "copy", file.name, file.media_type, file.pieces[0])


@disclosures.get(f"{TEXT}/grid/file")
@access(Permission.OPEN_FILES)
def grid(dnr: str, disclosure_id: UUID, text_id: UUID) -> Response:
    """The picture as it is painted over so far, with the numbered grid."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    text = _found(inspection, disclosure_id, text_id)[1]
    shown = with_grid(text.copy or _picture(text))
    return sent(inspection, disclosure_id, "grid", "grid.png", MediaType.PNG, shown)


@disclosures.get(f"{TEXT}/look")
@access(Permission.OPEN_FILES)
def whole(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    """Look at the file; paint over parts of a picture, or write a transcript."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    return _whole(inspection, disclosure_id, text_id, PaintForm(formdata=None), None)


@disclosures.post(f"{TEXT}/paint")
@access(Permission.DISCLOSE)
def paint(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    inspection, form = open_case(dnr, Permission.DISCLOSE), PaintForm()
    numbers = (form.from_row.data, form.to_row.data, form.from_column.data, form.to_column.data)
    if form.validate() and None not in numbers:
        try:
            _painted(inspection, disclosure_id, text_id, Area(*(number or 0 for number in numbers)))
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "from_row")
        else:
            flash(_("Painted over in the copy. The original is as it was."), "success")
            return redirect(_address(inspection, disclosure_id, text_id), 303)
    return _whole(inspection, disclosure_id, text_id, form, None), 422


@disclosures.post(f"{TEXT}/unpaint")
@access(Permission.DISCLOSE)
def unpaint(dnr: str, disclosure_id: UUID, text_id: UUID) -> Answer:
    inspection = open_case(dnr, Permission.DISCLOSE)
    _painted(inspection, disclosure_id, text_id, None)
    flash(_("The copy is thrown away. Begin again from the original."), "success")
    return redirect(_address(inspection, disclosure_id, text_id), 303)


@disclosures.post(f"{TEXT}/transcript")
@access(Permission.DISCLOSE)
def write_transcript(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    inspection, form = open_case(dnr, Permission.DISCLOSE), TranscriptForm()
    if form.validate():
        try:
            transcribe(
                db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
                text_id=text_id, transcript=form.transcript.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "transcript")
        else:
            flash(_("The transcript is kept. Mask it as any other text."), "success")
            back = url_for(
                "disclosures.text", dnr=inspection.dnr, disclosure_id=disclosure_id, text_id=text_id
            )
            return redirect(back, 303)
    return _whole(inspection, disclosure_id, text_id, PaintForm(formdata=None), form), 422


def sent(
    inspection: Inspection, disclosure_id: UUID, what: str, name: str, media_type: MediaType, content: bytes
) -> Response:
    """To be kept as a file; that it was opened is logged."""
    record_reading(
        EventKind.DISCLOSURE_FILE_READ,
        actor_id=current_actor().user_id,
        inspection_id=inspection.id,
        disclosure=str(disclosure_id),
        format=what,
    )
    answer = Response(content, mimetype=media_type.value)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _painted(inspection: Inspection, disclosure_id: UUID, text_id: UUID, area: Area | None) -> None:
    paint_over(
        db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id,
        area=area, now=now(),
    )  # fmt: skip


def _whole(
    inspection: Inspection, disclosure_id: UUID, text_id: UUID, form: PaintForm, typed: TranscriptForm | None
) -> str:
    request, text = _found(inspection, disclosure_id, text_id)
    file = original_of(db(), text)
    return case_page(
        "openness/file.html",
        inspection,
        asking=request,
        text=text,
        form=form,
        transcript=typed or TranscriptForm(formdata=None, transcript=transcript_of(text)),
        is_open=request.state is AskState.ASSESSED,
        is_picture=file.media_type in PICTURES,
        media_type=file.media_type,
        has_copy=text.copy_sealed is not None,
        lines=LINES,
    )


def _picture(text: DisclosureText) -> bytes:
    file = original_of(db(), text)
    if file.media_type not in PICTURES:
        raise NotFound(NO_FILE)
    return file.pieces[0]


def _found(
    inspection: Inspection, disclosure_id: UUID, text_id: UUID
) -> tuple[DisclosureRequest, DisclosureText]:
    request = find_disclosure(db(), inspection, disclosure_id)
    return request, text_of(request, text_id)


def _address(inspection: Inspection, disclosure_id: UUID, text_id: UUID) -> str:
    return url_for("disclosures.whole", dnr=inspection.dnr, disclosure_id=disclosure_id, text_id=text_id)

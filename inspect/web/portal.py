"""The provider's own pages beside the letter: files of an answer, and the plan of measures."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import Letter, Measure
from ...models.provider_side import AnswerFile, MeasureReport
from ...models.vocabulary import Progress
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.files import LARGEST_SENT, MEBIBYTE
from ..rules.provider_course import CourseStep, Page
from ..services.attach_answer_file import (
    SentFile,
    attach_answer_file,
    files_by_place,
    list_answer_files,
    open_answer_file,
    open_sent_file,
    remove_answer_file,
    why_no_files,
)
from ..services.find_provider_course import FoundCourse, find_provider_course
from ..services.read_letter import Point, find_letter, find_point, points_of
from ..services.report_measure import report_measure, reports_of, why_no_reports
from .access import access
from .case import open_case
from .database import db, now, record_reading
from .files import ENDINGS
from .forms.faults import put_at_field
from .forms.portal import AttachForm, ReportForm
from .language import day, message_of
from .pack_words import speak_of
from .provider import Page as PageAnswer
from .provider_answers import SentPage
from .session import current_actor, settings

portal = Blueprint("portal", __name__)

Answer = str | Response | tuple[str, int]


@dataclass(slots=True)
class PlanLine:
    """One measure of the plan: what it is about, what has been told of it, its files and its form."""

    measure: Measure
    reports: list[MeasureReport]
    files: list[AnswerFile]
    form: ReportForm

    @property
    def newest(self) -> MeasureReport | None:
        return self.reports[-1] if self.reports else None


@portal.app_template_global()
def course_of(inspection: Inspection) -> FoundCourse:
    """What is done, asked and coming in a case, for the reader's pages."""
    return find_provider_course(db(), inspection)


@portal.app_template_global()
def step_note(step: CourseStep) -> str:
    """What is said of a step, its days written as people say them."""
    if step.note is None:
        return ""
    values = {name: day(one) if isinstance(one, date) else one for name, one in step.note.values.items()}
    return message_of(step.note.text, values)


@portal.app_template_global()
def address_of_step(step: CourseStep, course: FoundCourse) -> str | None:
    """Where the provider does a step; None when it is done nowhere here."""
    match step.page:
        case Page.FACTS if course.communication_id:
            return url_for("provider.communication", communication_id=course.communication_id)
        case Page.LETTER if course.letter_id:
            return url_for("provider.letter", letter_id=course.letter_id)
        case Page.PLAN if course.letter_id:
            return url_for("portal.plan", letter_id=course.letter_id)
        case Page.MEETING:
            return url_for("provider.meeting", inspection_id=course.inspection_id)
    return None


@portal.app_template_global()
def answer_files_of(letter: Letter) -> dict[UUID, list[AnswerFile]]:
    """The files of a letter's answers by point, those of measures by measure."""
    return files_by_place(list_answer_files(db(), letter))


def _letter(letter_id: UUID) -> Letter:
    found = find_letter(db(), current_actor(), letter_id)
    speak_of(found.inspection.pack)
    return found


@portal.route("/letters/<uuid:letter_id>/points/<uuid:finding_id>/files", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def add_file(letter_id: UUID, finding_id: UUID) -> Answer:
    """A file to the answer at a point, or to one of its measures; what is typed there is saved already."""
    letter = _letter(letter_id)
    point = find_point(db(), letter, finding_id)
    form = AttachForm(measure=request.args.get("measure", ""))
    form.file.flags.asked = True
    measure = _measure_of(point, form.measure.data)
    status = 200
    if form.is_submitted():
        try:
            _attach(letter, point, measure, form)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "file")
            status = 422
        else:
            flash(_("The file is attached."), "success")
            return redirect(_back(letter, point, measure), 303)
    text = render_template(
        "provider/add_file.html",
        letter=letter,
        point=point,
        measure=measure,
        form=form,
        files=answer_files_of(letter).get(measure.id if measure else finding_id, []),
        refused=_why_not(letter, measure),
        megabytes=LARGEST_SENT // MEBIBYTE,
        back=_back(letter, point, measure),
    )
    return text, status


def _why_not(letter: Letter, measure: Measure | None) -> str | None:
    refused = why_no_files(current_actor(), letter, measure.id if measure else None)
    return message_of(refused, {}) if refused else None


def _measure_of(point: Point, text: str | None) -> Measure | None:
    if not text:
        return None
    found = next((one for one in point.measures if str(one.id) == text), None)
    if found is None:
        raise NotFound("There is no such measure; it may have been removed.")
    return found


def _attach(letter: Letter, point: Point, measure: Measure | None, form: AttachForm) -> None:
    if not form.validate():
        raise Invalid("Choose a file. If you did, the file is empty.")
    sent = form.file.data
    content = sent.stream.read() if sent else b""
    attach_answer_file(
        db(),
        actor=current_actor(),
        letter_id=letter.id,
        finding_id=point.finding.id,
        measure_id=measure.id if measure else None,
        sent=SentFile(
            said_name=sent.filename or "" if sent else "",
            size=getattr(sent.stream, "size", len(content)) if sent else 0,
            content=content,
        ),
        scanner=settings().scanner,
        now=now(),
    )


def _back(letter: Letter, point: Point, measure: Measure | None) -> str:
    if measure is not None and letter.answers_sent_at is not None:
        return url_for("portal.plan", letter_id=letter.id, _anchor=f"measure-{measure.id.hex}")
    return url_for("provider.letter", letter_id=letter.id, _anchor=f"point-{point.finding.id.hex}")


@portal.get("/letters/<uuid:letter_id>/files/<uuid:file_id>")
@access(Permission.ANSWER_LETTERS)
def file(letter_id: UUID, file_id: UUID) -> Response:
    letter = _letter(letter_id)
    found = open_answer_file(db(), actor=current_actor(), letter_id=letter_id, file_id=file_id)
    return _as_file(found, letter.inspection)


@portal.post("/letters/<uuid:letter_id>/files/<uuid:file_id>/remove")
@access(Permission.ANSWER_LETTERS)
def remove_file(letter_id: UUID, file_id: UUID) -> PageAnswer:
    """Take a file away from the letter's page; all that is typed there is saved with it."""
    sent = SentPage.of(letter_id)
    found = open_answer_file(db(), actor=current_actor(), letter_id=letter_id, file_id=file_id)
    sent.keep()
    remove_answer_file(db(), actor=current_actor(), letter_id=letter_id, file_id=file_id, now=now())
    return sent.answer(found.finding_id, _("The file is taken away."))


@portal.get("/inspections/<dnr>/answers/files/<uuid:file_id>")
@access(Permission.OPEN_FILES)
def sent_file(dnr: str, file_id: UUID) -> Response:
    """A file that the provider has sent, as the team of the case opens it."""
    inspection = open_case(dnr, Permission.OPEN_FILES)
    found = open_sent_file(db(), actor=current_actor(), inspection=inspection, file_id=file_id)
    return _as_file(found, inspection)


def _as_file(file: AnswerFile, inspection: Inspection) -> Response:
    """To be kept as a file, never shown as a page of its own. The name in the header tells nothing."""
    record_reading(
        EventKind.ANSWER_FILE_READ,
        actor_id=current_actor().user_id,
        inspection_id=inspection.id,
        file=str(file.id),
    )
    answer = FlaskResponse(file.content, mimetype=file.media_type.value)
    name = f"{inspection.dnr}-{file.id.hex[-8:]}.{ENDINGS[file.media_type]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@portal.get("/letters/<uuid:letter_id>/plan")
@access(Permission.ANSWER_LETTERS)
def plan(letter_id: UUID) -> str:
    return _plan_page(_letter(letter_id))


@portal.post("/letters/<uuid:letter_id>/measures/<uuid:measure_id>/report")
@access(Permission.ANSWER_LETTERS)
def report(letter_id: UUID, measure_id: UUID) -> Answer:
    """Tell how far a measure has come; it is sent at once."""
    letter = _letter(letter_id)
    form = ReportForm(prefix=f"m{measure_id.hex}-")
    if form.validate():
        try:
            report_measure(
                db(), actor=current_actor(), letter_id=letter_id, measure_id=measure_id, now=now(),
                progress=Progress(form.progress.data), said=form.said.data or "",
            )  # fmt: skip
        except (Invalid, NotPossibleNow, NotAllowed) as fault:
            put_at_field(form, fault, "said")
        else:
            flash(_("Thank you. What you told us is sent."), "success")
            return redirect(
                url_for("portal.plan", letter_id=letter_id, _anchor=f"measure-{measure_id.hex}"), 303
            )
    return _plan_page(letter, measure_id, form), 422


def _plan_page(letter: Letter, typed_id: UUID | None = None, typed: ReportForm | None = None) -> str:
    told, files = reports_of(db(), letter), answer_files_of(letter)
    groups = []
    for point in points_of(db(), letter):
        lines = []
        for one in point.measures:
            reports = list(told.get(one.id, ()))
            form = typed if typed is not None and one.id == typed_id else _report_form(one, reports)
            lines.append(PlanLine(one, reports, files.get(one.id, []), form))
        if point.is_deficiency:
            groups.append((point, lines))
    refused = why_no_reports(letter)
    if refused is None and not may(current_actor(), Permission.SEND_ANSWERS):
        refused = "What you tell here is sent at once. Those who are responsible do that."
    return render_template(
        "provider/plan.html",
        letter=letter,
        groups=groups,
        typed=typed,
        refused=message_of(refused, {}) if refused else None,
        today=now().date(),
        authority=settings().authority,
    )


def _report_form(measure: Measure, reports: list[MeasureReport]) -> ReportForm:
    newest = reports[-1] if reports else None
    return ReportForm(
        formdata=None,
        prefix=f"m{measure.id.hex}-",
        progress=newest.progress.value if newest else None,
    )

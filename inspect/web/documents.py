"""Documents that are asked for, beside what is held already; and the provider's page of what is asked."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.asked_of_provider import RequestAnswer, TimeFor
from ..errors import Conflict, Invalid, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.deadlines import add_weeks
from ..services.ask_for_documents import (
    answer_request,
    ask_for_document,
    find_request,
    find_requests,
    settle_request,
)
from ..services.find_held import find_given, find_held
from ..services.list_asked_of_provider import list_asked
from ..services.tell_time import find_done, tell_time
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.documents import AnswerForm, AskedFilterForm, AskForm, TimeForm
from .forms.faults import put_at_field
from .language import label
from .paging import asked_page, pages_of
from .session import current_actor
from .start_letters import address_in

documents = Blueprint("documents", __name__)

Page = str | tuple[str, int] | Response
USUAL_WEEKS = 2


@documents.get("/inspections/<dnr>/documents")
@access(Permission.READ_INSPECTION)
def asked(dnr: str) -> Page:
    today = now().astimezone(SWEDEN).date()
    return _case_page(dnr, AskForm(formdata=None, due_on=add_weeks(today, USUAL_WEEKS)))


@documents.post("/inspections/<dnr>/documents")
@access(Permission.RECORD_IN_INSPECTION)
def ask(dnr: str) -> Page:
    inspection, form = open_case(dnr, Permission.RECORD_IN_INSPECTION), AskForm()
    if form.validate() and form.due_on.data is not None:
        try:
            ask_for_document(
                db(), actor=current_actor(), inspection=inspection, what=form.what.data or "",
                due_on=form.due_on.data, now=now(),
            )  # fmt: skip
        except (Invalid, Conflict, NotPossibleNow) as fault:
            put_at_field(form, fault, "what")
        else:
            flash(_("The document is asked for. They are told that there is something new."), "success")
            return redirect(url_for("documents.asked", dnr=dnr), 303)
    return _case_page(dnr, form), 422


@documents.post("/inspections/<dnr>/documents/<uuid:request_id>")
@access(Permission.RECORD_IN_INSPECTION)
def settle(dnr: str, request_id: UUID) -> Response:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    settle_request(db(), actor=current_actor(), inspection=inspection, request_id=request_id, now=now())
    flash(_("The request is settled."), "success")
    return redirect(url_for("documents.asked", dnr=dnr), 303)


def _case_page(dnr: str, form: AskForm) -> str:
    inspection = open_case(dnr, Permission.READ_INSPECTION)
    held = find_held(db(), actor=current_actor(), inspection=inspection)
    return case_page(
        "inspector/documents.html",
        inspection,
        form=form,
        requests=find_requests(db(), inspection.id),
        held=[(one, address_in(one.endpoint, one.inspection)) for one in held],
    )


@documents.get("/asked")
@access(Permission.ASKED_OF_US)
def to_send() -> Page:
    return _own_page()


@documents.post("/asked/<uuid:request_id>")
@access(Permission.ASKED_OF_US)
def answer(request_id: UUID) -> Page:
    case, _request = find_request(db(), current_actor(), request_id)
    form = AnswerForm()
    if form.validate():
        try:
            answer_request(
                db(), actor=current_actor(), request_id=request_id,
                answer=RequestAnswer(form.answer.data), said=form.said.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, Conflict) as fault:
            put_at_field(form, fault, "said")
        else:
            flash(_("Thank you. Your answer is saved, and the inspectors are told."), "success")
            return redirect(_own_address(), 303)
    return _own_page(answers={request_id: form}, only=case.id), 422


@documents.post("/asked/<uuid:inspection_id>/time/<any(self_assessment, documents, reply, answers):time_for>")
@access(Permission.ASKED_OF_US)
def time(inspection_id: UUID, time_for: str) -> Page:
    case = find_done(db(), current_actor(), inspection_id, TimeFor(time_for))
    form = TimeForm()
    if form.validate():
        try:
            tell_time(
                db(), actor=current_actor(), inspection_id=inspection_id, part=TimeFor(time_for),
                hours=form.hours.data or 0, now=now(),
            )  # fmt: skip
        except Invalid as fault:
            put_at_field(form, fault, "hours")
        else:
            flash(_("Thank you. It helps us to ask for less."), "success")
            return redirect(_own_address(), 303)
    return _own_page(times={(inspection_id, TimeFor(time_for)): form}, only=case.id), 422


def _kept() -> dict[str, str]:
    """Where in the list one was: the forms in it carry it, so that one comes back there."""
    return {key: request.args[key] for key in ("q", "page") if request.args.get(key)}


def _own_address() -> str:
    return url_for("documents.to_send", **_kept())  # type: ignore[arg-type]


def _own_page(
    answers: dict[UUID, AnswerForm] | None = None,
    times: dict[tuple[UUID, TimeFor], TimeForm] | None = None,
    only: UUID | None = None,
) -> str:
    """Every request with its form, and one number for each thing that was done; ids told apart.

    `only`: the case of the form that is wrong, which may stand on another page by now.
    """
    text = request.args.get("q", "").strip()[:200]
    found = list_asked(
        db(), current_actor(), text="" if only else text, page=1 if only else asked_page(), only=only
    )
    answers, times = dict(answers or {}), dict(times or {})
    faulty = next(iter([*answers.values(), *times.values()]), None)
    for case in found.rows:
        for one in case.requests:
            form = answers.setdefault(
                one.id,
                AnswerForm(formdata=None, answer=one.answer.value if one.answer else None, said=one.said),
            )
            for each in (form.answer, form.said):
                each.id = f"{each.short_name}-{one.id}"
        for part, minutes in case.minutes.items():
            key = (case.inspection.id, part)
            hours = times.setdefault(
                key, TimeForm(formdata=None, hours=minutes / 60 if minutes is not None else None)
            )
            hours.hours.id = f"hours-{part.value}-{case.inspection.id}"
            hours.hours.label.text = _("%(part)s: hours, about", part=label(part))
            hours.hours.label.field_id = hours.hours.id
    return render_template(
        "provider/asked.html",
        found=found,
        search=AskedFilterForm(request.args),
        searched=bool(text),
        at=pages_of(1, 1) if only else pages_of(found.number, found.pages),
        back=_own_address() if only else None,
        kept=_kept(),
        answers=answers,
        times=times,
        faulty=faulty,
        given={case.inspection.id: find_given(db(), case.inspection) for case in found.rows},
    )

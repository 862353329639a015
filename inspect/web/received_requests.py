"""Requests for documents as the registrar meets them: entered, followed, and what left fetched to be sent."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness_words import AskKind
from ...models.vocabulary import MediaType
from ..errors import Invalid
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.openness import days_waited
from ..services.answer_disclosure import begin_disclosure
from ..services.list_diary import find_in_diary
from ..services.receive_request import list_received, read_received, who_leads
from .access import access
from .database import SAFE_METHODS, db, now, record_reading
from .disclosure_files import sent
from .forms.faults import put_at_field
from .forms.openness import BeginForm
from .pack_words import speak_of
from .session import current_actor

received_requests = Blueprint("received_requests", __name__, url_prefix="/diary/<dnr>/requests")

Page = str | Answer | tuple[str, int]


@received_requests.get("")
@access(Permission.RECEIVE_REQUESTS)
def requests(dnr: str) -> Page:
    inspection = _known(dnr)
    today = now().astimezone(SWEDEN).date()
    return _requests(inspection, BeginForm(formdata=None, came_on=today, kind=AskKind.PUBLIC.value))


@received_requests.post("")
@access(Permission.RECEIVE_REQUESTS)
def enter(dnr: str) -> Page:
    inspection, form = _known(dnr), BeginForm()
    if form.validate() and form.came_on.data:
        try:
            begin_disclosure(
                db(), actor=current_actor(), inspection=inspection, kind=AskKind(form.kind.data),
                came_on=form.came_on.data, asked=form.asked.data or "", reach=form.reach.data or "",
                now=now(),
            )  # fmt: skip
        except Invalid as fault:
            put_at_field(form, fault, "asked")
        else:
            flash(_("The request is entered, and those who work in the case are told."), "success")
            return redirect(url_for("received_requests.requests", dnr=dnr), 303)
    return _requests(inspection, form), 422


@received_requests.get("/<uuid:disclosure_id>/<which>.pdf")
@access(Permission.RECEIVE_REQUESTS)
def file(dnr: str, disclosure_id: UUID, which: str) -> Response:
    """The answer, or the decision, as it left."""
    inspection = _known(dnr)
    content = read_received(
        db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, which=which
    )
    return sent(inspection, disclosure_id, which, f"{which}.pdf", MediaType.PDF, content)


def _known(dnr: str) -> Inspection:
    """The case, as the register knows it; that somebody looked is logged."""
    inspection = find_in_diary(db(), current_actor(), dnr)
    speak_of(inspection.pack)
    if request.method in SAFE_METHODS:
        record_reading(
            EventKind.INSPECTION_READ,
            actor_id=current_actor().user_id,
            inspection_id=inspection.id,
            page=request.endpoint or "",
        )
    return inspection


def _requests(inspection: Inspection, form: BeginForm) -> str:
    today = now().astimezone(SWEDEN).date()
    found = list_received(db(), actor=current_actor(), inspection=inspection)
    return render_template(
        "openness/received.html",
        case=inspection,
        form=form,
        leads=who_leads(inspection),
        found=[(one, days_waited(one.came_on, today)) for one in found],
    )

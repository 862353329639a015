"""Requests for documents as the registrar meets them: entered, followed, and what left fetched to be sent."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness_words import AskKind
from ...models.vocabulary import MediaType
from ..errors import Invalid, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.openness import days_waited
from ..services.answer_disclosure import begin_disclosure, want_decision
from ..services.list_diary import find_in_diary
from ..services.receive_request import list_received, read_received, read_received_file, who_leads
from .access import access
from .database import SAFE_METHODS, db, now, record_reading
from .disclosure_files import sent
from .forms.faults import put_at_field
from .forms.openness import BeginForm, WantedForm
from .pack_words import speak_of
from .session import current_actor

received_requests = Blueprint("received_requests", __name__, url_prefix="/diary/<dnr>/requests")

Page = str | Answer | tuple[str, int]


@received_requests.get("")
@access(Permission.RECEIVE_REQUESTS)
def requests(dnr: str) -> Page:
    return _requests(_known(dnr), _blank())


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


@received_requests.get("/<uuid:disclosure_id>/sent/<uuid:text_id>/<int:n>/file")
@access(Permission.RECEIVE_REQUESTS)
def sent_file(dnr: str, disclosure_id: UUID, text_id: UUID, n: int) -> Response:
    """A file that left beside the answer, to be sent with it."""
    inspection = _known(dnr)
    name, file = read_received_file(
        db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id, n=n
    )
    return sent(inspection, disclosure_id, "sent", name, file.media_type, file.pieces[0])


@received_requests.post("/<uuid:disclosure_id>/wanted")
@access(Permission.RECEIVE_REQUESTS)
def want(dnr: str, disclosure_id: UUID) -> Page:
    """Note that whoever asked wants a decision on what was refused."""
    inspection, form = _known(dnr), WantedForm()
    if form.validate() and form.wanted_on.data:
        try:
            want_decision(
                db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
                wanted_on=form.wanted_on.data, now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "wanted_on")
        else:
            flash(_("Noted, and those who lead and decide in the case are told."), "success")
            return redirect(url_for("received_requests.requests", dnr=dnr), 303)
    return _requests(inspection, _blank(), {disclosure_id: form}), 422


def _blank() -> BeginForm:
    return BeginForm(formdata=None, came_on=_today(), kind=AskKind.PUBLIC.value)


def _today() -> date:
    return now().astimezone(SWEDEN).date()


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


def _requests(
    inspection: Inspection, form: BeginForm, typed: Mapping[UUID, WantedForm] = MappingProxyType({})
) -> str:
    """`typed`: by request, the day of a wanted decision that could not be noted."""
    today = _today()
    found = list_received(db(), actor=current_actor(), inspection=inspection)
    return render_template(
        "openness/received.html",
        case=inspection,
        form=form,
        leads=who_leads(inspection),
        found=[(one, days_waited(one.came_on, today)) for one in found],
        wanted={
            one.id: _by_itself(typed.get(one.id) or WantedForm(formdata=None, wanted_on=today), one.id)
            for one in found
            if one.can_want_decision or one.id in typed
        },
        refused=next(iter(typed.values()), None),
    )


def _by_itself(form: WantedForm, id: UUID) -> WantedForm:
    """One of several on its page: its field has an id of its own."""
    form.wanted_on.id = f"wanted-on-{id}"
    return form

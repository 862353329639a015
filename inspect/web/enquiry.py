"""Lines of enquiry: what is known before the visit side by side, and what the inspector looks into."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import EnquiryKind
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..services.choose_enquiry import choose_line, remove_line
from ..services.gather_enquiry import gather_enquiry
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices, member_or_none
from .forms.survey import OwnLineForm
from .language import say
from .session import current_actor

enquiry = Blueprint("enquiry", __name__, url_prefix="/inspections/<dnr>/lines-of-enquiry")

Page = str | Response | tuple[str, int]


@enquiry.get("")
@access(Permission.READ_INSPECTION)
def lines(dnr: str) -> Page:
    return _page(open_case(dnr), None)


@enquiry.post("/choose")
@access(Permission.LEAD_INSPECTION)
def choose(dnr: str) -> Response:
    """Follow one of the lines that were put forward."""
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    kind = member_or_none(EnquiryKind, request.form.get("kind"))
    if kind is not None and kind is not EnquiryKind.OWN:
        choose_line(
            db(), actor=current_actor(), inspection=inspection, kind=kind,
            area=request.form.get("area", ""), now=now(),
        )  # fmt: skip
        flash(_("Chosen. The area is one of the focus areas now."), "success")
    return _back(dnr)


@enquiry.post("/own")
@access(Permission.LEAD_INSPECTION)
def own(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = _own_form(inspection)
    if not form.validate_on_submit():
        return _page(inspection, form), 422
    try:
        choose_line(
            db(), actor=current_actor(), inspection=inspection, kind=EnquiryKind.OWN,
            area=form.area.data or "", text=form.text.data or "", now=now(),
        )  # fmt: skip
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "text")
        return _page(inspection, form), 422
    flash(_("Your line of enquiry is added. The area is one of the focus areas now."), "success")
    return _back(dnr)


@enquiry.post("/remove")
@access(Permission.LEAD_INSPECTION)
def remove(dnr: str) -> Response:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    line = request.form.get("line", "")
    if line:
        remove_line(db(), actor=current_actor(), inspection=inspection, line_id=_id(line), now=now())
        flash(_("Taken away. The focus areas are as they were; change them in the plan."), "success")
    return _back(dnr)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _back(dnr: str) -> Response:
    return redirect(url_for("enquiry.lines", dnr=dnr) + "#chosen", 303)


def _own_form(inspection: Inspection, **source: None) -> OwnLineForm:
    form = OwnLineForm(**source)
    form.area.choices = choices(
        ((area.id, say(area.name)) for area in load_pack(inspection.pack).areas), first=_("Choose an area")
    )
    return form


def _page(inspection: Inspection, form: OwnLineForm | None) -> str:
    found = gather_enquiry(db(), inspection, now=now())
    return case_page(
        "inspector/lines_of_enquiry.html",
        inspection,
        enquiry=found,
        chosen={(line.kind, line.area) for line in found.chosen},
        name_of=lambda area: say(load_pack(inspection.pack).area(area).name),
        form=form or _own_form(inspection, formdata=None),
    )

"""The list of inspections, and planning a new one."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.vocabulary import Role, State
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Permission, may
from ..services.list_inspections import search_inspections
from ..services.plan_inspection import active_users, plan_inspection
from ..services.register_provider import list_homes
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.planning import InspectionFilterForm, NewInspectionForm
from .language import say
from .paging import asked_page, pages_of
from .session import current_actor

planning = Blueprint("planning", __name__)

Page = str | Response | tuple[str, int]


@planning.get("/inspections")
@access(Permission.SEE_INSPECTIONS)
def inspections() -> str:
    form = InspectionFilterForm(request.args)
    form.state.choices = choices(
        [("all", _("All, also closed")), *((state.value, _(state.title)) for state in State)],
        first=_("All that are going on"),
    )
    found = search_inspections(
        db(),
        current_actor(),
        text=(form.q.data or "")[:200],
        state=form.state.data or "",
        page=asked_page(),
    )
    return render_template(
        "inspector/inspections.html",
        form=form,
        found=found,
        filtered=bool(form.q.data or form.state.data),
        at=pages_of(found.number, found.pages),
        may_plan=may(current_actor(), Permission.PLAN_INSPECTION),
    )


@planning.route("/plan-inspection", methods=["GET", "POST"])
@access(Permission.PLAN_INSPECTION)
def new() -> Page:
    form = _new_form()
    if not form.validate_on_submit():
        return _new_page(form), 422 if form.is_submitted() else 200
    try:
        inspection = plan_inspection(
            db(),
            actor=current_actor(),
            home_id=UUID(form.home.data),
            dnr=form.dnr.data or "",
            title=form.title.data or "",
            announced=form.announced.data == "yes",
            planned_on=form.planned_on.data,
            focus_areas=form.focus_areas.data or [],
            risk_note=form.risk_note.data or "",
            inspector_id=UUID(form.inspector.data) if form.inspector.data else None,
            now=now(),
        )
    except (Invalid, Conflict, NotFound) as fault:
        put_at_field(form, fault, "home")
        return _new_page(form), 422
    flash(_("The inspection is planned. Now declare conflict of interest."), "success")
    return redirect(url_for("cases.declare", dnr=inspection.dnr), 303)


def _new_page(form: NewInspectionForm) -> str:
    chooses = Role.SUPERVISOR in current_actor().roles
    return render_template("inspector/new_inspection.html", form=form, chooses_inspector=chooses)


def _new_form() -> NewInspectionForm:
    form = NewInspectionForm(home=request.args.get("home", ""))
    homes = list_homes(db())
    form.home.choices = choices(
        ((str(home.id), f"{home.name}, {home.municipality} ({home.provider.name})") for home in homes),
        first=_("Choose a home"),
    )
    form.focus_areas.choices = choices((area.id, say(area.name)) for area in load_pack("hvb").areas)
    if Role.SUPERVISOR in current_actor().roles:
        form.inspector.choices = choices(
            ((str(user.id), user.name) for user in active_users(db(), Role.INSPECTOR)),
            first=_("Choose an inspector"),
        )
    else:
        form.inspector.choices = choices((), first="")
    return form

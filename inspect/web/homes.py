"""One home: what the register says of it, its permits, and what has come in about it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.event_kinds import EventKind
from ...models.planning_words import PermitKind, SignalKind
from ...models.register import Home, Permit
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..services.choose_visits import look_at_homes
from ..services.list_inspections import inspections_of_homes
from ..services.register_history import history_of
from ..services.register_home import find_home
from ..services.register_permit import PermitValues, find_permit, permit_in_force, save_permit
from ..services.register_signal import (
    Opened,
    find_signal,
    register_signal,
    set_signal_aside,
    signals_of,
    speaks_still,
)
from .access import access
from .database import db, now, record_reading
from .forms.faults import put_at_field
from .forms.homes import PermitForm, SetSignalAsideForm, SignalForm
from .history_words import history_in_words
from .session import current_actor
from .visit_words import asking, today

homes = Blueprint("homes", __name__)

Page = str | Response | tuple[str, int]


@homes.get("/homes/<uuid:home_id>")
@access(Permission.SEE_REGISTER)
def home(home_id: UUID) -> str:
    shown, actor = find_home(db(), home_id), current_actor()
    may_plan, may_change = may(actor, Permission.PLAN_INSPECTION), may(actor, Permission.CHANGE_REGISTER)
    signals = signals_of(db(), shown) if may_change else ()
    return render_template(
        "register/home.html",
        home=shown,
        permit=permit_in_force(shown, today()),
        looked_at=look_at_homes(db(), asking(), [shown])[0] if may_plan else None,
        signals=[(signal, speaks_still(signal, shown)) for signal in signals],
        inspections=inspections_of_homes(db(), actor, [shown.id])[shown.id],
        history=history_in_words(history_of(db(), [shown.id, *(one.id for one in shown.permits)])),
        may_plan=may_plan,
        may_change=may_change,
    )


@homes.route("/homes/<uuid:home_id>/permits/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new_permit(home_id: UUID) -> Page:
    return _permit_form(find_home(db(), home_id), None)


@homes.route("/permits/<uuid:permit_id>/edit", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def edit_permit(permit_id: UUID) -> Page:
    permit = find_permit(db(), permit_id)
    return _permit_form(find_home(db(), permit.home_id), permit)


def _permit_form(home: Home, permit: Permit | None) -> Page:
    form = PermitForm(obj=permit)
    page = {"form": form, "home": home, "permit": permit}
    if not form.validate_on_submit():
        return render_template("register/permit_form.html", **page), 422 if form.is_submitted() else 200
    values = PermitValues(
        kind=PermitKind(form.kind.data),
        number=(form.number.data or "").strip(),
        from_on=form.from_on.data or today(),  # the form asks for a day
        to_on=form.to_on.data,
        places=form.places.data or 0,
        target_group=(form.target_group.data or "").strip(),
        youngest=form.youngest.data,
        oldest=form.oldest.data,
        terms=(form.terms.data or "").strip(),
    )
    try:
        save_permit(db(), actor=current_actor(), home=home, permit=permit, values=values, now=now())
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "from_on")
        return render_template("register/permit_form.html", **page), 422
    flash(_("The permit is saved."), "success")
    return redirect(url_for("homes.home", home_id=home.id), 303)


@homes.route("/homes/<uuid:home_id>/signals/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new_signal(home_id: UUID) -> Page:
    home = find_home(db(), home_id)
    form = SignalForm()
    if not form.validate_on_submit():
        page = render_template("register/signal_form.html", form=form, home=home)
        return page, 422 if form.is_submitted() else 200
    try:
        register_signal(
            db(),
            actor=current_actor(),
            home=home,
            kind=SignalKind(form.kind.data),
            came_on=form.came_on.data or today(),  # the form asks for a day
            subject=form.subject.data or "",
            text=form.text.data or "",
            dnr=form.dnr.data or "",
            now=now(),
        )
    except Invalid as fault:
        put_at_field(form, fault, "subject")
        return render_template("register/signal_form.html", form=form, home=home), 422
    flash(_("It is registered, and speaks for a visit until one has begun."), "success")
    return redirect(url_for("homes.home", home_id=home.id), 303)


@homes.get("/signals/<uuid:signal_id>")
@access(Permission.PLAN_INSPECTION)
def signal(signal_id: UUID) -> str:
    opened = find_signal(db(), signal_id)
    record_reading(
        EventKind.SIGNAL_READ,
        actor_id=current_actor().user_id,
        inspection_id=None,
        signal=str(signal_id),
        home=str(opened.signal.home_id),
    )
    return _signal_page(opened, SetSignalAsideForm())


@homes.post("/signals/<uuid:signal_id>/set-aside")
@access(Permission.PLAN_INSPECTION)
def set_aside(signal_id: UUID) -> Page:
    opened, form = find_signal(db(), signal_id), SetSignalAsideForm()
    if not form.validate_on_submit():
        return _signal_page(opened, form), 422
    try:
        set_signal_aside(
            db(), actor=current_actor(), signal=opened.signal, reason=form.reason.data or "", now=now()
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "reason")
        return _signal_page(opened, form), 422
    flash(_("It is set aside, and stays in the register with your reason."), "success")
    return redirect(url_for("homes.home", home_id=opened.signal.home_id), 303)


def _signal_page(opened: Opened, form: SetSignalAsideForm) -> str:
    home = find_home(db(), opened.signal.home_id)
    return render_template(
        "register/signal.html",
        opened=opened,
        home=home,
        form=form,
        speaks=speaks_still(opened.signal, home),
    )

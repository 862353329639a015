"""Municipalities and placing committees: where homes lie, and who is told of results (2013:176, 2 §)."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.register import Committee, Municipality
from ..errors import Conflict, Invalid
from ..rules.access import Permission, may
from ..services.register_history import history_of
from ..services.register_municipality import (
    BY_HOME,
    HOMES_SORTED,
    find_committee,
    find_municipality,
    homes_in,
    save_committee,
    save_municipality,
    search_municipalities,
)
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.municipalities import (
    CommitteeForm,
    HomesOfMunicipalityForm,
    MunicipalityForm,
    MunicipalitySearchForm,
)
from .history_words import history_in_words
from .paging import asked_order, asked_page, pages_of, sortable
from .session import current_actor

municipalities = Blueprint("municipalities", __name__, url_prefix="/municipalities")

Page = str | Response | tuple[str, int]


@municipalities.get("")
@access(Permission.SEE_REGISTER)
def all_() -> str:
    text = request.args.get("q", "")[:200]
    order = asked_order(("name", "code"), "name")
    found = search_municipalities(db(), text, order, asked_page())
    return render_template(
        "register/municipalities.html",
        found=found,
        text=text,
        form=MunicipalitySearchForm(request.args),
        columns=sortable(
            order,
            (_("Municipality"), "name"),
            (_("Code"), "code"),
            _("Region"),
            _("Placing committees"),
            _("Homes"),
        ),
        at=pages_of(found.number, found.pages),
        may_change=may(current_actor(), Permission.CHANGE_REGISTER),
    )


@municipalities.get("/<uuid:municipality_id>")
@access(Permission.SEE_REGISTER)
def municipality(municipality_id: UUID) -> str:
    shown = find_municipality(db(), municipality_id)
    text, order = request.args.get("q", "")[:200], asked_order(HOMES_SORTED, str(BY_HOME))
    homes = homes_in(db(), shown, asked_page(), text, order)
    about = [shown.id, *(committee.id for committee in shown.committees)]
    return render_template(
        "register/municipality.html",
        municipality=shown,
        homes=homes,
        form=HomesOfMunicipalityForm(request.args),
        text=text.strip(),
        columns=sortable(order, (_("Home"), "home"), _("Kind of activity"), (_("Provider"), "provider")),
        at=pages_of(homes.number, homes.pages),
        history=history_in_words(history_of(db(), about)),
        may_change=may(current_actor(), Permission.CHANGE_REGISTER),
    )


@municipalities.route("/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new() -> Page:
    return _municipality_form(None)


@municipalities.route("/<uuid:municipality_id>/edit", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def edit(municipality_id: UUID) -> Page:
    return _municipality_form(find_municipality(db(), municipality_id))


def _municipality_form(municipality: Municipality | None) -> Page:
    form = MunicipalityForm(obj=municipality)
    page = {"form": form, "municipality": municipality}
    if not form.validate_on_submit():
        return render_template("register/municipality_form.html", **page), 422 if form.is_submitted() else 200
    try:
        saved = save_municipality(
            db(),
            actor=current_actor(),
            municipality=municipality,
            name=form.name.data or "",
            code=form.code.data or "",
            region=form.region.data or "",
            address=form.address.data or "",
            email=form.email.data or "",
            now=now(),
        )
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "name")
        return render_template("register/municipality_form.html", **page), 422
    flash(_("The municipality is saved."), "success")
    return redirect(url_for("municipalities.municipality", municipality_id=saved.id), 303)


@municipalities.route("/<uuid:municipality_id>/committees/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new_committee(municipality_id: UUID) -> Page:
    return _committee_form(find_municipality(db(), municipality_id), None)


@municipalities.route("/committees/<uuid:committee_id>/edit", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def edit_committee(committee_id: UUID) -> Page:
    committee = find_committee(db(), committee_id)
    return _committee_form(committee.municipality, committee)


def _committee_form(municipality: Municipality, committee: Committee | None) -> Page:
    form = CommitteeForm(obj=committee)
    page = {"form": form, "municipality": municipality, "committee": committee}
    if not form.validate_on_submit():
        return render_template("register/committee_form.html", **page), 422 if form.is_submitted() else 200
    try:
        save_committee(
            db(),
            actor=current_actor(),
            municipality=municipality,
            committee=committee,
            name=form.name.data or "",
            address=form.address.data or "",
            email=form.email.data or "",
            now=now(),
        )
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "name")
        return render_template("register/committee_form.html", **page), 422
    flash(_("The committee is saved."), "success")
    return redirect(url_for("municipalities.municipality", municipality_id=municipality.id), 303)

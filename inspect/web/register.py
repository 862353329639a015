"""The register of providers and homes."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.register import Home, Provider
from ...models.vocabulary import HomeKind, ProviderKind
from ..errors import Conflict, Invalid
from ..rules.access import Permission, may
from ..services.list_inspections import inspections_of_homes
from ..services.register_provider import (
    PROVIDERS_PER_PAGE,
    change_home,
    change_provider,
    find_home,
    find_provider,
    register_home,
    register_provider,
    search_providers,
)
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.register import HomeForm, ProviderForm, ProviderSearchForm
from .paging import asked_page, pages_of
from .session import current_actor

register = Blueprint("register", __name__)

Page = str | Response | tuple[str, int]


@register.get("/providers")
@access(Permission.SEE_REGISTER)
def providers() -> str:
    text = request.args.get("q", "")[:200]
    number = asked_page()
    found, total = search_providers(db(), text, number)
    return render_template(
        "register/providers.html",
        found=found,
        total=total,
        text=text,
        form=ProviderSearchForm(request.args),
        at=pages_of(number, max(1, -(-total // PROVIDERS_PER_PAGE))),
        may_change=may(current_actor(), Permission.CHANGE_REGISTER),
    )


@register.get("/providers/<uuid:provider_id>")
@access(Permission.SEE_REGISTER)
def provider(provider_id: UUID) -> str:
    shown = find_provider(db(), provider_id)
    actor = current_actor()
    return render_template(
        "register/provider.html",
        provider=shown,
        inspections=inspections_of_homes(db(), actor, [home.id for home in shown.homes]),
        may_change=may(actor, Permission.CHANGE_REGISTER),
        may_plan=may(actor, Permission.PLAN_INSPECTION),
    )


@register.route("/providers/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new_provider() -> Page:
    return _provider_form(None)


@register.route("/providers/<uuid:provider_id>/edit", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def edit_provider(provider_id: UUID) -> Page:
    return _provider_form(find_provider(db(), provider_id))


def _provider_form(provider: Provider | None) -> Page:
    form = ProviderForm(obj=provider)
    if not form.validate_on_submit():
        return render_template("register/provider_form.html", form=form, provider=provider), (
            422 if form.is_submitted() else 200
        )
    values: dict[str, Any] = {
        "name": form.name.data or "",
        "number": form.organisation_number.data or "",
        "kind": ProviderKind(form.kind.data),
        "address": form.address.data or "",
    }
    try:
        if provider is None:
            saved = register_provider(db(), actor=current_actor(), now=now(), **values)
        else:
            saved = change_provider(db(), actor=current_actor(), provider=provider, now=now(), **values)
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "name")
        return render_template("register/provider_form.html", form=form, provider=provider), 422
    flash(_("The provider is saved."), "success")
    return redirect(url_for("register.provider", provider_id=saved.id), 303)


@register.route("/providers/<uuid:provider_id>/homes/new", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def new_home(provider_id: UUID) -> Page:
    return _home_form(find_provider(db(), provider_id), None)


@register.route("/homes/<uuid:home_id>/edit", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def edit_home(home_id: UUID) -> Page:
    home = find_home(db(), home_id)
    return _home_form(home.provider, home)


def _home_form(provider: Provider, home: Home | None) -> Page:
    form = HomeForm(obj=home)
    if not form.validate_on_submit():
        return render_template("register/home_form.html", form=form, provider=provider, home=home), (
            422 if form.is_submitted() else 200
        )
    values: dict[str, Any] = {
        "name": form.name.data or "",
        "kind": HomeKind(form.kind.data),
        "municipality": form.municipality.data or "",
        "places": form.places.data or 0,
        "target_group": form.target_group.data or "",
        "address": form.address.data or "",
    }
    try:
        if home is None:
            register_home(db(), actor=current_actor(), provider=provider, now=now(), **values)
        else:
            change_home(db(), actor=current_actor(), home=home, now=now(), **values)
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "name")
        return render_template("register/home_form.html", form=form, provider=provider, home=home), 422
    flash(_("The home is saved."), "success")
    return redirect(url_for("register.provider", provider_id=provider.id), 303)

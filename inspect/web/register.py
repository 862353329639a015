"""The register of providers and homes."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import activities
from ...models.register import Home, Provider
from ...models.vocabulary import ProviderKind
from ..errors import Conflict, Invalid
from ..rules.access import Permission, may
from ..services.list_inspections import inspections_of_homes
from ..services.register_history import history_of
from ..services.register_home import change_home, find_home, register_home
from ..services.register_provider import (
    change_provider,
    find_provider,
    register_provider,
)
from ..services.search_register import (
    BY_NAME,
    HOMES_OF_ONE,
    PROVIDERS,
    homes_of_provider,
    search_providers,
)
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.lists import HomesFilterForm
from .forms.register import HomeForm, ProviderForm, ProviderSearchForm
from .history_words import history_in_words
from .language import say
from .paging import asked_order, asked_page, asked_place, more_than, pages_of, sortable, turning
from .session import current_actor

register = Blueprint("register", __name__)

Page = str | Response | tuple[str, int]

HOMES_A_PAGE = 20
"""Of one provider, each with its inspections."""
MANY = 6
"""From more homes than these they can be searched."""


@register.get("/providers")
@access(Permission.SEE_REGISTER)
def providers() -> str:
    text, order = request.args.get("q", "")[:200], asked_order(PROVIDERS, str(BY_NAME))
    found = search_providers(db(), text, order=order, place=asked_place())
    return render_template(
        "register/providers.html",
        found=found,
        text=text,
        form=ProviderSearchForm(request.args),
        columns=sortable(
            order,
            (_("Provider"), "name"),
            (_("Organisation number"), "number"),
            _("Kind of provider"),
            _("Homes"),
        ),
        at=turning(found),
        more_than=more_than(found),
        may_change=may(current_actor(), Permission.CHANGE_REGISTER),
    )


@register.get("/providers/<uuid:provider_id>")
@access(Permission.SEE_REGISTER)
def provider(provider_id: UUID) -> str:
    shown = find_provider(db(), provider_id)
    actor, form = current_actor(), HomesFilterForm(request.args)
    text, order = (form.q.data or "")[:200], asked_order(HOMES_OF_ONE, str(BY_NAME))
    form.sort.data = str(order)
    found = homes_of_provider(db(), shown, text, order=order, page=asked_page(), per_page=HOMES_A_PAGE)
    return render_template(
        "register/provider.html",
        provider=shown,
        homes=found.rows,
        form=form,
        searched=bool(text.strip()),
        many=len(shown.homes) > MANY,
        at=pages_of(found.number, found.pages),
        inspections=inspections_of_homes(db(), actor, [home.id for home in found.rows]),
        history=history_in_words(history_of(db(), [shown.id])),
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
    form.kind.choices = choices((one.id, say(one.name)) for one in activities())
    if not form.validate_on_submit():
        return render_template("register/home_form.html", form=form, provider=provider, home=home), (
            422 if form.is_submitted() else 200
        )
    values: dict[str, Any] = {
        "name": form.name.data or "",
        "kind": form.kind.data or "",
        "municipality": form.municipality.data or "",
        "places": form.places.data or 0,
        "target_group": form.target_group.data or "",
        "address": form.address.data or "",
        "opened_on": form.opened_on.data,
        "closed_on": form.closed_on.data,
    }
    try:
        if home is None:
            home = register_home(db(), actor=current_actor(), provider=provider, now=now(), **values)
        else:
            change_home(db(), actor=current_actor(), home=home, now=now(), **values)
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "name")
        return render_template("register/home_form.html", form=form, provider=provider, home=home), 422
    flash(_("The home is saved."), "success")
    return redirect(url_for("homes.home", home_id=home.id), 303)

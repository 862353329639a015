"""Accounts: administrators add and close them, and see no case."""

from typing import TypeVar
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.register import Home, Provider
from ...models.vocabulary import Role
from ..errors import Conflict, Invalid
from ..rules.access import Permission
from ..services.manage_users import add_user, disable_user, list_users
from ..services.register_provider import list_homes, list_providers
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.people import UserForm
from .session import current_actor

people = Blueprint("people", __name__)

Page = str | Response | tuple[str, int]
Row = TypeVar("Row", Provider, Home)


@people.get("/accounts")
@access(Permission.MANAGE_USERS)
def users() -> str:
    return render_template("administrator/users.html", users=list_users(db()), me=current_actor().user_id)


@people.route("/accounts/new", methods=["GET", "POST"])
@access(Permission.MANAGE_USERS)
def add() -> Page:
    form = UserForm()
    form.provider.choices = choices(((str(p.id), p.name) for p in list_providers(db())), first=_("None"))
    form.home.choices = choices(
        ((str(home.id), f"{home.name} ({home.provider.name})") for home in list_homes(db())), first=_("None")
    )
    if not form.validate_on_submit():
        return render_template("administrator/add_user.html", form=form), 422 if form.is_submitted() else 200
    roles = [Role(value) for value in form.roles.data or []]
    try:
        added = add_user(
            db(),
            actor=current_actor(),
            email=form.email.data or "",
            name=form.name.data or "",
            password=form.password.data or "",
            roles=roles,
            now=now(),
            provider=_chosen(Provider, form.provider.data if Role.PROVIDER in roles else ""),
            home=_chosen(Home, form.home.data if Role.HOME_MANAGER in roles else ""),
        )
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "email")
        return render_template("administrator/add_user.html", form=form), 422
    flash(_("The account of %(name)s is open. Give them the password in person.", name=added.name), "success")
    return redirect(url_for("people.users"), 303)


def _chosen(kind: type[Row], text: str | None) -> Row | None:
    return db().get(kind, UUID(text)) if text else None


@people.post("/accounts/<uuid:user_id>/disable")
@access(Permission.MANAGE_USERS)
def disable(user_id: UUID) -> Response:
    closed = disable_user(db(), actor=current_actor(), user_id=user_id, now=now())
    flash(_("The account of %(name)s is closed, and signed out everywhere.", name=closed.name), "success")
    return redirect(url_for("people.users"), 303)

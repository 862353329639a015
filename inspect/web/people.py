"""Accounts: administrators add and close them, and see no case."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.vocabulary import Role
from ..errors import Conflict, Invalid
from ..rules.access import Permission
from ..rules.recovery import WayBack
from ..services.give_roles import waiting_roles_of
from ..services.manage_users import (
    BY_NAME,
    OUTSIDE,
    SORTED,
    add_user,
    disable_user,
    search_users,
    whose_account,
)
from ..services.recover_account import way_back_here
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .forms.people import AccountSearchForm, RolesForm, UserForm
from .paging import asked_order, asked_page, pages_of, sortable
from .session import current_actor

people = Blueprint("people", __name__)

Page = str | Response | tuple[str, int]


@people.get("/accounts")
@access(Permission.MANAGE_USERS)
def users() -> str:
    return _list(AccountSearchForm(formdata=None))


@people.post("/accounts/search")
@access(Permission.MANAGE_USERS)
def search() -> str:
    """Sent as a form: a name does not stand in an address, which browsers and servers keep."""
    return _list(AccountSearchForm())


def _list(form: AccountSearchForm) -> str:
    order = asked_order(SORTED, str(BY_NAME))
    searched = (form.q.data or "")[:200]
    found = search_users(
        db(),
        text=searched,
        role=member_or_none(Role, request.args.get("role")),
        order=order,
        page=asked_page(),
    )
    return render_template(
        "administrator/users.html",
        form=form,
        roles=RolesForm(request.args),
        found=found,
        searched=searched,
        columns=[_("Name"), _("E-mail address"), _("Roles"), _("Account")]
        if searched
        else sortable(
            order, (_("Name"), "name"), (_("E-mail address"), "email"), _("Roles"), (_("Account"), "since")
        ),
        at=pages_of(found.number, 1 if searched else found.pages),
        me=current_actor().user_id,
        waiting=waiting_roles_of(db(), [one.id for one in found.rows]),
        lacking=_lacking(),
    )


def _lacking() -> str:
    """What to do where two people are not enough to let somebody in again, or to confirm a role."""
    found = way_back_here(db())
    if found is WayBack.FOR_NOBODY:
        return _(
            "Nobody here who loses their password or codes can be let in again, and no role can be confirmed:"
            " it takes two people, an administrator and another administrator or a supervisor. Whoever runs"
            " the service adds one by a command: tillsyn user add."
        )
    if found is WayBack.NOT_FOR_THOSE_WHO_OPEN_IT:
        return _(
            "An administrator or supervisor who loses their password or codes cannot be let in again: two"
            " others must do it, one of them an administrator. Open an account for one more administrator."
        )
    return ""


@people.route("/accounts/new", methods=["GET", "POST"])
@access(Permission.MANAGE_USERS)
def add() -> Page:
    form = UserForm()
    if not form.validate_on_submit():
        return render_template("administrator/add_user.html", form=form), 422 if form.is_submitted() else 200
    roles = [Role(value) for value in form.roles.data or []]
    try:
        provider, home = whose_account(
            db(),
            form.provider.data or "" if OUTSIDE & set(roles) else "",
            form.home.data or "" if Role.HOME_MANAGER in roles else "",
        )
        added = add_user(
            db(),
            actor=current_actor(),
            email=form.email.data or "",
            name=form.name.data or "",
            password=form.password.data or "",
            roles=roles,
            now=now(),
            provider=provider if Role.PROVIDER in roles else None,
            home=home,
        )
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "email")
        return render_template("administrator/add_user.html", form=form), 422
    flash(_("The account of %(name)s is open. Give them the password in person.", name=added.name), "success")
    if waiting_roles_of(db(), [added.id]):
        flash(
            _("Another administrator or a supervisor confirms the role. Until then it opens nothing."), "info"
        )
    return redirect(url_for("people.users"), 303)


@people.post("/accounts/<uuid:user_id>/disable")
@access(Permission.MANAGE_USERS)
def disable(user_id: UUID) -> Response:
    closed = disable_user(db(), actor=current_actor(), user_id=user_id, now=now())
    flash(_("The account of %(name)s is closed, and signed out everywhere.", name=closed.name), "success")
    return redirect(url_for("people.users"), 303)

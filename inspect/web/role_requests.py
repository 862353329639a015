"""Roles that one person has given and that wait for another: seen, confirmed and stopped."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..errors import NotPossibleNow
from ..rules.access import Permission, may
from ..rules.given_by_two import can_be_confirmed
from ..services.give_roles import confirm_role, list_waiting_roles, stop_role
from ..services.whom_to_tell import confirming_roles
from .access import access
from .database import db, now
from .fresh_sign_in import fresh_sign_in
from .language import label, message
from .session import current_actor

role_requests = Blueprint("role_requests", __name__, url_prefix="/accounts/roles")


@role_requests.get("")
@access(Permission.CONFIRM_ROLES)
def waiting() -> str:
    me, confirming = current_actor().user_id, confirming_roles(db())
    return render_template(
        "administrator/roles.html",
        waiting=[
            (one, user, by, me not in (one.asked_by_id, one.user_id),
             can_be_confirmed(one.asked_by_id, confirming, one.user_id))
            for one, user, by in list_waiting_roles(db())
        ],
        manages=may(current_actor(), Permission.MANAGE_USERS),
    )  # fmt: skip


@role_requests.post("/<uuid:role_request_id>/confirm")
@access(Permission.CONFIRM_ROLES)
@fresh_sign_in
def confirm(role_request_id: UUID) -> Response:
    try:
        user, role = confirm_role(db(), actor=current_actor(), request_id=role_request_id, now=now())
    except NotPossibleNow as fault:
        flash(message(fault), "error")
    else:
        said = _("%(name)s now has the role %(role)s, from the next sign-in on.")
        flash(said % {"name": user.name, "role": label(role).lower()}, "success")
    return redirect(url_for("role_requests.waiting"), 303)


@role_requests.post("/<uuid:role_request_id>/stop")
@access(Permission.CONFIRM_ROLES)
def stop(role_request_id: UUID) -> Response:
    stop_role(db(), actor=current_actor(), request_id=role_request_id, now=now())
    flash(_("It is stopped. The account does not get the role."), "success")
    return redirect(url_for("role_requests.waiting"), 303)

"""What an administrator does about another's ways in: sign them out, and open the way back (with another)."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..rules.invitation_codes import shown_code
from ..services.own_sessions import end_sessions_of, list_sessions
from ..services.recover_account import (
    RecoveryRefused,
    begin_recovery,
    confirm_recovery,
    list_waiting,
    use_recovery,
    waiting_recovery,
    withdraw_recovery,
)
from ..services.second_factor import needs_code
from ..services.sign_in import SignInThrottled
from ..services.sign_in_with_identity import close_to_identity, link_of, open_to_identity
from .access import access
from .database import db, finish, now
from .forms.account import RecoveryForm
from .forms.faults import put_at_field
from .fresh_sign_in import fresh_sign_in
from .identity import our_provider
from .language import message
from .session import current_actor, open_session, settings

account_ways = Blueprint("account_ways", __name__)

Page = str | Response | tuple[str, int]


@account_ways.get("/accounts/<uuid:user_id>")
@access(Permission.MANAGE_USERS)
def of_account(user_id: UUID) -> str:
    user = db().get(User, user_id)
    if user is None:
        raise NotFound(N_("There is no such account."))
    limits, provider = settings(), settings().sign_in.provider
    alive = list_sessions(
        db(), user_id=user_id, idle=limits.session_idle, absolute=limits.session_absolute, now=now()
    )
    return render_template(
        "administrator/user.html",
        user=user,
        mine=user_id == current_actor().user_id,
        sessions=len(alive),
        has_code=needs_code(db(), user_id),
        link=link_of(db(), user_id, provider.issuer) if provider else None,
        provider=provider,
        waiting=waiting_recovery(db(), user_id, now()),
    )


@account_ways.post("/accounts/<uuid:user_id>/sign-out")
@access(Permission.MANAGE_USERS)
def sign_out(user_id: UUID) -> Response:
    user = end_sessions_of(db(), actor=current_actor(), user_id=user_id, now=now())
    flash(_("%(name)s is signed out everywhere.", name=user.name), "success")
    return redirect(url_for("account_ways.of_account", user_id=user_id), 303)


@account_ways.post("/accounts/<uuid:user_id>/identity")
@access(Permission.MANAGE_USERS)
@fresh_sign_in
def tie(user_id: UUID) -> Response:
    """The account may be opened through the authority's own sign-in; an empty field closes it."""
    issuer, claim = our_provider().issuer, request.form.get("claim", "")
    try:
        if claim.strip():
            open_to_identity(
                db(), actor=current_actor(), user_id=user_id, issuer=issuer, claim=claim, now=now()
            )
            flash(_("The next sign-in from there ties the account to the person."), "success")
        else:
            close_to_identity(db(), actor=current_actor(), user_id=user_id, issuer=issuer, now=now())
            flash(_("The authority’s own sign-in no longer opens the account."), "success")
    except (Invalid, Conflict) as fault:
        flash(message(fault), "error")
    return redirect(url_for("account_ways.of_account", user_id=user_id), 303)


@account_ways.post("/accounts/<uuid:user_id>/recovery")
@access(Permission.MANAGE_USERS)
@fresh_sign_in
def begin(user_id: UUID) -> Page:
    """The first half of the code is the answer itself, once."""
    try:
        made, half = begin_recovery(
            db(), actor=current_actor(), user_id=user_id, secret_key=settings().secret_key, now=now()
        )
    except (Invalid, NotPossibleNow) as fault:
        flash(message(fault), "error")
        return redirect(url_for("account_ways.of_account", user_id=user_id), 303)
    user = db().get_one(User, made.user_id)
    return render_template("administrator/half_code.html", user=user, half=shown_code(half), first=True)


@account_ways.get("/recoveries")
@access(Permission.CONFIRM_RECOVERY)
def waiting() -> str:
    me = current_actor().user_id
    return render_template(
        "administrator/recoveries.html",
        waiting=[
            (one, user, by, me not in (one.begun_by_id, one.user_id))
            for one, user, by in list_waiting(db(), now())
        ],
    )


@account_ways.post("/recoveries/<uuid:recovery_id>/confirm")
@access(Permission.CONFIRM_RECOVERY)
@fresh_sign_in
def confirm(recovery_id: UUID) -> str:
    """The second half of the code is the answer itself, once."""
    found, half = confirm_recovery(
        db(), actor=current_actor(), recovery_id=recovery_id, secret_key=settings().secret_key, now=now()
    )
    user = db().get_one(User, found.user_id)
    return render_template("administrator/half_code.html", user=user, half=shown_code(half), first=False)


@account_ways.post("/recoveries/<uuid:recovery_id>/stop")
@access(Permission.CONFIRM_RECOVERY)
def stop(recovery_id: UUID) -> Response:
    withdraw_recovery(db(), actor=current_actor(), recovery_id=recovery_id, now=now())
    flash(_("It is stopped. The account is as it was."), "success")
    return redirect(url_for("account_ways.waiting"), 303)


@account_ways.route("/sign-in/recover", methods=["GET", "POST"])
@access(Permission.SIGN_IN)
def recover() -> Page:
    """The person opens their account again with both halves of the code."""
    form = RecoveryForm()
    if not form.validate_on_submit():
        return render_template("account/recover.html", form=form), 422 if form.is_submitted() else 200
    try:
        user = use_recovery(
            db(), email=form.email.data or "", code=form.code.data or "", password=form.password.data or "",
            origin=request.remote_addr or "", secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (RecoveryRefused, SignInThrottled) as fault:
        finish()  # the failed attempt is to be remembered
        put_at_field(form, fault, "code")
        return render_template("account/recover.html", form=form), 422
    except Invalid as fault:
        put_at_field(form, fault, "password")
        return render_template("account/recover.html", form=form), 422
    open_session(user)
    g.user = user
    flash(
        _("Your account is open again. Add codes or a passkey now: the old ones no longer work."), "success"
    )
    return redirect(url_for("own_ways.second_factor"), 303)

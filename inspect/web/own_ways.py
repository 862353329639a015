"""One's own second factor, codes on paper, and the places where one is signed in."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...models.sign_in import Authenticator, WayIn
from ..errors import NotPossibleNow
from ..outside.one_time_codes import address_of_secret, picture_of
from ..rules.access import Permission
from ..rules.invitation_codes import shown_code
from ..services.own_sessions import end_other_sessions, end_session
from ..services.second_factor import (
    authenticator_of,
    begin_authenticator,
    confirm_authenticator,
    make_recovery_codes,
    needs_code,
    remove_authenticator,
)
from ..services.sign_in import SignInRefused, SignInThrottled
from .access import access
from .database import db, finish, now
from .forms.account import ConfirmCodeForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .session import current_actor, demands_second_factor, own_session, prove_session, settings

own_ways = Blueprint("own_ways", __name__, url_prefix="/account")

Page = str | Response | tuple[str, int]


@own_ways.get("/second-factor")
@access(Permission.HAVE_AN_ACCOUNT)
def second_factor() -> str:
    return _page(None)


@own_ways.post("/second-factor")
@access(Permission.HAVE_AN_ACCOUNT)
@fresh_sign_in
def begin() -> Page:
    """A new secret, as a picture and in words. It counts when the program has shown a code of it."""
    try:
        return _page(begin_authenticator(db(), actor=current_actor(), now=now()))
    except NotPossibleNow as fault:
        flash(message(fault), "error")
        return redirect(url_for("own_account.mine"), 303)


@own_ways.post("/second-factor/confirm")
@access(Permission.HAVE_AN_ACCOUNT)
def confirm() -> Page:
    form = ConfirmCodeForm()
    if not form.validate():
        return _page(authenticator_of(db(), current_actor().user_id), form), 422
    try:
        codes = confirm_authenticator(
            db(), actor=current_actor(), typed=form.code.data or "", origin=request.remote_addr or "",
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except NotPossibleNow as fault:
        if not isinstance(fault, SignInThrottled):
            flash(message(fault), "error")
            return redirect(url_for("own_ways.second_factor"), 303)
        form.code.errors = [message(fault)]
    except SignInRefused as fault:
        finish()  # the failed attempt is to be remembered
        form.code.errors = [message(fault)]
    else:
        prove_session(WayIn.CODE)
        return _codes_page(codes)
    return _page(authenticator_of(db(), current_actor().user_id), form), 422


@own_ways.post("/second-factor/remove")
@access(Permission.HAVE_AN_ACCOUNT)
@fresh_sign_in
def remove() -> Response:
    try:
        remove_authenticator(db(), actor=current_actor(), required=demands_second_factor(g.user), now=now())
    except NotPossibleNow as fault:
        flash(message(fault), "error")
    else:
        flash(_("The program for codes no longer counts. Your password alone lets you in."), "success")
    return redirect(url_for("own_account.mine"), 303)


@own_ways.post("/recovery-codes")
@access(Permission.HAVE_AN_ACCOUNT)
@fresh_sign_in
def recovery_codes() -> Page:
    if not needs_code(db(), current_actor().user_id):
        flash(_("You have no program for codes."), "error")
        return redirect(url_for("own_account.mine"), 303)
    codes = make_recovery_codes(db(), actor=current_actor(), secret_key=settings().secret_key, now=now())
    return _codes_page(codes)


@own_ways.post("/sign-ins/<uuid:session_id>/end")
@access(Permission.HAVE_AN_ACCOUNT)
def end_one(session_id: UUID) -> Response:
    end_session(db(), actor=current_actor(), session_id=session_id, now=now())
    flash(_("Signed out there."), "success")
    return redirect(url_for("own_account.mine", _anchor="sign-ins"), 303)


@own_ways.post("/sign-ins/end-others")
@access(Permission.HAVE_AN_ACCOUNT)
def end_others() -> Response:
    number = end_other_sessions(db(), actor=current_actor(), keep=own_session(), now=now())
    flash(
        ngettext("Signed out in %(num)s other place.", "Signed out in %(num)s other places.", number),
        "success",
    )
    return redirect(url_for("own_account.mine", _anchor="sign-ins"), 303)


def _page(begun: Authenticator | None, form: ConfirmCodeForm | None = None) -> str:
    secret = begun.secret if begun is not None and begun.confirmed_at is None else ""
    address = address_of_secret(secret, g.user.email, settings().authority.name) if secret else ""
    return render_template(
        "account/second_factor.html",
        form=form or ConfirmCodeForm(formdata=None),
        picture=Markup(picture_of(address)) if address else "",  # noqa: S704 - drawn from our own address
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        demanded=demands_second_factor(g.user),
        lacking=g.lacks_second_factor,
        confirmed=begun is None and needs_code(db(), g.user.id),
    )


def _codes_page(codes: list[str]) -> str:
    return render_template(
        "account/recovery_codes.html", codes=[shown_code(one) for one in codes], email=g.user.email
    )

"""One's own account: passkeys and password; and signing in with a passkey."""

from secrets import token_bytes
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from ...models.sign_in import WayIn
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotPossibleNow
from ..outside.passkeys import (
    Owner,
    PasskeyRefused,
    Site,
    check_new,
    creation_options,
    request_options,
)
from ..rules.access import Permission, may
from ..services.change_password import WrongPassword
from ..services.change_password import change_password as change_password_service
from ..services.keep_passkey import ask_challenge, keep_passkey, list_passkeys, take_challenge
from ..services.keep_passkey import remove_passkey as remove_passkey_service
from ..services.own_sessions import list_sessions
from ..services.second_factor import codes_left, needs_code
from ..services.sign_in import SignInRefused, SignInThrottled
from ..services.sign_in_with_passkey import sign_in_with_passkey
from .access import access, safe_next
from .database import db, finish, now
from .forms.account import SignInForm
from .forms.faults import put_at_field
from .forms.portal import PasskeyForm, PasswordForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .passkey_site import our_site
from .session import current_actor, open_session, own_session, prove_session, settings

own_account = Blueprint("own_account", __name__)

Page = str | Response | tuple[str, int]


def _site() -> Site:
    found = our_site()
    if found is None:
        raise NotPossibleNow(N_("Passkeys cannot be used at this address."))
    return found


@own_account.app_template_global()
def has_passkeys() -> bool:
    """Whether passkeys can be used at the address of this site."""
    return our_site() is not None


@own_account.get("/account")
@access(Permission.HAVE_AN_ACCOUNT)
def mine() -> str:
    return _page()


@own_account.post("/account/password")
@access(Permission.HAVE_AN_ACCOUNT)
def change_password() -> Page:
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    try:
        change_password_service(
            db(), actor=current_actor(), old=form.old.data or "", new=form.new.data or "",
            keep_session=own_session(), origin=request.remote_addr or "",
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except WrongPassword as fault:
        finish()  # the failed attempt is to be remembered
        put_at_field(form, fault, "old")
        return _page(form), 422
    except (Invalid, SignInThrottled) as fault:
        put_at_field(form, fault, "new")
        return _page(form), 422
    flash(_("Your new password holds from now on. You are signed out everywhere else."), "success")
    return redirect(url_for("own_account.mine"), 303)


@own_account.post("/account/passkeys/options")
@access(Permission.HAVE_AN_ACCOUNT)
def new_passkey_options() -> Response:
    """What the browser is to make, for whoever is signed in."""
    asked, user = ask_challenge(db(), now=now()), g.user
    known = tuple(one.credential_id for one in list_passkeys(db(), user.id))
    owner = Owner(user.id.bytes, user.email, user.name)
    return jsonify(challenge=str(asked.id), options=creation_options(_site(), asked.challenge, owner, known))


@own_account.post("/invitation/passkey/options")
@access(Permission.ACCEPT_INVITATION)
def first_passkey_options() -> Response:
    """What the browser is to make, for whoever has a code; the code itself is asked with the answer."""
    if not request.is_json:
        raise BadRequest
    said = request.get_json(silent=True)
    email = str(said.get("email", ""))[:254] if isinstance(said, dict) else ""
    asked = ask_challenge(db(), now=now())
    owner = Owner(token_bytes(16), email, email)
    return jsonify(challenge=str(asked.id), options=creation_options(_site(), asked.challenge, owner))


@own_account.post("/account/passkeys")
@access(Permission.HAVE_AN_ACCOUNT)
@fresh_sign_in
def add_passkey() -> Page:
    form = PasskeyForm()
    try:
        if not form.validate():
            raise PasskeyRefused("form")
        challenge = take_challenge(db(), challenge_id=form.challenge.data or "", now=now())
        made = check_new(_site(), challenge, form.passkey.data or "")
        keep_passkey(db(), actor=current_actor(), passkey=made, name=form.name.data or "", now=now())
    except PasskeyRefused:
        flash(_("The passkey could not be made. Try again, or use your password."), "error")
    except (Invalid, Conflict, NotPossibleNow) as fault:
        flash(message(fault), "error")
    else:
        prove_session(WayIn.PASSKEY)
        flash(_("The passkey is added. Next time you can sign in with it."), "success")
    return redirect(url_for("own_account.mine"), 303)


@own_account.post("/account/passkeys/<uuid:passkey_id>/remove")
@access(Permission.HAVE_AN_ACCOUNT)
@fresh_sign_in
def remove_passkey(passkey_id: UUID) -> Response:
    try:
        remove_passkey_service(db(), actor=current_actor(), passkey_id=passkey_id, now=now())
    except NotPossibleNow as fault:
        flash(message(fault), "error")
    else:
        flash(_("The passkey no longer works here. Take it away on your device too."), "success")
    return redirect(url_for("own_account.mine"), 303)


@own_account.post("/sign-in/passkey/options")
@access(Permission.SIGN_IN)
def sign_in_options() -> Response:
    """What the browser is to sign. No form token: it reads nothing and changes nothing of anybody's."""
    asked = ask_challenge(db(), now=now())
    return jsonify(challenge=str(asked.id), options=request_options(_site(), asked.challenge))


@own_account.post("/sign-in/passkey")
@access(Permission.SIGN_IN)
def sign_in() -> Page:
    site = _site()
    try:
        user = sign_in_with_passkey(
            db(), site=site, challenge_id=request.form.get("challenge", ""),
            answer=request.form.get("passkey", "")[:20_000], origin=request.remote_addr or "",
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (SignInRefused, SignInThrottled) as fault:
        finish()  # the failed attempt is to be remembered
        form = SignInForm(formdata=None, next=request.form.get("next", ""))
        form.password.errors = [message(fault)]
        return render_template("account/sign_in.html", form=form, again=False), 422
    open_session(user, WayIn.PASSKEY)
    g.user = user
    return redirect(safe_next(request.form.get("next")), 303)


def _page(form: PasswordForm | None = None) -> str:
    form = form or PasswordForm(formdata=None)
    form.old.flags.asked = True
    return render_template(
        "account/mine.html",
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        passkeys=list_passkeys(db(), current_actor().user_id),
        has_password=bool(g.user.password_hash),
        has_code=needs_code(db(), g.user.id),
        codes_left=codes_left(db(), g.user.id),
        sessions=list_sessions(
            db(),
            user_id=g.user.id,
            idle=settings().session_idle,
            absolute=settings().session_absolute,
            now=now(),
        ),
        own=own_session(),
        confirms=may(current_actor(), Permission.CONFIRM_RECOVERY),
    )

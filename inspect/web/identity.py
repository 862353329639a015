"""Signing in through the authority's own sign-in (OpenID Connect), and proving oneself there anew.

The person is led there by a link and comes back by one, so both are GET: what the answer changes is written
in a transaction of its own. What was asked is kept in the browser's signed cookie, and taken out before use.
"""

from dataclasses import asdict

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ...models.sign_in import WayIn
from ...models.vocabulary import N_
from ..errors import NotFound
from ..outside.identity_provider import WHY, Asked, IdentityProvider, IdentityRefused, begin, finish, leaving
from ..rules.access import Permission
from ..services.sign_in_with_identity import note_refused, sign_in_with_identity
from .access import access, safe_next
from .database import now, writing
from .forms.account import SignInForm
from .language import translate
from .session import open_session, prove_session, settings

identity = Blueprint("identity", __name__, url_prefix="/sign-in/identity")

Page = str | Response | tuple[str, int]
KEPT = "identity"


def our_provider() -> IdentityProvider:
    found = settings().sign_in.provider
    if found is None:
        raise NotFound(N_("There is no such page, or it is not for you."))
    return found


@identity.app_template_global()
def identity_provider() -> IdentityProvider | None:
    """The authority's own sign-in, where there is one."""
    return settings().sign_in.provider


@identity.get("")
@access(Permission.SIGN_IN)
def lead() -> Page:
    provider, anew = our_provider(), "anew" in request.args and g.user is not None
    try:
        address, asked = begin(provider, _back(), anew=anew)
    except IdentityRefused as fault:
        return _refused(fault, None)
    session[KEPT] = asdict(asked) | {"next": request.args.get("next", ""), "anew": anew}
    return redirect(address)


@identity.get("/answer")
@access(Permission.SIGN_IN)
def answer() -> Page:
    provider, kept = our_provider(), session.pop(KEPT, None)
    asked = Asked(kept["state"], kept["nonce"], kept["verifier"]) if kept else None
    anew = bool(kept and kept["anew"])
    again = g.user.id if anew and g.user is not None else None
    if anew and again is None:
        return _refused(IdentityRefused("state"), asked)
    try:
        seconds = int(now().timestamp())
        told = finish(provider, _back(), asked, request.args, now=seconds, anew=anew)
        with writing() as own:
            user = sign_in_with_identity(own, issuer=provider.issuer, told=told, again=again, now=now())
            if again is None:
                open_session(user, WayIn.PROVIDER, own)
            else:
                prove_session(WayIn.PROVIDER, own)
    except IdentityRefused as fault:
        return _refused(fault, asked)
    if again is not None:
        return render_template("account/fresh_done.html")
    return redirect(safe_next(kept["next"] if kept else ""))


@identity.get("/leave")
@access(Permission.SIGN_IN)
def leave() -> Response:
    """Sign out of the authority's sign-in too, after having signed out here."""
    here = settings().base_url + url_for("account.sign_in")
    return redirect(leaving(our_provider(), here) or here)


def _back() -> str:
    return settings().base_url + url_for("identity.answer")


def _refused(fault: IdentityRefused, asked: Asked | None) -> tuple[str, int]:
    """Why nobody was signed in. What nobody here had asked for is not noted: anybody can send it."""
    if asked is not None:
        with writing() as own:
            note_refused(own, why=fault.why, now=now())
    form = SignInForm(formdata=None)
    form.form_errors = [translate(WHY[fault.why])]
    return render_template("account/sign_in.html", form=form, again=False), 422

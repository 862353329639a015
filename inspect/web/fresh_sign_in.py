"""Steps that bind or let out ask for a fresh sign-in: `@fresh_sign_in` below `@access` (docs/sign-in.md).

Whoever has proved who they are within the last ten minutes goes on unasked. Others get a page that asks,
which is sent to the same address with all that was filled in: the proof is checked, and the step is taken.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..errors import TillsynError
from ..rules.access import Permission
from ..rules.fresh_sign_in import is_fresh
from ..services.keep_passkey import list_passkeys
from ..services.prove_again import prove_with_passkey, prove_with_password
from ..services.second_factor import needs_code
from ..services.sign_in import SignInRefused, SignInThrottled
from ..services.sign_in_with_identity import link_of
from .access import access, safe_next
from .database import SAFE_METHODS, db, finish, now, renew
from .forms.account import ProofForm
from .held_input import NEVER_KEPT, PROOF
from .language import message
from .passkey_site import our_site
from .session import load_actor, prove_session, settings

View = Callable[..., Any]
Page = str | Response | tuple[str | Response, int]

fresh = Blueprint("fresh", __name__)


def fresh_sign_in(view: View) -> View:
    """Whoever has proved who they are within the last ten minutes enters the view; others are asked."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        asked = ask_unless_fresh()
        return view(*args, **values) if asked is None else asked

    return guarded


def ask_unless_fresh() -> Page | None:
    """None when the sign-in is fresh, or has been made fresh by this request; else the page that asks."""
    if g.proved_at is not None and is_fresh(g.proved_at, now()):
        return None
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return jsonify(error="proof_needed"), 401
    if request.method in SAFE_METHODS:
        form = ProofForm(formdata=None)
        return _page(form, url_for("fresh.prove"), (("next", request.full_path.rstrip("?")),)), 401
    form = ProofForm()
    if PROOF & request.form.keys() and _is_proved(form):
        return None
    return _page(form, request.full_path.rstrip("?"), _kept()), 401


@fresh.post("/sign-in/prove")
@access(Permission.HAVE_AN_ACCOUNT)
def prove() -> Page:
    """The answer where a page is to be read: it has no form of its own to go on with."""
    form, onward = ProofForm(), request.form.get("next", "")
    if not _is_proved(form):
        return _page(form, url_for("fresh.prove"), (("next", onward),)), 422
    return redirect(safe_next(onward), 303)


def _is_proved(form: ProofForm) -> bool:
    """Check what was given, and keep it whatever the view does afterwards: a failure too."""
    user, origin, secret_key, site = g.user, request.remote_addr or "", settings().secret_key, our_site()
    try:
        if form.fresh_passkey.data and site is not None:
            way = prove_with_passkey(
                db(), user=user, site=site, challenge_id=form.fresh_challenge.data or "",
                answer=form.fresh_passkey.data[:20_000], origin=origin, secret_key=secret_key, now=now(),
            )  # fmt: skip
        else:
            way = prove_with_password(
                db(), user=user, password=(form.fresh_password.data or "")[:200],
                code=form.fresh_code.data or "", origin=origin, secret_key=secret_key, now=now(),
            )  # fmt: skip
    except (SignInRefused, SignInThrottled) as fault:
        _put(form, fault)
        finish()  # the failed attempt is to be remembered
        return False
    prove_session(way)
    renew()
    load_actor()
    return True


def _put(form: ProofForm, fault: TillsynError) -> None:
    place = form.fresh_code if fault.values.get("field") == "code" else form.fresh_password
    place.errors = [message(fault)]


def _kept() -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in request.form.items(multi=True) if name not in NEVER_KEPT)


def _page(form: ProofForm, action: str, kept: tuple[tuple[str, str], ...]) -> str:
    form.fresh_password.data = form.fresh_code.data = form.fresh_passkey.data = None
    form.fresh_password.flags.asked = form.fresh_code.flags.asked = True
    return render_template(
        "account/fresh.html",
        form=form,
        action=action,
        kept=kept,
        has_password=bool(g.user.password_hash),
        has_code=needs_code(db(), g.user.id),
        has_passkey=our_site() is not None and bool(list_passkeys(db(), g.user.id)),
        has_identity=_has_identity(),
        email=g.user.email,
        files_lost=bool(request.files),
    )


def _has_identity() -> bool:
    provider = settings().sign_in.provider
    link = link_of(db(), g.user.id, provider.issuer) if provider else None
    return link is not None and link.subject is not None

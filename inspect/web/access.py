"""Closed by default: a view without `@access` answers nobody."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, jsonify, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from ..errors import NotAllowed, NotFound
from ..rules.access import Case, Permission, may, may_somewhere
from .database import SAFE_METHODS
from .session import current_actor

View = Callable[..., Any]

ELSEWHERE = ("cross-site", "same-site")
"""Neighbours under the same domain are other sites too: this one stands at a name of its own."""


WITHOUT_SECOND_FACTOR = frozenset(
    {
        "own_ways.second_factor",
        "own_ways.begin",
        "own_ways.confirm",
        "own_account.new_passkey_options",
        "own_account.add_passkey",
        "identity.lead",
        "identity.answer",
        "identity.leave",
        "own_account.sign_in",
        "own_account.sign_in_options",
        "account.sign_in",
        "account.sign_in_again",
        "account.second_step",
        "account.sign_out",
        "account.set_language",
        "start.accessibility",
    }
)
"""What is open to somebody of whom a second factor is demanded, and who has signed in with less."""


class UnguardedView(RuntimeError):
    """A view was registered without saying who may enter."""


def access(permission: Permission) -> Callable[[View], View]:
    """Say who may enter a view. With a case, the view (through its use case) asks for the case too."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    app.before_request(refuse_other_sites)
    app.before_request(refuse_closed)


def refuse_other_sites() -> None:
    """Before each request that writes: what a page of another site sends is refused, whatever it carries.

    Browsers say where a request comes from in a header that no script can set (Sec-Fetch-Site). Without this,
    a form of another site would be shown to the person as something typed here and not yet sent.
    """
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise BadRequest


def permission_of(endpoint: str) -> Permission:
    view = current_app.view_functions[endpoint]
    permission = getattr(view, "permission", None)
    if not isinstance(permission, Permission):
        raise UnguardedView(endpoint)
    return permission


def refuse_closed() -> Response | tuple[str, int] | None:
    """Before each request: refuse whoever may not enter."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission = permission_of(request.endpoint)
    if g.actor is not None and g.lacks_second_factor and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return _lead_to_second_factor()
    if may_somewhere(g.actor, permission):
        return None
    if g.actor is not None:
        raise NotFound("There is no such page, or it is not for you.")
    if request.blueprint == "api":
        from .api.who import signed_out

        signed_out()
    if request.method in SAFE_METHODS:
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    from .account import ask_to_sign_in_again

    return ask_to_sign_in_again()


def _lead_to_second_factor() -> Response:
    """A password alone is not enough for this person: they are led to where they add what is lacking."""
    if request.blueprint == "api":
        from .api.who import signed_out

        signed_out()
    if request.is_json or request.accept_mimetypes.best == "application/json":
        answer = jsonify(error="second_factor_needed")
        answer.status_code = 403
        return answer
    return redirect(url_for("own_ways.second_factor"), 303)


def require(permission: Permission, case: Case) -> None:
    """The actor must have `permission` in `case`; a case one may not read is not there at all."""
    actor = current_actor()
    if may(actor, permission, case):
        return
    if may(actor, Permission.READ_INSPECTION, case):
        raise NotAllowed("This is for others in the team to do.")
    raise NotFound("There is no such case, or it is not open to you.")


def safe_next(target: str | None) -> str:
    """A path on this site to go on to; anything else becomes the start page (open redirects)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return url_for("start.home")
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in target):
        return url_for("start.home")
    return target

"""The one place where errors become pages (or JSON, for what a script asked)."""

from flask import Flask, current_app, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ..errors import Conflict, Gone, Invalid, NotAllowed, NotFound, NotPossibleNow, TillsynError, TooOften
from ..outside.log_lines import place_of
from .language import message

STATUS: dict[type[TillsynError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    Gone: 410,
    NotPossibleNow: 409,
    Conflict: 409,
    Invalid: 422,
    TooOften: 429,
}

Answer = tuple[str | Response, int]


def init_app(app: Flask) -> None:
    app.register_error_handler(TillsynError, show_error)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_fault)


def show_error(error: TillsynError) -> Answer:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    text = message(error)
    if wants_json():
        body = {"error": type(error).__name__, "message": text}
        if isinstance(error, Conflict):
            body |= {"error": "conflict", "version": str(error.version), "by": error.by}
            return jsonify(body | {"version": error.version, "theirs": error.theirs}), status
        if isinstance(error, Invalid):
            return jsonify(body | {"errors": {error.values.get("field", "text"): [text]}}), status
        return jsonify(body), status
    return page(status, text), status


def show_stale_form(error: CSRFError) -> Answer | Response:
    """A form from before the session was renewed: show what was typed, to be sent again."""
    from .account import ask_to_sign_in_again
    from .held_input import held_input, hold_input

    if g.get("actor") is None:
        return ask_to_sign_in_again()
    if wants_json():
        return jsonify(error="stale_form"), 400
    return render_template("account/continue.html", kept=held_input(hold_input(), g.actor.user_id)), 400


def show_http_error(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if request.path.startswith("/api/"):
        from .api.answers import tell_http_error

        return tell_http_error(error)
    if wants_json():
        return jsonify(error=error.name), error.code
    return page(error.code), error.code


def show_fault(error: Exception) -> Answer:
    """A fault of ours."""
    log_fault(error)
    if current_app.testing:
        raise error
    return (jsonify(error="fault"), 500) if wants_json() else (page(500), 500)


def log_fault(error: Exception) -> None:
    """Logged by type and place only: a message could carry what somebody said."""
    more = {"fields": {"request": g.request_number}} if "request_number" in g else {}
    fault, place = type(error).__name__, place_of(error)
    current_app.logger.error("fault %s at %s in %s", fault, place, request.endpoint, extra=more)


def wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def page(status: int, text: str | None = None) -> str:
    headings = {
        400: _("The request could not be understood"),
        401: _("You need to sign in"),
        403: _("This is not yours to do"),
        404: _("Nothing here"),
        405: _("This page cannot be used in that way"),
        409: _("Not possible right now"),
        410: _("The case is disposed of"),
        413: _("Too much at once"),
        422: _("Something needs to be corrected"),
        429: _("Too many attempts"),
        500: _("Something went wrong with us"),
    }
    advice = {
        404: _("The address may be wrong, or the page is not open to you. Start again from your first page."),
        409: _("Go back, do what is missing, and try again. What you had written is still there."),
        410: _(
            "Its number and subject stand in the register of cases, and what was destroyed on the receipt."
        ),
        413: _("The text or file is too large. Go back, shorten or divide it, and send again."),
        500: _("The fault is noted, without anything you wrote. Go back and try again in a while."),
    }
    return render_template(
        "errors/error.html",
        code=status,
        heading=headings.get(status, headings[400]),
        text=text or "",
        what_to_do=(advice.get(status, _("Go back and try again.")),),
    )

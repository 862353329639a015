"""Answers in JSON: times, and every error as `{error: {code, message, field?}}` in the reader's language."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, jsonify
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from ....models.vocabulary import N_
from ...errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow, TillsynError, TooOften
from ..database import finish
from ..error_pages import log_fault
from ..language import message

Answer = tuple[Response, int]

BUSY = re.compile(r"database is locked|deadlock detected|could not obtain lock|could not serialize")
EVERYTHING = '"cache", "cookies", "storage"'
"""What a lost device is told to clear: Clear-Site-Data (W3C)."""

KINDS: tuple[tuple[type[TillsynError], int, str], ...] = (
    (NotAllowed, 403, "not_allowed"),
    (NotFound, 404, "not_found"),
    (NotPossibleNow, 409, "not_possible_now"),
    (Conflict, 409, "conflict"),
    (Invalid, 422, "invalid"),
    (TooOften, 429, "too_often"),
)
UNKNOWN = {
    "signed_out": N_("You need to sign in"),
    "device_unknown": N_("This device is not known. Enrol it again."),
    "device_left": N_("This device is no longer used for field work. Enrol it again."),
    "device_lost": N_("This device is reported lost. What is left on it is cleared."),
}
"""Nobody that we know, or no more."""
CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"} | {
    415: "unsupported_media_type"
}


class Unknown(Exception):
    """Nobody that we know, or no more (answer 401). What the request wrote until then is kept.

    `signed_out`, `device_unknown`, `device_left`, or `device_lost`: the browser is to forget everything.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OtherPerson(Exception):
    """The device belongs to somebody else than the person who is signed in (answer 403)."""


def at(time: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z, as devices write times."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def init_errors(api: Blueprint) -> None:
    api.register_error_handler(TillsynError, tell_error)
    api.register_error_handler(Unknown, tell_unknown)
    api.register_error_handler(OtherPerson, tell_other_person)
    api.register_error_handler(CSRFError, tell_stale_form)
    api.register_error_handler(HTTPException, tell_http_error)
    api.register_error_handler(OperationalError, tell_busy)
    api.register_error_handler(Exception, tell_fault)


def refused(code: str, text: str, status: int, **more: object) -> Answer:
    return jsonify(error={"code": code, "message": text, **more}), status


def tell_error(error: TillsynError) -> Answer:
    status, code = next(((s, c) for kind, s, c in KINDS if isinstance(error, kind)), (400, "bad_request"))
    more = {"field": error.values["field"]} if "field" in error.values else {}
    answer, status = refused(code, message(error), status, **more)
    if isinstance(error, TooOften):
        answer.headers["Retry-After"] = str(error.values["seconds"])
    return answer, status


def tell_unknown(error: Unknown) -> Answer:
    finish()
    answer, status = refused(error.code, _(UNKNOWN[error.code]), 401)
    if error.code == "device_lost":
        answer.headers["Clear-Site-Data"] = EVERYTHING
    return answer, status


def tell_other_person(error: OtherPerson) -> Answer:
    return refused("other_user", _("This device belongs to somebody else than the one signed in."), 403)


def tell_stale_form(error: CSRFError) -> Answer:
    return refused("stale_form", _("The page is from before you signed in. Load it again."), 400)


def tell_http_error(error: HTTPException) -> Answer:
    status = error.code or 400
    texts = {
        404: _("Nothing here"),
        405: _("This page cannot be used in that way"),
        413: _("Too much at once"),
        415: _("Send JSON."),
    }
    text = texts.get(status, _("The request could not be understood"))
    answer, status = refused(CODES.get(status, "bad_request"), text, status)
    if status == 405 and error.get_response().headers.get("Allow"):
        answer.headers["Allow"] = error.get_response().headers["Allow"]
    return answer, status


def tell_busy(error: OperationalError) -> Answer:
    """Others write: SQLite gave up waiting, or PostgreSQL found two that wait for each other."""
    if not BUSY.search(str(error.orig)):
        return tell_fault(error)
    log_fault(error)
    answer, status = refused("busy", _("Others are writing just now. It is tried again in a moment."), 503)
    answer.headers["Retry-After"] = "5"
    return answer, status


def tell_fault(error: Exception) -> Answer:
    log_fault(error)
    if current_app.testing:
        raise error
    return refused("fault", _("Something went wrong with us"), 500)

"""The OpenAPI document: served as it stands, and what is sent to us is held to its shapes."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from ....models.vocabulary import N_
from ...errors import Invalid
from ...rules.access import Permission
from ..access import access
from .blueprint import api

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

FILE = Path(__file__).parent / "openapi.json"


@api.get("/openapi.json")
@access(Permission.SIGN_IN)
def document() -> Response:
    return current_app.response_class(FILE.read_bytes(), mimetype="application/json")


@cache
def openapi() -> dict[str, Any]:
    """The document as data."""
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def _shape(name: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # a good part of what starting takes, and for devices only

    components = {"components": openapi()["components"]}
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **components})


def body_as(name: str, *, but: str = "", most: int = 0) -> dict[str, Any]:
    """The JSON that was sent, of the shape `name`. `but`: a list in it of at most so many objects, of which
    the shape asks nothing more; it is not gone through one by one.

    Raises UnsupportedMediaType, BadRequest when it is no JSON, or Invalid at the field that does not fit.
    """
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        sent = request.get_json()
    except RecursionError:  # nested deeper than anything that is meant
        raise BadRequest from None
    some = sent.get(but) if isinstance(sent, dict) else None
    is_short = isinstance(some, list) and len(some) <= most and all(isinstance(one, dict) for one in some)
    check(name, sent | {but: []} if is_short else sent)
    return dict(sent)


def check(name: str, value: object) -> None:
    """Raises Invalid with the place of the first fault when `value` is not of the shape `name`."""
    fault = next(_shape(name).iter_errors(value), None)
    if fault is not None:
        place = ".".join(str(step) for step in fault.absolute_path) or "body"
        raise Invalid(N_("What was sent does not fit at %(field)s."), {"field": place})

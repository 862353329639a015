"""What was typed when the session had run out, kept until the person has signed in again.

The fields travel in the sign-in page itself, signed and dated, and come back with it: nothing is
stored on the server for somebody who is not signed in, and nobody else can put words into the form.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE = 12 * 60 * 60  # seconds
NEVER_KEPT = frozenset({"csrf_token", "password", "held"})


@dataclass(frozen=True, slots=True)
class HeldInput:
    path: str
    fields: tuple[tuple[str, str], ...]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-input")


def hold_input() -> str:
    """The fields of this request as a signed text for a hidden field."""
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    return _serializer().dumps({"path": request.path, "fields": fields})


def held_input(signed: str | None) -> HeldInput | None:
    """What `hold_input` kept, or None when there is nothing, it is too old, or it was changed."""
    if not signed:
        return None
    try:
        kept: dict[str, Any] = _serializer().loads(signed, max_age=MAX_AGE)
    except BadData:
        return None
    return HeldInput(path=kept["path"], fields=tuple((name, value) for name, value in kept["fields"]))

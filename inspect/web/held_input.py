"""What was typed when the session had run out, kept until the person has signed in again.

The fields travel in the sign-in page itself, signed and dated, and come back with it: nothing is
stored on the server for somebody who is not signed in, and nobody else can put words into the form.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE = 12 * 60 * 60  # seconds
PROOF = frozenset({"fresh_password", "fresh_code", "fresh_passkey", "fresh_challenge"})
"""What `web/fresh_sign_in.py` adds to a form."""
NEVER_KEPT = frozenset({"csrf_token", "password", "passphrase", "again", "held"}) | PROOF


@dataclass(frozen=True, slots=True)
class HeldInput:
    path: str
    fields: tuple[tuple[str, str], ...]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-input")


def hold_input() -> str:
    """The fields of this request as a signed text for a hidden field."""
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    writer = g.get("last_user_id")
    return _serializer().dumps({"path": request.path, "fields": fields, "writer": str(writer or "")})


def held_input(signed: str | None, reader: UUID) -> HeldInput | None:
    """What `hold_input` kept, or None when there is nothing, it is too old, or it was changed.

    It is given back to the person who wrote it only: `reader` is who has signed in now. On a shared
    device the next person does not see it.
    """
    if not signed:
        return None
    try:
        kept: dict[str, Any] = _serializer().loads(signed, max_age=MAX_AGE)
    except BadData:
        return None
    if kept.get("writer") not in ("", str(reader)):
        return None
    return HeldInput(path=kept["path"], fields=tuple((name, value) for name, value in kept["fields"]))

"""JSON that was sent here, read within limits."""

from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider


class BoundedJSON(DefaultJSONProvider):
    """As Flask's own, but what is nested too deep to be read is malformed, and no fault of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raises ValueError, which Flask answers with 400."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as fault:
            raise ValueError("nested too deep") from fault


def sent_object() -> dict[str, Any]:
    """The JSON object that was sent; an empty one for what is no object, or cannot be read."""
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def init_app(app: Flask) -> None:
    app.json = BoundedJSON(app)

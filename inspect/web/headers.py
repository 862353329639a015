"""Headers on every answer, error pages too."""

from flask import Flask, Response, request

FIELD = "field"
"""The blueprint of the field app: the only place where the camera, the microphone and pictures out of the
browser's memory are of use."""

_FRAME = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
POLICY = f"default-src 'self'; img-src 'self' data:; {_FRAME}; require-trusted-types-for 'script'"
FIELD_POLICY = (
    f"default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; {_FRAME}; "
    "require-trusted-types-for 'script'"
)
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""Of a file that somebody sent in: if a browser shows it after all, nothing in it runs or is fetched."""

NOTHING = "camera=(), geolocation=(), microphone=(), payment=()"
FIELD_USES = "camera=(self), geolocation=(), microphone=(self), payment=()"

FILES = frozenset({"files.file", "files.part", "portal.file", "portal.sent_file"})
"""Endpoints that answer with what somebody sent in."""


def init_app(app: Flask) -> None:
    secure = app.config["SETTINGS"].cookies_are_secure

    @app.after_request
    def add_headers(response: Response) -> Response:
        in_field = request.blueprint == FIELD
        response.headers["Content-Security-Policy"] = policy_of(request.endpoint)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = FIELD_USES if in_field else NOTHING
        response.headers["X-Frame-Options"] = "DENY"
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static" and not (in_field and "Cache-Control" in response.headers):
            response.headers["Cache-Control"] = "no-store"
        return response


def policy_of(endpoint: str | None) -> str:
    """The content security policy of what an endpoint answers."""
    if endpoint in FILES:
        return FILE_POLICY
    return FIELD_POLICY if (endpoint or "").startswith(f"{FIELD}.") else POLICY

"""The field app's service worker: which files stand on the device, and which version of the app they are.

The version is the SHA-256 of every file: when one of them changes, the worker does, and the browser fetches
the new app beside the old one (static/field/sw.js says when it takes over).
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache

from flask import Response, current_app, render_template, request, url_for

from ..rules.access import Permission
from .access import access
from .field import field
from .field_looks import looks as sheet_of_the_app
from .field_pack import STATIC, pack

__all__ = ["field", "looks", "whole_app", "worker"]

DRAWINGS = ("favicon.svg", "field/icon-192.png")
"""What the shell shows that is no text. The device keeps the other icons itself when the app is installed."""


@field.get("/sw.js")
@access(Permission.SIGN_IN)
def worker() -> Response:
    app = {
        "version": _version(),
        "shell": url_for("field.shell"),
        "files": _files(),
        "pack": url_for("field.whole_app"),
        "packed": list(pack()),
    }
    script = (STATIC / "field" / "sw.js").read_text(encoding="utf-8")
    return _fresh(f"const APP = {json.dumps(app)};\n{script}", "text/javascript")


@field.get("/app.json")
@access(Permission.SIGN_IN)
def whole_app() -> Response:
    """{version, parts: {address: text or JSON}}: what the worker keeps beside its files."""
    whole = {"version": _version(), "parts": pack()}
    return _fresh(json.dumps(whole, ensure_ascii=False, separators=(",", ":")), "application/json")


@field.get("/looks.css")
@access(Permission.SIGN_IN)
def looks() -> Response:
    answer = _fresh(_kept(sheet_of_the_app), "text/css")
    # The shell has just fetched it when the worker asks for it: then it has not changed.
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]


def _fresh(text: str, type: str) -> Response:
    """An answer that is asked for anew each time: the worker keeps what is to be kept."""
    answer = Response(text, mimetype=type)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _files() -> list[str]:
    pages = [url_for(name) for name in ("field.shell", "field.looks", "field.manifest")]
    return [*pages, *(url_for("static", filename=name) for name in DRAWINGS)]


def _version() -> str:
    return _kept(_count)


def _count() -> str:
    counted = hashlib.sha256(render_template("field/shell.html").encode())
    counted.update(json.dumps(pack(), sort_keys=True).encode())
    counted.update(sheet_of_the_app().encode())
    for name in DRAWINGS:
        counted.update((STATIC / name).read_bytes())
    return counted.hexdigest()[:16]


def _kept(make: Callable[[], str]) -> str:
    """What `make` gives: asked once in production, and each time while files change under the server."""
    return _once(make) if current_app.config["SETTINGS"].is_production else make()


@cache
def _once(make: Callable[[], str]) -> str:
    return make()

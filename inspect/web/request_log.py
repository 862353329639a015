"""A line for each request, where logs are structured: which endpoint, how it went and how long it took.

No address, no query, no person, no browser: who read what stands in the database's log, which is reviewed.
"""

import logging
import re
from time import perf_counter
from uuid import uuid4

from flask import Flask, g, request
from werkzeug.wrappers import Response

from ..outside.log_lines import REQUESTS

HEADER = "X-Request-ID"
_OF_A_PROXY = re.compile(r"[0-9a-f-]{16,64}")


def init_app(app: Flask) -> None:
    """Log each request when logs are JSON. A number that the proxy gave it follows it."""
    if app.config["SETTINGS"].log != "json":
        return
    log = logging.getLogger(REQUESTS)

    @app.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "")
        trusted = app.config["SETTINGS"].proxies and _OF_A_PROXY.fullmatch(given)
        g.request_number = given if trusted else uuid4().hex
        g.began_at = perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        if "began_at" in g:
            line = {
                "endpoint": request.endpoint or "none",
                "method": request.method if request.method.isalpha() else "none",
                "status": response.status_code,
                "ms": round((perf_counter() - g.began_at) * 1000, 1),
                "request": g.request_number,
            }
            log.info("request", extra={"fields": line})
        return response

"""The application, as a table of contents."""

import gc
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Request, Response
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from .outside import clock
from .outside.cipher import install_keys
from .outside.log_lines import install_lines
from .settings import Settings, read_settings
from .web import (
    access,
    addresses,
    database,
    error_pages,
    headers,
    json_bodies,
    language,
    metrics,
    request_log,
    select_box,
    session,
)
from .web.account import sign_in_again
from .web.api import WITHOUT_FORM_TOKEN
from .web.areas import register_areas
from .web.children_survey import children_survey
from .web.files import FirstBytes, let_large_files_in
from .web.genuine import genuine

PACKAGE = Path(__file__).parents[1]


class RequestInMemory(Request):
    """A request whose files are read in memory: none touches the disk, not even for a moment."""

    def _get_file_stream(self, *_about: object, **_more: object) -> FirstBytes:
        return FirstBytes()


class Tillsyn(Flask):
    """Flask, with one commit per successful request."""

    request_class = RequestInMemory

    def dispatch_request(self) -> ResponseReturnValue:
        answer = super().dispatch_request()
        status = answer.status_code if isinstance(answer, Response) else _status_of(answer)
        if status < 400:
            database.finish()
        return answer


def create_app(settings: Settings | None = None) -> Tillsyn:
    """The web application for `settings` (read from the environment when not given)."""
    settings = settings or read_settings()
    app = Tillsyn(
        "tillsyn",
        instance_path=str(settings.instance),
        template_folder=str(PACKAGE / "templates"),
        static_folder=str(PACKAGE / "static"),
        root_path=str(PACKAGE),
    )
    if settings.is_production:
        # A forged Host header must not reach links or redirects.
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname]
    app.config.update(
        SETTINGS=settings,
        CLOCK=clock.now,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_content_length,
        MAX_FORM_MEMORY_SIZE=settings.max_content_length,
        SESSION_COOKIE_NAME="__Host-tillsyn" if settings.cookies_are_secure else "tillsyn",
        SESSION_COOKIE_SECURE=settings.cookies_are_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.cookies_are_secure,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    install_keys(settings)

    metrics.init_app(app)
    request_log.init_app(app)
    database.init_app(app, settings.database_url)
    language.init_app(app)
    addresses.init_app(app)
    select_box.init_app(app)
    headers.init_app(app)
    json_bodies.init_app(app)
    app.before_request(session.load_actor_first)
    app.before_request(let_large_files_in)
    app.before_request(language.lend_form_texts)
    access.init_app(app)
    forms = CSRFProtect(app)
    forms.exempt(sign_in_again)
    forms.exempt(children_survey)  # without a session there is no token, and nothing to misuse
    forms.exempt(genuine)  # likewise: it answers whoever asks, and changes nothing
    for view in WITHOUT_FORM_TOKEN:
        forms.exempt(view)  # they ask for a header that another site cannot send
    error_pages.init_app(app)
    register_areas(app)
    if settings.proxies:
        n = settings.proxies
        # Not X-Forwarded-Host: a proxy that does not set it hands on what a client wrote.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n)  # type: ignore[method-assign]
    return app


LOOKED_THROUGH = (50_000, 20, 20)
"""After how many new objects Python looks for rubbish among them, and how often among older ones."""


def served_app() -> Tillsyn:
    """The application of a server's process, which lives as long as the process does.

    Python need not look through what is loaded by now for rubbish, again and again while it answers; and
    what a long page makes, some ten thousand objects, need not be looked through while it is made.
    """
    settings = read_settings()
    install_lines(settings.log)
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKED_THROUGH)
    return app


def _status_of(answer: ResponseReturnValue) -> int:
    """The status a view's answer will have: a view returns a page, or (page, status)."""
    if isinstance(answer, tuple) and len(answer) > 1 and isinstance(answer[1], int):
        return answer[1]
    return getattr(answer, "status_code", 200)

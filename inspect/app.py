"""The application, as a table of contents."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from ..models.sealed import install_cipher
from .outside import clock
from .outside.keys import DataCipher
from .settings import Settings, read_settings
from .web import access, database, error_pages, headers, language, session
from .web.account import sign_in_again
from .web.areas import register_areas

PACKAGE = Path(__file__).parents[1]


class Tillsyn(Flask):
    """Flask, with one commit per successful request."""

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
    install_cipher(DataCipher(settings.data_key))

    database.init_app(app, settings.database_url)
    language.init_app(app)
    headers.init_app(app)
    app.before_request(session.load_actor)
    access.init_app(app)
    CSRFProtect(app).exempt(sign_in_again)
    error_pages.init_app(app)
    register_areas(app)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def _status_of(answer: ResponseReturnValue) -> int:
    """The status a view's answer will have: a view returns a page, or (page, status)."""
    if isinstance(answer, tuple) and len(answer) > 1 and isinstance(answer[1], int):
        return answer[1]
    return getattr(answer, "status_code", 200)

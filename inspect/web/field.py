"""The field app as a browser fetches it: the shell, its words, its manifest. All public, nothing personal.

The shell is one static page: whoever opens it meets the app, which holds what it may show encrypted on the
device. It is cached, so it says nothing of who asks: no name, no token, no language of an account.
"""

from flask import Blueprint, Response, abort, jsonify, render_template, url_for

from ..i18n import DEFAULT_LANGUAGE, LANGUAGES, translate
from ..rules.access import Permission
from .access import access
from .field_words import NAME, SHORT_NAME, words_to_send

field = Blueprint("field", __name__, url_prefix="/field")

GROUND, BAR = "#fbf7f2", "#005664"
"""The ground of the pages and the colour of action, as in static/theme.css."""

ICONS = (
    ("field/icon-192.png", "image/png", "192x192", "any"),
    ("field/icon-maskable.png", "image/png", "192x192", "maskable"),
    ("favicon.svg", "image/svg+xml", "any", "any"),
)


@field.get("/")
@access(Permission.SIGN_IN)
def shell() -> str:
    return render_template("field/shell.html")


@field.get("/words/<language>.json")
@access(Permission.SIGN_IN)
def words(language: str) -> Response:
    """Every text of the app in one language. 404 for a language that we do not have."""
    if language not in LANGUAGES:
        abort(404)
    return jsonify(words_to_send(language))


@field.get("/manifest.webmanifest")
@access(Permission.SIGN_IN)
def manifest() -> Response:
    """What a device needs in order to put the app on its home screen."""
    answer = jsonify(
        {
            "id": url_for("field.shell"),
            "name": translate(DEFAULT_LANGUAGE, NAME),
            "short_name": translate(DEFAULT_LANGUAGE, SHORT_NAME),
            "lang": DEFAULT_LANGUAGE,
            "start_url": url_for("field.shell"),
            "scope": url_for("field.shell"),
            "display": "standalone",
            "orientation": "any",
            "background_color": GROUND,
            "theme_color": BAR,
            "icons": [
                {"src": _static(file), "type": type, "sizes": sizes, "purpose": purpose}
                for file, type, sizes, purpose in ICONS
            ],
        }
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _static(name: str) -> str:
    return url_for("static", filename=name)

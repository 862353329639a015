"""The field app in one piece: its scripts and its words, as the service worker keeps them on a device.

One answer of everything is less than half the bytes of sixty answers, since a server compresses each by
itself and the scripts say much the same words. The worker puts each part at its own address
(static/field/sw.js), so that the scripts stay modules that name each other.
"""

from pathlib import Path
from typing import Any

from flask import url_for

from ..i18n import LANGUAGES
from .field_lean import lean_script
from .field_words import words_to_send

STATIC = Path(__file__).parents[2] / "static"
BESIDE = ("pages/guide-flow.js",)
"""Scripts that the app shares with the pages."""

NOT_KEPT = frozenset({"field/sw.js", "field/passphrase-words.js"})
"""The worker itself, and the words of new passphrases: a device is made with network."""


def pack() -> dict[str, Any]:
    """What stands at which address: the address → the text of a script, or the JSON of words."""
    scripts = {_address(name): lean_script((STATIC / name).read_text("utf-8")) for name in kept_scripts()}
    words = {url_for("field.words", language=one): words_to_send(one) for one in LANGUAGES}
    return scripts | words


def kept_scripts() -> list[str]:
    """The scripts below static/ that the app stands on."""
    own = {path.relative_to(STATIC).as_posix() for path in (STATIC / "field").rglob("*.js")}
    return sorted((own - NOT_KEPT) | set(BESIDE))


def _address(name: str) -> str:
    return url_for("static", filename=name)

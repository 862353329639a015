"""How a command speaks to whoever runs it."""

import os

from ..i18n import LANGUAGES

UNUSABLE = 2
"""The exit code for input that cannot be used."""


def language_of_terminal() -> str:
    """sv or en, from LC_ALL, LC_MESSAGES or LANG; English when they say nothing we know."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return chosen[:2] if chosen[:2] in LANGUAGES else "en"

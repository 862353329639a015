"""Addresses of pages, built once: a page links to fifty places, the next page to most of them again."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, g, has_request_context, request, url_for

KEPT = 4096
PLAIN = (str, UUID, int)
OF_A_KIND: set[str] = set()
"""Endpoints that answer for each kind of letter; filled where they are registered."""

MAIN_LETTER = "feedback"


def init_app(app: Flask) -> None:
    """Have `url_for` of the templates ask address_of."""
    app.jinja_env.globals["url_for"] = address_of


def address_of(endpoint: str, /, **values: Any) -> str:
    """As flask.url_for. An address on this site depends on nothing but where the site is mounted.

    On a page about one kind of letter, an address of letters is of the same kind unless it says another.
    """
    if endpoint in OF_A_KIND and "kind" not in values and has_request_context() and "letter_kind" in g:
        values["kind"] = g.letter_kind.value
    if (
        endpoint[0] == "."
        or not has_request_context()
        or any(type(value) not in PLAIN or name in ("_external", "_scheme") for name, value in values.items())
    ):
        return url_for(endpoint, **values)
    return _built(request.root_path, endpoint, tuple(values.items()))


def in_the_frame(endpoint: str, dnr: str) -> str:
    """The address of a page of a case for the frame around every page: its letter is the feedback letter."""
    if endpoint in OF_A_KIND:
        return address_of(endpoint, dnr=dnr, kind=MAIN_LETTER)
    return address_of(endpoint, dnr=dnr)


@lru_cache(maxsize=KEPT)
def _built(root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))

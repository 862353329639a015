"""In whose words the pages speak: in those of the pack of the case that a request is about.

`speak_of(pack)` when a request has come to a case, `words_of(pack)` around one line of a list of cases. From
then on every text that is looked up, in a template, a form, a message or a title of the vocabulary, is the
pack's, where it has one of its own (interview_guides/ui_words.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g
from flask_babel import Domain, get_locale

from ...interview_guides.ui_words import load_ui_words
from ..i18n import PackCatalogue


def speak_of(pack: str | None) -> None:
    """From here to the end of the request the texts are in the words of that pack; None: the common ones."""
    g.pack_words = pack if pack is not None and load_ui_words(pack) else None


@contextmanager
def words_of(pack: str) -> Iterator[None]:
    """The texts inside are in the words of that pack."""
    before = g.get("pack_words")
    speak_of(pack)
    try:
        yield
    finally:
        g.pack_words = before


def pack_spoken() -> str | None:
    """The pack whose words are spoken, when it has words of its own."""
    try:
        found: str | None = g.get("pack_words")
    except RuntimeError:  # outside of a request, as in a command
        return None
    return found


class PackDomain(Domain):  # type: ignore[misc]
    """The texts of flask_babel, in the words of the pack that is spoken of."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._in_words: dict[tuple[str, str], PackCatalogue] = {}

    def get_translations(self) -> Any:
        common, pack = super().get_translations(), pack_spoken()
        if pack is None:
            return common
        key = pack, get_locale().language
        found = self._in_words.get(key)
        if found is None:
            found = self._in_words[key] = PackCatalogue(pack, key[1], common)
        return found

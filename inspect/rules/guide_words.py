"""The values of a sentence about a guide, as words: wordings and the names of themes and areas."""

from ...interview_guides.content import Text
from ...interview_guides.guide import Pack, UnknownContent
from .reasons import Reason

THEMES = frozenset({"theme", "new_theme", "old_theme"})
AREAS = frozenset({"new_area", "old_area"})


def values_in(reason: Reason, pack: Pack, language: str) -> dict[str, str]:
    """The values of `reason` in one language. An id that the pack does not have stands as it is."""
    return {name: _word(name, value, pack, language) for name, value in reason.values.items()}


def _word(name: str, value: object, pack: Pack, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language).rstrip(".")  # it stands in a sentence that ends by itself
    try:
        if name in THEMES:
            return _quoted(pack.theme(str(value)).name, language)
        if name in AREAS:
            return _quoted(pack.area(str(value)).name, language)
    except UnknownContent:
        pass
    return str(value)


def _quoted(name: Text, language: str) -> str:
    words = name.in_language(language)
    return f"“{words}”" if language == "en" else f"”{words}”"

"""Languages outside a web request: catalogues for commands, letters and documents."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

LANGUAGES = ("sv", "en")
DEFAULT_LANGUAGE = "sv"
TRANSLATIONS = Path(__file__).parents[1] / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of `language`; English is the language of the messages themselves."""
    if language == "en":
        return NullTranslations()
    return Translations.load(TRANSLATIONS, [language])


def translate(language: str, message: str, **values: object) -> str:
    """`message` in `language`, its placeholders filled."""
    text = catalogue(language).gettext(message)
    return text % values if values else text

"""Languages outside a web request: catalogues for commands, letters and documents.

Where a text belongs to a case, the sentences that name its people are those of the case's pack.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from ..interview_guides.guide import load_pack
from ..interview_guides.ui_words import load_ui_words
from ..models.vocabulary import Informant, InformationItem

LANGUAGES = ("sv", "en")
DEFAULT_LANGUAGE = "sv"
TRANSLATIONS = Path(__file__).parents[1] / "translations"


class PackCatalogue(NullTranslations):
    """A catalogue that asks a pack's own sentences first, and then the catalogue of the language.

    The titles of those whom talks are held with are the pack's `informants`, and those of what is informed of
    its `information_items`.
    """

    def __init__(self, pack: str, language: str, others: NullTranslations) -> None:
        super().__init__()
        self.add_fallback(others)
        content, words = load_pack(pack), load_ui_words(pack)
        said = {
            **{Informant(id).title: text for id, text in content.informants},
            **{InformationItem(id).title: text for id, text in content.information_items},
            **words.sentences,
        }
        self._said = {sentence: text.in_language(language) for sentence, text in said.items()}
        self._counted = {
            sentence: tuple(form.in_language(language) for form in forms)
            for sentence, forms in words.counted.items()
        }

    def gettext(self, message: str) -> str:
        said = self._said.get(message)
        return super().gettext(message) if said is None else said

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._counted.get(msgid1)
        return super().ngettext(msgid1, msgid2, n) if forms is None else forms[n != 1]

    # What flask_babel and Jinja ask.
    ugettext, ungettext = gettext, ngettext


@cache
def catalogue(language: str, pack: str | None = None) -> NullTranslations:
    """The catalogue of `language`, in the words of a pack; English is that of the messages themselves."""
    if pack is not None and load_ui_words(pack):
        return PackCatalogue(pack, language, catalogue(language))
    if language == "en":
        return NullTranslations()
    return translation("messages", TRANSLATIONS, [language], fallback=True)


def translate(language: str, message: str, /, **values: object) -> str:
    """`message` in `language`, its placeholders filled."""
    text = catalogue(language).gettext(message)
    return text % values if values else text


def translate_for(pack: str, language: str, message: str, /, **values: object) -> str:
    """`message` in `language` and in the words of a pack, its placeholders filled."""
    text = catalogue(language, pack).gettext(message)
    return text % values if values else text

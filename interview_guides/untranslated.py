"""Whether a wording stands in the place of its translation, as far as a look at its words can tell."""

from .content import Text

_SWEDISH = frozenset(
    ("och", "att", "är", "inte", "för", "på", "eller", "vad", "hur", "det", "som", "ska", "när")
)
_ENGLISH = frozenset(("the", "and", "of", "is", "are", "you", "what", "how", "with", "that", "not", "when"))


def untranslated_in(text: Text) -> str | None:
    """What shows that a language stands in the other's place; ``None`` for a wording that looks translated.

    Names and single words may well be the same in both languages, a phrase of three words hardly is.
    """
    if (
        text.sv == text.en
        and (text.sv.count(" ") >= 2 or not text.sv.isascii())
        and any(map(str.isalpha, text.sv))
    ):
        return "it is the same in both languages"
    if len(_SWEDISH.intersection(text.en.split())) >= 2:
        return "'en' is Swedish"
    if len(_ENGLISH.intersection(text.sv.split())) >= 2:
        return "'sv' is English"
    return None

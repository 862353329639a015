"""In which languages the words of a letter wait for somebody who has the language as their first."""

from ...interview_guides.child_words import load_child_words
from ...models.letter_vocabulary import LetterKind
from ...models.vocabulary import N_
from ..rules.letter_kinds import FOR_CHILDREN_KINDS

UNVERIFIED = N_(
    "The words are not verified: nobody who has this language as their first has read them yet. Have them"
    " read before the letter is given to anybody."
)


def unverified_languages(pack: str, kind: LetterKind) -> frozenset[str]:
    """The languages that the letter is written in with words that nobody has verified."""
    if kind not in FOR_CHILDREN_KINDS:
        return frozenset()
    return frozenset(tag for tag, one in load_child_words(pack).languages.items() if one.unverified)

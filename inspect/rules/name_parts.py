"""The parts of a name that two relatives may share. Pure.

A given name that many have says nothing of kinship and is left out, but for the last word: it is kept
whatever it is. A double name is two, so that who took one of them is met too.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from .reidentification.lexicon import read_lexicon

PARTICLES = frozenset(
    {"af", "av", "al", "da", "de", "del", "den", "der", "di", "el", "la", "le", "van", "von"}
)
_BETWEEN = re.compile(r"[\s,./&-]+")


def shared_by_kin(name: str) -> frozenset[str]:
    """`Anna Berg Lind-Ek` is berg, lind and ek. In small letters; empty for an empty name."""
    words = normalize("NFC", name).casefold().split()
    if not words:
        return frozenset()
    *before, last = words
    earlier = {part for word in before for part in _parts(word)} - _given()
    return frozenset(earlier | _parts(last)) - PARTICLES


def words_in(name: str) -> frozenset[str]:
    """The words of a company's or a home's name: some are called after the one who runs them."""
    return frozenset(part for word in normalize("NFC", name).casefold().split() for part in _parts(word))


def _parts(word: str) -> set[str]:
    return {part for part in _BETWEEN.split(word) if len(part) > 1}


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return read_lexicon().first_names

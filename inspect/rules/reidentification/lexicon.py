"""The word lists: names, places, words that point at nobody; and the common words of the language.

The lists stand beside this file (lists/SOURCES.md). A dictionary of Swedish is handed in where one is
installed; without it the guard works, and marks more words that turn out to be common ones.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

LISTS = Path(__file__).parent / "lists"

SURNAME_ENDS = (
    "sson", "lund", "holm", "ström", "berg", "gren", "qvist", "kvist", "dahl", "mark", "stedt", "vall", "ros",
    "blad", "nder", "lin", "lén", "én", "ius", "sköld", "crantz", "feldt", "gård", "stam", "bom", "man",
)  # fmt: skip
"""How Swedish surnames end: a compound that ends so is taken for a name, though its parts are common words."""


class Dictionary(Protocol):
    """A dictionary of Swedish that knows the inflected forms of its words."""

    def knows(self, word: str) -> bool:
        """Whether this is a word, in lower case, or a compound of words; no name is one."""
        ...

    def lists(self, word: str) -> bool:
        """Whether this word is listed, inflected or not. Compounds are not: many surnames are made like them."""
        ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the guard knows of words in general. All in lower case, but for `harmless`."""

    first_names: frozenset[str]
    last_names: frozenset[str]
    municipalities: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    street_ends: tuple[str, ...]
    harmless: frozenset[str]
    """Names of authorities, acts and things that everybody knows, as they are written."""
    common: frozenset[str]
    """Common words of Swedish and English, and of the content of packs."""
    small: frozenset[str] = frozenset()
    """Of them, those that say nothing by themselves: and, the, some."""
    dictionary: Dictionary | None = None
    placed: dict[tuple[str, bool], str | None] = field(default_factory=dict)
    """What is known already of a word: the place that it names, as it is written and where it stands."""
    _asked: dict[str, bool] = field(default_factory=dict)

    @property
    def has_dictionary(self) -> bool:
        return self.dictionary is not None

    def is_name(self, low: str) -> bool:
        return low in self.first_names or low in self.last_names

    def is_listed(self, low: str) -> bool:
        """Whether a word in lower case is an ordinary word by itself: a capital inside a sentence needs more."""
        return low in self.common or (self.dictionary is not None and self.dictionary.lists(low))

    def is_common(self, low: str) -> bool:
        """Whether a word in lower case is an ordinary word."""
        if low not in self._asked:
            self._asked[low] = low in self.common or (
                self.dictionary is not None and self.dictionary.knows(low)
            )
        return self._asked[low]


def read_lexicon(common: Iterable[str] = (), dictionary: Dictionary | None = None) -> Lexicon:
    """The lists that come with Tillsyn, more common words (of the content packs), and a dictionary, if any."""
    lists = _lists()
    return Lexicon(
        first_names=lists["first_names"] | lists["more_first_names"] | lists["nicknames"],
        last_names=lists["last_names"],
        municipalities=lists["municipalities"],
        places=lists["regions"] | lists["quarters"],
        countries=lists["countries"],
        street_ends=tuple(sorted(lists["street_ends"], key=len, reverse=True)),
        harmless=_harmless(),
        common=_function_words() | frozenset(common),
        small=_function_words(),
        dictionary=dictionary,
    )


def entries(name: str) -> tuple[str, ...]:
    """The entries of one list, as they are written."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    names = (
        "first_names", "more_first_names", "nicknames", "last_names", "municipalities", "regions", "quarters",
        "countries", "street_ends",
    )  # fmt: skip
    return {name: frozenset(entry.casefold() for entry in entries(name)) for name in names}


@lru_cache(maxsize=1)
def _harmless() -> frozenset[str]:
    return frozenset(entries("harmless"))


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(word for line in entries("function_words") for word in line.split())


def looks_like_surname(low: str, known: Set[str]) -> bool:
    """A compound of common words that ends as surnames do: Lindholm, Björkvall."""
    return len(low) >= 6 and low not in known and low.removesuffix("s").endswith(SURNAME_ENDS)

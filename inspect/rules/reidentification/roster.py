"""The people of the case, and what everybody may know of it.

What the case calls somebody comes before every list: it is marked in every inflection, with a letter wrong,
within a compound, spaced out or shortened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ....models.vocabulary import N_, Titled
from .marks import Weight
from .text import pieces, plain

LEAST_FUZZY = 4
"""Letters of the shortest name that is recognised with a letter wrong: Ali and Alf are two names."""
LEAST_BEGINNING = 3
"""Letters of the shortest nickname that is recognised as the beginning of a name: Alex of Alexandra."""
LEAST_COMPOUND = 4
LONGEST = 60
"""Letters of the longest word that is compared letter by letter."""
PARTICLES = frozenset(
    [
        "af",
        "av",
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "di",
        "da",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "bint",
        "och",
        "and",
        "the",
    ]
)
TITLES = frozenset(
    ["dr", "prof", "herr", "fru", "fröken", "mr", "mrs", "ms", "rektor", "föreståndare", "sjuksköterska"]
)


class Who(Titled):
    """Whom the case means by a name."""

    CHILD = "child", N_("a person heard")
    STAFF = "staff", N_("a person who works there")
    TOLD = "told", N_("a person whom somebody told of")
    LABEL = "label", N_("a label of the case")


@dataclass(frozen=True, slots=True)
class Known:
    """One name or label in the case."""

    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that its speaker does not want told, or only in general terms."""

    text: str
    not_at_all: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in the case, and what of it is no secret to the one who gets the letter.

    `phrases`: the home, its provider, the authority, the full names of those who sign, the case's number.
    `dates`: the days of the case itself. `standing`: sentences of the wording, which know of no case;
    a number in them stands where the wording has a place for one, and who composes has asked the k-rule.
    """

    people: tuple[Known, ...] = ()
    phrases: tuple[str, ...] = ()
    dates: frozenset[date] = frozenset()
    municipality: str = ""
    withheld: tuple[Withheld, ...] = ()
    standing: frozenset[str] = frozenset()


@dataclass(slots=True)
class NameIndex:
    """The names of a roster, made ready to be looked up word by word."""

    forms: dict[str, Known] = field(default_factory=dict)
    """Every inflected form, in lower case and without marks over letters."""
    bare: dict[str, Known] = field(default_factory=dict)
    labels: dict[str, Known] = field(default_factory=dict)
    asked: dict[tuple[str, bool, bool], tuple[Known, str, Weight] | None] = field(default_factory=dict)
    """What is known already of a word: how it is written, whether it begins a sentence and has a capital."""
    _less: dict[str, list[str]] = field(default_factory=dict)
    """A form with one letter left out, and the forms it comes of."""

    def near(self, word: str) -> Known | None:
        """The name that this is with one letter wrong, missing, added, or two changed over."""
        if not LEAST_FUZZY <= len(word) <= LONGEST:
            return None
        for cut in {word, *_cuts(word)}:
            for form in self._less.get(cut, ()):
                if abs(len(form) - len(word)) <= 1 and is_one_error(form, word):
                    return self.forms[form]
        return None

    def begins(self, word: str) -> Known | None:
        """The name that this is the beginning of, as a nickname is."""
        if len(word) < LEAST_BEGINNING:
            return None
        for stem in {word, word.removesuffix("s")}:
            if len(stem) >= LEAST_BEGINNING:
                for name, known in self.bare.items():
                    if len(name) > len(stem) and name.startswith(stem):
                        return known
        return None

    def inside(self, word: str) -> Known | None:
        """The name that a compound begins with: Kevinbråket."""
        for end in range(LEAST_COMPOUND, min(len(word) - 2, LONGEST)):
            known = self.bare.get(word[:end])
            if known is not None:
                return known
        return None


def index_of(people: Iterable[Known]) -> NameIndex:
    """Make the names ready. Labels (b1, u14) are found as they are, and in genitive, and no further."""
    index = NameIndex()
    for known in people:
        if known.who is Who.LABEL:
            index.labels.setdefault(known.name.casefold(), known)
            continue
        for name in _names(known.name):
            index.bare.setdefault(name, known)
            for form in inflections(name):
                index.forms.setdefault(form, known)
    for name in index.bare:
        if len(name) >= LEAST_FUZZY:
            for form in (name, name + "s"):
                for cut in {form, *_cuts(form)}:
                    index._less.setdefault(cut, []).append(form)
    return index


def inflections(name: str) -> Iterator[str]:
    """A name in genitive and in definite form, alone and as a family: Kevins, Lillens, Anderssonarna."""
    stem = name[:-1] if name[-1:] in "aeo" else name
    for form in (
        name,
        name + "n",
        name + "en",
        name + "et",
        stem + "an",
        stem + "arna",
        stem + "orna",
        name + "erna",
    ):
        yield form
        yield form + "s"
    yield stem + "is"
    yield stem + "isen"


def is_one_error(one: str, other: str) -> bool:
    """Whether two words differ by at most one letter changed, added, left out, or two neighbours changed over.

    The Damerau–Levenshtein distance in its restricted form is at most 1.
    """
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    same = 0
    while same < len(one) and one[same] == other[same]:
        same += 1
    if len(one) == len(other):
        left, right = one[same:], other[same:]
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return len(other) - len(one) == 1 and one[same:] == other[same + 1 :]


def _names(name: str) -> Iterator[str]:
    """The parts that a full name is looked for by, and those with a hyphen or a blank as one too."""
    whole = [word for word in name.replace(",", " ").split() if word.casefold().strip(".") not in TITLES]
    for word in whole:
        parts = [plain(piece) for piece in pieces(word)]
        if "-" in word or "’" in word or "'" in word:
            yield "".join(parts)
        for part in parts:
            if len(part) >= 2 and (part not in PARTICLES or len(whole) == 1):
                yield part
    if len(whole) == 2:
        yield plain("".join(piece for word in whole for piece in pieces(word)))


def _cuts(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}

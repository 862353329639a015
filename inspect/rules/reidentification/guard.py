"""The guard itself: every rule over every passage, and the marks in the order of the text.

It reads words, not meaning. What it cannot see is said in `LIMITS`, and on the page where marks are ticked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .few import find_few
from .identifiers import find_identifiers
from .lexicon import Lexicon
from .marks import Find, Mark, Weight
from .people import find_people
from .places import find_places
from .roster import NameIndex, Roster, index_of
from .text import Folded, numberless, plain, tidy
from .times import find_times
from .unique import find_unique
from .wishes import Shingles, find_wishes, shingles_of

LIMITS = (
    N_("It reads words, not meaning: what is told so that those who were there understand, it does not see."),
    N_("It knows no names but those in the case and in its lists. A nickname that is a common word passes."),
    N_("It compares with what was said word by word. The same told in other words passes."),
    N_("It sees one letter at a time: what several letters tell together, it does not add up."),
    N_(
        "It reads Swedish, and English in the main. In other languages it finds numbers and the names of the case."
    ),
)
"""What it can miss, in words for whoever ticks the marks."""

NO_DICTIONARY = N_(
    "No Swedish dictionary is installed here: words at the beginning of a sentence are compared with names only."
)

RANK = {
    MarkKind.ROSTER: 0, MarkKind.IDENTIFIER: 1, MarkKind.WISH: 2, MarkKind.QUOTE: 2, MarkKind.FEW: 3, MarkKind.AGE: 4,
    MarkKind.DATE: 5, MarkKind.UNIQUE: 6, MarkKind.PLACE: 6, MarkKind.NAME: 7, MarkKind.CAPITAL: 8,
}  # fmt: skip
"""Where two marks lie over each other, the lower of these stands, and of two that are equal the longer. Those in APART stand beside the others."""
WEIGHTS = list(Weight)
APART = frozenset({MarkKind.WISH, MarkKind.QUOTE})
"""Stretches, not words: a name inside of one is marked too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to look through. `key` is for the caller; `language` is that of the text."""

    text: str
    language: str = "sv"
    key: str = ""


class Guard:
    """A roster and a lexicon, made ready to look through texts."""

    def __init__(self, roster: Roster, lexicon: Lexicon) -> None:
        self.roster = roster
        self.lexicon = lexicon
        self.standing = frozenset(numberless(sentence) for sentence in roster.standing)

    @cached_property
    def names(self) -> NameIndex:
        return index_of(self.roster.people)

    @cached_property
    def _withheld(self) -> Shingles:
        return shingles_of(self.roster.withheld)

    @cached_property
    def _phrases(self) -> re.Pattern[str] | None:
        """What everybody may know; a single word that is a name of the case too is not among it."""
        known = self.names.forms
        phrases = {
            tidy(phrase)
            for phrase in (*self.roster.phrases, *(one for one in self.lexicon.harmless if " " in one))
            if len(phrase.strip()) > 2 and (" " in phrase.strip() or plain(phrase.strip()) not in known)
        }
        if not phrases:
            return None
        either = "|".join(
            re.escape(one).replace(r"\ ", r"\s+") for one in sorted(phrases, key=len, reverse=True)
        )
        return re.compile(rf"(?<!\w)(?:{either})(?:s|:s|['’]s)?(?!\w)")

    def look(self, passage: Passage) -> tuple[Mark, ...]:
        """The marks of one passage, in the order of the text."""
        text = Folded(passage.text, passage.language)
        text.mask(list(self._known(text)))
        finds = [
            *find_identifiers(text, self.lexicon),
            *find_people(text, self.names, self.lexicon),
            *find_wishes(text, self._withheld, self.lexicon),
        ]
        finds += find_times(text, self.roster.dates)
        if passage.language in ("sv", "en"):
            finds += [
                *find_few(text),
                *find_places(text, self.lexicon, self.roster.municipality),
                *find_unique(text),
            ]
        return tuple(self._mark(text, find, passage) for find in _apart(finds))

    def _known(self, text: Folded) -> Iterator[tuple[int, int]]:
        if self._phrases is not None:
            for match in self._phrases.finditer(text.text):
                yield match.span()
        if self.standing:
            for start, end in text.sentences:
                if numberless(text.given[slice(*text.place(start, end))]) in self.standing:
                    yield start, end

    def _mark(self, text: Folded, find: Find, passage: Passage) -> Mark:
        start, end = text.place(find.start, find.end)
        sentence = text.sentence_at(find.start)
        words = passage.text[start:end]
        low = plain(tidy(words))
        return Mark(
            kind=find.kind,
            start=start,
            end=end,
            words=words,
            why=find.why,
            weight=find.weight,
            sentence=tidy(passage.text[slice(*text.place(*sentence))]),
            group=f"{find.kind} {find.group or _stem(low)}",
            passage=passage.key,
        )


def guard(passages: str | Sequence[Passage], roster: Roster, lexicon: Lexicon) -> tuple[Mark, ...]:
    """The marks of a text (in Swedish) or of passages, in their order."""
    given = [Passage(passages)] if isinstance(passages, str) else passages
    ready = Guard(roster, lexicon)
    return tuple(mark for passage in given for mark in ready.look(passage))


def _stem(low: str) -> str:
    """The word without its genitive, so that its marks are ticked together."""
    return re.sub(r"(?:['’:]?s)\Z", "", low) if len(low) > 3 else low


def _apart(finds: list[Find]) -> list[Find]:
    """The marks of which none lies over another; the stretches of APART stand on their own."""
    order = sorted(
        finds,
        key=lambda find: (RANK[find.kind], WEIGHTS.index(find.weight), find.start - find.end, find.kind),
    )
    kept: list[Find] = []
    covered: set[int] = set()
    for find in order:
        place = range(find.start, find.end)
        if find.kind in APART:
            kept.append(find)
        elif covered.isdisjoint(place):
            kept.append(find)
            covered.update(place)
    return sorted(set_apart(kept), key=lambda find: (find.start, find.end))


def set_apart(finds: list[Find]) -> list[Find]:
    """Of stretches that are the same, one."""
    seen: set[tuple[int, int, MarkKind]] = set()
    made = []
    for find in finds:
        key = find.start, find.end, find.kind
        if key not in seen:
            seen.add(key)
            made.append(find)
    return made

"""How plain a text is, and where it could be plainer: for suggestions beside the text, never a refusal.

Pure. The readability index is that of rules/readability.py; the words are content
(interview_guides/plain_words.yaml).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ...interview_guides.plain_words import PlainWords
from .readability import lix, lix_of, sentence_spans, words_of

MOST_WORDS = 25
"""A sentence with more words is long."""

LEAST_LETTERS = 6
"""The least number of letters of a word that is taken for a passive by its ending alone."""

_WORD = re.compile(r"[^\W\d_]+")


class MarkKind(StrEnum):
    LONG = "long"
    WORD = "word"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class PlainMark:
    """From `begins` to before `ends` in the text. `words`: of a long sentence; `better`: for a word."""

    kind: MarkKind
    begins: int
    ends: int
    words: int = 0
    better: str = ""


@dataclass(frozen=True, slots=True)
class Plainness:
    """`lix` is rounded as it is spoken of; 0 for a text without words."""

    lix: int
    marks: tuple[PlainMark, ...] = ()

    def of(self, kind: MarkKind) -> tuple[PlainMark, ...]:
        return tuple(one for one in self.marks if one.kind is kind)


def plainness(text: str, words: PlainWords) -> Plainness:
    """The index of the text and everything that could be plainer, in reading order."""
    spans = sentence_spans(text)
    said = [words_of(text[begins:ends]) for begins, ends in spans]
    marks = sorted(
        (*_long(spans, said), *_officialese(text, words), *_passives(text, words)),
        key=lambda one: (one.begins, -one.ends),
    )
    return Plainness(round(lix_of([word for one in said for word in one], len(said))), tuple(marks))


def lix_of_all(texts: Iterable[str]) -> int:
    """The index of a whole letter: its paragraphs one after another, each on its own line."""
    return round(lix("\n".join(texts)))


def _long(spans: Sequence[tuple[int, int]], said: Sequence[Sequence[str]]) -> Iterator[PlainMark]:
    for (begins, ends), words in zip(spans, said, strict=True):
        if len(words) > MOST_WORDS:
            yield PlainMark(MarkKind.LONG, begins, ends, words=len(words))


@lru_cache(maxsize=8)
def _pattern(said: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(said, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _officialese(text: str, words: PlainWords) -> Iterator[PlainMark]:
    if words.better:
        for match in _pattern(tuple(words.better)).finditer(text):
            better = words.better[match[0].lower()]
            yield PlainMark(MarkKind.WORD, match.start(), match.end(), better=better)


def _passives(text: str, words: PlainWords) -> Iterator[PlainMark]:
    before = ""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in words.never and (
            (len(word) >= LEAST_LETTERS and word.endswith(words.endings))
            or (before in words.after and len(word) > 3 and word.endswith(words.then))
        ):
            yield PlainMark(MarkKind.PASSIVE, match.start(), match.end())
        before = word

"""A text as the guard reads it: folded to one form, cut into words and sentences, each with its place.

People write "Zoë" with one sign or two, break a name with a soft hyphen, and paste digits of other scripts.
The rules look at the folded text, in which these are one; every place leads back to the text as it was given.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from .triggers import triggers

MASK = "\ue000"
"""Stands in the place of what everybody may know; it belongs to no word."""

_WORD = re.compile(r"[^\W_]+(?:['’:.\-‐‑][^\W_]+)*")  # noqa: RUF001 - the hyphens that people write
_PIECE = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?…]+[”\"’)\]]*(?=\s|\Z)|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:kap|st|nr|kl|ca|dvs|etc|osv|resp|tel|jfr|s|p|art|sek|Mr|Mrs|Ms|Dr|No|e\.g|i\.e|t\.ex|bl\.a|m\.m|"
    r"f\.d|s\.k|o\.s\.v|m\.fl|d\.v\.s|fr\.o\.m|t\.o\.m)|\b[A-ZÅÄÖ])\.\Z"
)
_DIGIT = re.compile(r"\d")
_OPENING = (":", "•", "”", "“", '"', "–", "—", "·")
"""After these a capital says no more than at the beginning of a sentence."""
_ANY_NUMBER = re.compile(
    r"\{(?:total|talked|number|count|num)\}|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\b",
    re.IGNORECASE,
)
_BLANKS = " \t\u00a0\u2009\u202f"
_UNEVEN = re.compile(r"[ \t\u00a0]{2}|\t")
_BROKEN = re.compile(r"(?<!\n)\n(?=[a-zåäöé])")
_PLAIN = re.compile(r"[\x00-\xac\xae-\u02ff–—’‘“”„…•−‑‐   \n]*\Z")  # noqa: RUF001


class Word(NamedTuple):
    """One word of the folded text."""

    text: str
    low: str
    start: int
    end: int
    sentence: int
    begins: bool
    """It is the first word of its sentence, or stands after a colon or an opening quotation mark."""
    is_capital: bool


class Folded:
    """One text, folded. `language` is that of the text: "sv", "en" or another."""

    def __init__(self, text: str, language: str) -> None:
        self.given = text
        self.language = language
        self.text, self._places = _fold(text)

    def mask(self, spans: list[tuple[int, int]]) -> None:
        """Take these stretches out of what the rules see. Before the first rule has looked."""
        for start, end in spans:
            self.text = self.text[:start] + MASK * (end - start) + self.text[end:]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text as it was given."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence begins and ends."""
        found, start = [], 0
        for match in _END.finditer(self.text):
            if match[0][0] == "." and _goes_on(self.text, match):
                continue
            if self.text[start : match.end()].strip():
                found.append((start, match.end()))
                start = match.end()
        if self.text[start:].strip():
            found.append((start, len(self.text)))
        return tuple(found)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        made: list[Word] = []
        text, sentences = self.text, self.sentences
        at, begun = 0, False
        past = sentences[0][1] if sentences else 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            while start >= past:
                at, begun = at + 1, False
                past = sentences[at][1]
            said = match[0]
            capital = said[0].isupper()
            begins = not begun and MASK not in text[sentences[at][0] : start]
            if capital and not begins:
                begins = text[max(0, start - 3) : start].rstrip().endswith(_OPENING)
            made.append(Word(said, said.casefold(), start, end, at, begins, capital))
            begun = True
        return tuple(made)

    @cached_property
    def _triggers(self) -> tuple[int, ...]:
        """What each sentence may hold."""
        bits = [0] * len(self.sentences)
        for word in self.words:
            bits[word.sentence] |= triggers(word.low)
        return tuple(bits)

    def finds(self, pattern: re.Pattern[str], *needs: int) -> Iterator[re.Match[str]]:
        """The matches of a pattern in the sentences that hold what it needs: the others cannot match.

        `needs`: triggers added up; a sentence must have all of one of them.
        """
        for span, bits in zip(self.sentences, self._triggers, strict=True):
            if any(bits & need == need for need in needs):
                yield from pattern.finditer(self.text, *span)

    @cached_property
    def with_digits(self) -> list[tuple[int, int]]:
        """The sentences that hold a digit."""
        return [span for span in self.sentences if _DIGIT.search(self.text, *span)]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence that holds this place; the whole text when none does."""
        for start, end in self.sentences:
            if start <= place < end:
                return start, end
        return 0, len(self.text)


def pieces(word: str) -> list[str]:
    """The parts of a word with hyphens, colons or apostrophes, each in lower case."""
    return [piece.casefold() for piece in _PIECE.findall(word)]


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower case and without marks over the letters: "Åsa", "asa" and "ÅSA" are one."""
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign)
    )


def tidy(text: str) -> str:
    """A sentence as ticks compare it: blanks count for nothing."""
    return " ".join(text.split())


def numberless(sentence: str) -> str:
    """A sentence as it is compared with those of the wording: numbers, and their places in a template, are one."""
    return _ANY_NUMBER.sub("#", tidy(sentence))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """A full stop that ends no sentence: after an abbreviation, a number or an initial, or before lower case."""
    if _ABBREVIATION.search(text[max(0, match.start() - 10) : match.start() + 1]):
        return True
    rest = text[match.end() : match.end() + 3].lstrip(' \u00a0”"(')
    return bool(rest) and rest[0].islower()


def _fold(text: str) -> tuple[str, list[int] | None]:
    if _PLAIN.match(text) and not _UNEVEN.search(text):
        return _even(text), None
    made: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for sign in unicodedata.normalize("NFKC", text[at:end]):
            if unicodedata.category(sign) == "Cf" or (sign in _BLANKS and made and made[-1] == " "):
                continue
            made.append(" " if sign in _BLANKS else _digit(sign))
            places.append(at)
        at = end
    places.append(len(text))
    return _even("".join(made)), places


def _even(text: str) -> str:
    """Hyphens and blanks of one kind; a line that is broken in the middle of a sentence is one with the next."""
    text = text.replace("\u00a0", " ").replace("\u2011", "-").replace("\u2010", "-")
    return _BROKEN.sub(" ", text) if "\n" in text else text


def _digit(sign: str) -> str:
    if sign.isascii() or not sign.isdecimal():
        return sign
    return str(unicodedata.decimal(sign))

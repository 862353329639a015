"""How hard a text is to read, as a number: the readability index LIX.

C. H. Björnsson, *Läsbarhet* (Liber, 1968): words per sentence, plus long words per hundred words, where a
long word has more than six letters. Up to 25 a text is as easy as a book for children; around 40 it reads
like a newspaper, and above 55 like an authority at its worst.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

LONG_WORD = 7
"""The least number of letters of a long word."""

EASY = 25
"""The highest LIX of what is said to a child."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# A full stop, question mark or exclamation mark ends a sentence, unless what follows goes on in lower case or
# with a number ("kap. 7 §"). So does a colon before a capital, and the end of a line. "…" stands for a name.
_END = re.compile(r"[.!?]+[”\"’)]*(?!\S)(?!\s+[\da-zåäö])|:(?=\s+[”\"]?[A-ZÅÄÖ])|\n|\Z")


def words_of(text: str) -> list[str]:
    """The words of a text in their order; a word with a hyphen or an apostrophe is one."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in their order, without those that hold no word."""
    return [part.strip() for part in _END.split(text) if _WORD.search(part)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of :func:`sentences_of` stand in the text, with the sign that ends each."""
    spans, begins = [], 0
    for end in _END.finditer(text):
        part = text[begins : end.end()]
        if _WORD.search(part):
            spans.append((begins + len(part) - len(part.lstrip()), begins + len(part.rstrip())))
        begins = end.end()
    return spans


def lix(text: str) -> Fraction:
    """The readability index of a text, exact; ``round(lix(text))`` is the number that is spoken of.

    A text without words has the index 0.
    """
    return lix_of(words_of(text), len(sentences_of(text)))


def lix_of(words: Sequence[str], sentences: int) -> Fraction:
    """The index of a text with these words in so many sentences."""
    if not words:
        return Fraction(0)
    long = sum(1 for word in words if len(word) >= LONG_WORD and _letters(word) >= LONG_WORD)
    return Fraction(len(words), sentences) + Fraction(100 * long, len(words))


def _letters(word: str) -> int:
    return len(word) if word.isalpha() else sum(letter.isalpha() for letter in word)

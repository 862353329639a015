"""Mask passages of a text so that nothing of them is left: neither a word, nor its length, nor how many.

A mask covers whole words. Masks that only blanks or signs stand between become one, and each becomes the
same words: what leaves depends on nothing that is masked. What is not secret goes out (TF 2 kap. 15 §).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...models.openness_words import Ground

JOINERS = frozenset("-'’.@:/_")
"""Signs that hold a word together when they stand within it: Anna-Lisa, 12.30, a.b@exempel.se."""
ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Span:
    """From character `start` to before `end`, masked on `ground`."""

    start: int
    end: int
    ground: Ground


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a sentence with its number in the text, from 1: how people point at it without a mouse."""

    number: int
    start: int
    end: int


def cleaned(text: str) -> str:
    """The text as it is frozen: composed characters, one kind of line break, and no sign that shows nothing.

    A sign that nobody sees could carry what nobody has assessed.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    blanks = composed.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(one for one in blanks if one == "\n" or unicodedata.category(one)[0] != "C").strip()


def words_of(text: str) -> tuple[Piece, ...]:
    """The words, without the signs around them."""
    found: list[Piece] = []
    at = 0
    while at < len(text):
        if not _is_letter(text[at]):
            at += 1
            continue
        start = at
        while at < len(text) and (_is_letter(text[at]) or _joins(text, at)):
            at += 1
        found.append(Piece(len(found) + 1, start, at))
    return tuple(found)


def sentences_of(text: str) -> tuple[Piece, ...]:
    """The sentences: each ends at a sign that ends one before a blank, or at the end of its line."""
    found: list[Piece] = []
    start = 0
    for at, sign in enumerate(text):
        last = at + 1 == len(text)
        ends = sign == "\n" or last or (sign in ENDS and text[at + 1].isspace())
        if not ends:
            continue
        begin, end = _trimmed(text, start, at + 1)
        if begin < end:
            found.append(Piece(len(found) + 1, begin, end))
        start = at + 1
    return tuple(found)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range out to the borders of the words that it touches, without blanks at its ends."""
    start, end = _trimmed(text, max(0, start), min(len(text), end))
    touched = [word for word in words_of(text) if word.start < end and word.end > start]
    if touched:
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    return start, end


def places_of(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where these words stand in the text, in whatever case, as whole words."""
    asked, folded = words.strip().casefold(), text.casefold()
    if not asked or len(folded) != len(text):
        asked, folded = words.strip(), text
    found = []
    at = folded.find(asked) if asked else -1
    while at >= 0:
        end = at + len(asked)
        inside = (at > 0 and _is_letter(text[at - 1])) or (end < len(text) and _is_letter(text[end]))
        if not inside or whole_words(text, at, end) != (at, end):
            found.append(whole_words(text, at, end))
        else:
            found.append((at, end))
        at = folded.find(asked, end)
    return tuple(dict.fromkeys(found))


def joined(text: str, spans: Iterable[Span]) -> tuple[tuple[int, int, frozenset[Ground]], ...]:
    """The stretches that are masked, with their grounds: whole words, those beside each other as one."""
    made: list[tuple[int, int, frozenset[Ground]]] = []
    whole = sorted((*whole_words(text, one.start, one.end), one.ground) for one in spans)
    for start, end, ground in whole:
        if start >= end:
            continue
        if made and (start <= made[-1][1] or not any(map(_is_letter, text[made[-1][1] : start]))):
            before = made.pop()
            made.append((before[0], max(before[1], end), before[2] | {ground}))
        else:
            made.append((start, end, frozenset({ground})))
    return tuple(made)


def mask_words(grounds: Iterable[Ground]) -> str:
    """What stands where something is masked: "[maskerat: OSL 26 kap. 1 §]"."""
    order = list(Ground)
    cited = [one.cited for one in sorted(set(grounds), key=order.index)]
    return f"[maskerat: {' och '.join((', '.join(cited[:-1]), cited[-1]) if len(cited) > 1 else cited)}]"


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with each stretch that is masked replaced by the words for it."""
    return "".join(said for said, _ in parts_of(text, spans))


def parts_of(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The text in stretches: what goes out as it is, and the words for what does not (True)."""
    at = 0
    for start, end, grounds in joined(text, spans):
        if at < start:
            yield text[at:start], False
        yield mask_words(grounds), True
        at = end
    if at < len(text):
        yield text[at:], False


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _joins(text: str, at: int) -> bool:
    return (
        text[at] in JOINERS
        and at > 0
        and at + 1 < len(text)
        and _is_letter(text[at - 1])
        and _is_letter(text[at + 1])
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

"""Where selections begin and end: programs count the characters of a text in different ways.

The format counts Unicode characters (code points) of the text as it lies in the file, from 0, the end
not included. In practice some programs count a Windows line end (CR LF) as one character, some count
UTF-16 units (two for an emoji), and some count the byte order mark. Which way a file was written is
found by trying: all selections must fit, and where a selection carries its words as a name, they must
stand there.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, product

_ONE_LINE_END = ("atlas",)
"""Programs that are known to count CR LF as one character, by the beginning of `origin`."""

_AS_THE_FORMAT_SAYS = ("tillsyn",)
"""Programs that are known to count as the format says."""

_ENOUGH = 8
"""So many characters of a name say something about the words it was made from."""


@dataclass(frozen=True, slots=True)
class Span:
    """A selection as the file has it; `name` often holds its first words."""

    begins: int
    ends: int
    name: str = ""


def code_points(
    text: str, spans: Sequence[Span], *, origin: str = "", had_mark: bool = False
) -> list[tuple[int, int] | None]:
    """Begin and end of each span in code points of `text`; None for one that lies outside it.

    Nothing is guessed when the text has only characters that all programs count alike.
    """
    ways = _ways(text, origin, had_mark)
    if len(ways) == 1 or not spans:
        return [_plain(span, len(text)) for span in spans]
    best: list[tuple[int, int] | None] = []
    best_score: tuple[int, int] | None = None
    for way in ways:
        found = _translated(text, spans, *way)
        inside = sum(one is not None for one in found)
        named = sum(
            one is not None and _says(span.name, text[slice(*one)])
            for one, span in zip(found, spans, strict=True)
        )
        if best_score is None or (inside, named) > best_score:
            best, best_score = found, (inside, named)
    return best


def _ways(text: str, origin: str, had_mark: bool) -> list[tuple[int, int, int]]:
    """The ways to count that differ for this text, the likeliest first: size of an astral character,
    of the CR of a CR LF, and of a mark before the text."""
    if origin.lower().startswith(_AS_THE_FORMAT_SAYS):
        return [(1, 1, 0)]
    line_ends = [1, 0] if "\r\n" in text else [1]
    if origin.lower().startswith(_ONE_LINE_END):
        line_ends.reverse()
    astral = [1, 2] if any(character > "\uffff" for character in text) else [1]
    marks = [0, 1] if had_mark else [0]
    return list(product(astral, line_ends, marks))


def _plain(span: Span, length: int) -> tuple[int, int] | None:
    return (span.begins, span.ends) if 0 <= span.begins <= span.ends <= length else None


def _translated(
    text: str, spans: Sequence[Span], astral: int, carriage_return: int, mark: int
) -> list[tuple[int, int] | None]:
    sizes = (
        astral
        if character > "\uffff"
        else carriage_return
        if character == "\r" and text[place + 1 : place + 2] == "\n"
        else 1
        for place, character in enumerate(text)
    )
    counted = list(accumulate(sizes, initial=mark))
    found: list[tuple[int, int] | None] = []
    for span in spans:
        begins, ends = _place(counted, span.begins), _place(counted, span.ends)
        found.append(None if begins is None or ends is None or ends < begins else (begins, ends))
    return found


def _place(counted: list[int], position: int) -> int | None:
    """The code point at a counted position; None outside the text and in the middle of a character."""
    place = bisect_left(counted, position)
    return place if place < len(counted) and counted[place] == position else None


def _says(name: str, words: str) -> bool:
    """Does `name` hold the first words of the selection, as programs write them there?"""
    said = " ".join(name.rstrip(".… ").split())
    told = " ".join(words.split())
    return bool(said) and (told == said or (len(said) >= _ENOUGH and told.startswith(said)))


def with_plain_line_ends(text: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """`text` with LF for CR LF and CR, and where the given places (code points) stand in it then."""
    if "\r" not in text:
        return text, list(places)
    gone = list(accumulate((
        character == "\r" and text[place + 1 : place + 2] == "\n" for place, character in enumerate(text)
    ), initial=0))  # fmt: skip
    return text.replace("\r\n", "\n").replace("\r", "\n"), [place - gone[place] for place in places]

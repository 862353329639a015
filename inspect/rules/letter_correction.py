"""The correction of an obvious writing error in a letter (FL 36 §): these words become those, nothing else.

It works on the frozen content, of any kind of letter and any pack. So what is not corrected cannot change,
even if the case has changed since.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 200
"""Characters of the wrong words, or of the right ones: more than that is no slip of the pen."""

MOST_WHY = 2_000

_AROUND = 90
"""Characters that are shown before and after the words."""

NOT_WORDS = frozenset(
    {
        "block", "key", "language", "form", "sign", "number", "corrects", "dated_on", "reference",
        "authority", "example", "method_stamp", "picture", "in_common",
    }
)  # fmt: skip
"""Parts of a letter's data that are no words about the case: names for the program, the sender, the stamp."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the words stand, with what stands around them in the same text."""

    before: str
    found: str
    after: str


def places_of(content: Mapping[str, Any], wrong: str) -> tuple[Place, ...]:
    """Every place of the letter where the words stand, in its order; none for words that are nowhere."""
    pattern = _pattern(wrong)
    if pattern is None:
        return ()
    return tuple(
        Place(_shortened(text[: one.start()], from_end=True), one.group(), _shortened(text[one.end() :]))
        for text in _texts(content)
        for one in pattern.finditer(text)
    )


def changed_texts(content: Mapping[str, Any], wrong: str, right: str) -> tuple[tuple[str, str], ...]:
    """Each text in which the words stand, as it is and as it will be."""
    pattern = _pattern(wrong)
    if pattern is None:
        return ()
    return tuple(
        (text, pattern.sub(lambda _found: right.strip(), text))
        for text in _texts(content)
        if pattern.search(text)
    )


def corrected(content: Mapping[str, Any], wrong: str, right: str) -> dict[str, Any]:
    """The letter's data with the right words in every place of the wrong ones. `content` stays as it is.

    Words are found whole, and whatever blanks stand between them.
    """
    pattern = _pattern(wrong)
    if pattern is None:
        return dict(content)
    made: dict[str, Any] = _exchanged(content, pattern, right.strip())
    return made


def _shortened(text: str, *, from_end: bool = False) -> str:
    if len(text) <= _AROUND:
        return text
    return f"…{text[-_AROUND:].partition(' ')[2]}" if from_end else f"{text[:_AROUND].rpartition(' ')[0]}…"


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [re.escape(part) for part in words.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)") if parts else None


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for name, part in value.items():
                if name not in NOT_WORDS:
                    yield from _texts(part)
        case list() | tuple():
            for part in value:
                yield from _texts(part)


def _exchanged(value: Any, pattern: re.Pattern[str], right: str) -> Any:
    match value:
        case str():
            return pattern.sub(lambda _found: right, value)
        case Mapping():
            return {
                name: part if name in NOT_WORDS else _exchanged(part, pattern, right)
                for name, part in value.items()
            }
        case list() | tuple():
            return [_exchanged(part, pattern, right) for part in value]
        case _:
            return value

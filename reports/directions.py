"""Latin words and numbers inside text that is written from right to left.

Where Arabic meets "010-000 00 00" or a registration number, the rules for text of both directions turn the
parts of the number round. Such stretches are therefore kept apart, in every form of a letter.
"""

import re
from collections.abc import Iterator

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "prs", "ps", "ug", "ur", "yi"})
"""Languages, by their tag, that are written from right to left."""

# Letters of the Latin script with their marks; digits as they are used with them.
_SIGN = r"0-9A-Za-z\u00c0-\u024f"
_STRETCH = re.compile(
    rf"[+]?[{_SIGN}](?:[{_SIGN}@._/:+&'’–-]|[ \u00a0](?=[{_SIGN}]))*(?<=[{_SIGN}])|[{_SIGN}]"
)


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in its order, cut where the direction changes; True for what is read from left to right."""
    at = 0
    for found in _STRETCH.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False

"""Citations of law and numbers that a line must not break, held together as they are read."""

import re

_NBSP = "\u00a0"
_DIGIT = re.compile(r"\d")
_BINDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d) (?=(?:kap\.|§))"), _NBSP),
    (re.compile(r"(?<=\d) ([a-z]) (?=§)"), rf"{_NBSP}\1{_NBSP}"),
    (re.compile(r"(?<=§) (?=\d)"), _NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), _NBSP),
    (re.compile(r"\b(ch\.|s\.|ss\.|art\.|arts) (?=\d)"), rf"\1{_NBSP}"),
)


def bind(text: str) -> str:
    """Citations and numbers held together by non-breaking spaces: "5 kap.", "20 c §", "ch. 5", "100 000".

    Done here because an author cannot see such a space in an editor.
    """
    if _DIGIT.search(text):  # every binding holds a number; most wordings have none
        for pattern, replacement in _BINDINGS:
            text = pattern.sub(replacement, text)
    return text

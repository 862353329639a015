"""The one-time code of an invitation: made by lot, easy to type from paper, too long to guess.

The signs are those of the survey's codes (rules/survey_codes.py): none that are taken for one another. Twelve
signs of twenty-four are 55 bits; it also works only together with the address it was made for.
"""

from collections.abc import Callable

from .survey_codes import SIGNS

LENGTH = 12
GROUP = 4
DAYS = 30
"""How long an invitation can be used: a letter by post takes its time, and somebody may be on holiday."""

_LOOKS_LIKE = str.maketrans({"Z": "2", "S": "5", "B": "8", "6": "G", "U": "V"})


def new_invitation_code(choose: Callable[[str], str]) -> str:
    """A code of `LENGTH` signs; `choose` draws one sign by lot (secrets.choice)."""
    return "".join(choose(SIGNS) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """As it stands on paper: K7MF-2QXD-9HJK."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_invitation_code(typed: str) -> str:
    """What was typed, as a code: without spaces and hyphens, in capitals. It need not be one."""
    return read_signs(typed)[: LENGTH + 1]


def read_signs(typed: str) -> str:
    """What was typed without spaces and hyphens, in capitals, and signs that look alike as those we use."""
    kept = "".join(sign for sign in typed[:80].upper() if sign.isascii() and sign.isalnum())
    return kept.translate(_LOOKS_LIKE)

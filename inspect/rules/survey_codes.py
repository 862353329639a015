"""The one-time code of a survey: short enough for a child to type, too many to guess.

Signs that are taken for one another stand in it once only: there is no O, 0, I, 1 or L, and whoever types Z,
S, B, U or 6 is taken to mean the sign that it looks like. Without vowels it spells nothing. Nine signs of
twenty-four are 41 bits; guessing is slowed down in the database as well (services/answer_survey.py).
"""

from collections.abc import Callable

SIGNS = "2345789CDFGHJKMNPQRTVWXY"
LENGTH = 9
GROUP = 3

_LOOKS_LIKE = str.maketrans({"Z": "2", "S": "5", "B": "8", "6": "G", "U": "V"})


def new_code(choose: Callable[[str], str]) -> str:
    """A code as it is stored and sent, `LENGTH` signs; `choose` draws one sign by lot (secrets.choice)."""
    return "".join(choose(SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code as it stands on paper: K7M-F2Q-XD9."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """What was typed, as a code: without spaces and hyphens, in capitals. It need not be one."""
    kept = "".join(sign for sign in typed[:60].upper() if sign.isascii() and sign.isalnum())
    return kept.translate(_LOOKS_LIKE)[: LENGTH + 1]

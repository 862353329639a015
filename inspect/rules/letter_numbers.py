"""The number of a frozen letter: drawn by lot, so that it tells nothing and leads to no other letter.

"F-7K3TC-9TXMM": nine signs by lot and a tenth that proves the others. Nine signs of 23 are 40 bits, and
guessing is slowed down in the database as well (services/recognise_letter.py). Of signs that are taken for
one another only one is used, as in the codes of surveys, and without vowels they spell nothing. The tenth
sign makes the weighted sum divisible by 23, a prime: a wrong sign, and two that changed places, are noticed.
"""

from collections.abc import Callable

SIGNS = "2345789CDFGHJKMNPRTVWXY"
PREFIX = "F"
LENGTH = 10
GROUP = 5
MOST_TYPED = 60
"""Characters of what was typed that are looked at."""

_LOOKS_LIKE = str.maketrans({"Z": "2", "S": "5", "B": "8", "6": "G", "U": "V"})


def new_number(choose: Callable[[str], str]) -> str:
    """A number as it is stored and printed; `choose` draws one sign by lot (secrets.choice)."""
    drawn = "".join(choose(SIGNS) for _ in range(LENGTH - 1))
    return shown(drawn + next(sign for sign in SIGNS if _holds(drawn + sign)))


def shown(signs: str) -> str:
    """The ten signs as they stand on paper."""
    return "-".join((PREFIX, *(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))))


def read_number(typed: str) -> str | None:
    """What was typed, as a number; with or without its hyphens and its F, in small letters too.

    None when it cannot be one: a sign is missing, or wrong, or two have changed places.
    """
    kept = "".join(sign for sign in typed[:MOST_TYPED].upper() if sign.isascii() and sign.isalnum())
    signs = (kept.removeprefix(PREFIX) if len(kept) > LENGTH else kept).translate(_LOOKS_LIKE)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS) or not _holds(signs):
        return None
    return shown(signs)


def _holds(signs: str) -> bool:
    return sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=1)) % len(SIGNS) == 0

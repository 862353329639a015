"""The code for the way back into an account: two halves, each known to one of two people.

The signs are those of invitations (rules/invitation_codes.py). Eight signs of twenty-four are 36 bits.
"""

from collections.abc import Callable
from datetime import timedelta

from .invitation_codes import read_signs
from .survey_codes import SIGNS

HALF = 8
WORKS_FOR = timedelta(hours=24)
"""From the confirmation on."""


def new_half(choose: Callable[[str], str]) -> str:
    """`choose` draws one sign by lot (secrets.choice)."""
    return "".join(choose(SIGNS) for _ in range(HALF))


def read_code(typed: str) -> str:
    """Both halves as they were typed, one after the other: without spaces and hyphens, in capitals."""
    return read_signs(typed)[: 2 * HALF + 1]

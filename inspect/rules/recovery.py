"""The code for the way back into an account: two halves, each known to one of two people.

The signs are those of invitations (rules/invitation_codes.py). Eight signs of twenty-four are 36 bits.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

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


class WayBack(Enum):
    """For whom there are two others here who can open the way back into an account together."""

    FOR_NOBODY = auto()
    NOT_FOR_THOSE_WHO_OPEN_IT = auto()
    """For all but some of those who would open it for others."""
    FOR_ALL = auto()


def way_back(administrators: AbstractSet[UUID], supervisors: AbstractSet[UUID]) -> WayBack:
    """An administrator begins, another administrator or a supervisor confirms; neither is the person."""
    confirm = administrators | supervisors

    def has_one(person: UUID | None) -> bool:
        return any(confirm - {person, one} for one in administrators if one != person)

    if not has_one(None):
        return WayBack.FOR_NOBODY
    if not all(has_one(one) for one in confirm):
        return WayBack.NOT_FOR_THOSE_WHO_OPEN_IT
    return WayBack.FOR_ALL

"""Short names in a case: `b4` for a child, `p2` for staff, `o1` for an observation, `u17` for a statement."""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection


def hold_case(db: Session, inspection: Inspection) -> None:
    """Make those who record in the same case at the same time wait for each other (until the commit).

    SQLite writes one transaction at a time anyway and ignores the lock.
    """
    db.execute(select(Inspection.id).where(Inspection.id == inspection.id).with_for_update())


def next_name(letter: str, taken: Iterable[str]) -> str:
    """The name after the highest one taken: `next_name("b", ["b1", "b3"])` is `b4`."""
    numbers = (re.fullmatch(rf"{letter}(\d+)", name) for name in taken)
    return f"{letter}{max((int(found[1]) for found in numbers if found), default=0) + 1}"

"""What is missing first in each of a handful of cases, for the page that lists them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ..rules.inspection_flow import Reason, Step, steps_from
from .find_inspection import WHOLE
from .gather_facts import gather_facts

A_HANDFUL = 8
"""The facts of a case take several questions to the database; a first page cannot ask for a hundred."""


def find_next_steps(
    db: Session, cases: Sequence[Inspection], *, now: datetime
) -> dict[UUID, tuple[Step, tuple[Reason, ...]]]:
    """The first step out of where each case stands, and what keeps it shut; for the first few of `cases`.

    A case beyond those, or at the end of its way, is not in the answer.
    """
    few = [case.id for case in cases[:A_HANDFUL]]
    if not few:
        return {}
    whole = db.scalars(select(Inspection).where(Inspection.id.in_(few)).options(*WHOLE)).unique()
    found = {}
    for inspection in whole:
        ways = steps_from(gather_facts(db, inspection, now=now))
        if ways:
            found[inspection.id] = ways[0]
    return found

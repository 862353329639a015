"""What is missing first in each of a handful of cases, for the page that lists them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ..rules.grave_accounts import Account
from ..rules.inspection_flow import Reason, Step, steps_from
from .gather_facts import gather_facts_of

A_HANDFUL = 8
"""The facts of a case take several questions to the database; a first page cannot ask for a hundred."""


def find_next_steps(
    db: Session,
    cases: Sequence[Inspection],
    *,
    now: datetime,
    accounts: Mapping[UUID, Sequence[Account]] | None = None,
) -> dict[UUID, tuple[Step, tuple[Reason, ...]]]:
    """The first step out of where each case stands, and what keeps it shut; for the first few of `cases`.

    The cases come with their teams. A case beyond those, or at the end of its way, is not in the answer.
    `accounts`: the grave accounts of the cases, when already at hand.
    """
    if not cases:
        return {}
    facts = gather_facts_of(db, cases[:A_HANDFUL], now=now, accounts=accounts)
    ways = ((case, steps_from(found)) for case, found in facts.items())
    return {case: steps[0] for case, steps in ways if steps}

"""The grave accounts that wait for a person, in all the cases that are open to them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.codings import Coding
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ..rules.access import Actor, Permission, may
from ..rules.grave_accounts import Account, may_not_countersign
from ..rules.weighing.configuration import GRAVE
from .find_accounts import find_accounts_of
from .record_acute import may_note

_WITH_ACCOUNTS = union(
    select(Statement.inspection_id).where(
        among(Statement.inspection_id, "cases"), Statement.severity >= GRAVE
    ),
    select(Coding.inspection_id).where(among(Coding.inspection_id, "cases"), Coding.severity >= GRAVE),
)


def accounts_of_cases(db: Session, cases: Sequence[Inspection]) -> dict[UUID, list[Account]]:
    """Every grave account of `cases`, by case; a case without any is not in the answer."""
    if not cases:
        return {}
    held = set(db.execute(_WITH_ACCOUNTS, {"cases": [one.id for one in cases]}).scalars())
    return find_accounts_of(db, [one for one in cases if one.id in held])


def list_accounts(
    db: Session,
    actor: Actor,
    cases: Sequence[Inspection],
    found: Mapping[UUID, Sequence[Account]] | None = None,
) -> list[tuple[Inspection, list[Account]]]:
    """The cases of `cases` (open to `actor`) with accounts that still are flagged; the gravest case first.

    Inspectors and the decision-maker see all of their cases' accounts; others in the team those whose
    investigation they can countersign. `found`: accounts_of_cases, when already at hand.
    """
    if found is None:
        found = accounts_of_cases(db, cases)
    rows = [
        (one, [account for account in found.get(one.id, ()) if _concerns(actor, one, account)])
        for one in cases
    ]
    return sorted(
        ((one, accounts) for one, accounts in rows if accounts),
        key=lambda row: (-row[1][0].severity, row[1][0].first_coded_at),
    )


def _concerns(actor: Actor, inspection: Inspection, account: Account) -> bool:
    if not account.is_flagged:
        return False
    if may_note(actor, inspection):
        return True
    return may(actor, Permission.COUNTERSIGN, inspection) and not may_not_countersign(account, actor.user_id)

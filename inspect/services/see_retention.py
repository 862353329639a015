"""What registrars and supervisors see of how long records are kept: numbers, rules, receipts; no contents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.people import User
from ...models.retention import Disposal
from ..rules.keeping import KEEPING, Keeping


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a disposal destroyed: cases, and rows of each table, the most first."""

    cases: int
    left: int
    waiting: int
    rows: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(number for _, number in self.rows)


def receipt_of(disposal: Disposal) -> Receipt:
    """What there is to say of a disposal now; final when it is done."""
    rows: Counter[str] = Counter(disposal.counts)
    for one in disposal.cases:
        rows.update(one.counts)
    gone = sum(one.disposed_at is not None for one in disposal.cases)
    left = sum(one.left_because is not None for one in disposal.cases)
    return Receipt(gone, left, len(disposal.cases) - gone - left, rows.most_common())


def tables_by_keeping() -> Mapping[Keeping, Sequence[str]]:
    """The tables of each class, by name."""
    return {keeping: sorted(name for name, own in KEEPING.items() if own is keeping) for keeping in Keeping}


def names_of(db: Session, ids: set[UUID | None]) -> dict[UUID, str]:
    """The names of accounts, for those that are given."""
    asked = select(User.id, User.name).where(User.id.in_({id for id in ids if id is not None}))
    return {row.id: row.name for row in db.execute(asked)}

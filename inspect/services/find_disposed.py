"""What became of cases that are disposed of: when, and under which decision. No page has to guess it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.retention import Disposal, DisposalCase, RecordType, RetentionRule
from ..rules.access import Actor, Permission, may


@dataclass(frozen=True, slots=True)
class DisposedOf:
    """A case of which the entry in the register is left. `decision_number`: of the rule that let it go."""

    at: datetime
    decision_number: str
    disposal_id: UUID | None


def disposed_of(db: Session, ids: Collection[UUID]) -> dict[UUID, DisposedOf]:
    """Those of these cases that are disposed of. Whether the reader may know of them is for the caller."""
    return _found(db, Inspection.id.in_(ids)) if ids else {}


def disposed_by_number(db: Session, actor: Actor, dnr: str) -> DisposedOf | None:
    """The case with this number, when it is disposed of and the register is for the actor to see."""
    if not may(actor, Permission.SEE_DIARY):
        return None
    return next(iter(_found(db, Inspection.dnr == dnr).values()), None)


def disposed_ids() -> Select[UUID]:
    """The cases of which nothing but the entry is left."""
    return select(Inspection.id).where(Inspection.disposed_at.is_not(None))


def _found(db: Session, which: ColumnElement[bool]) -> dict[UUID, DisposedOf]:
    """Parts may have gone before, each in a disposal of its own: what let the whole case go is told."""
    whole = (
        select(DisposalCase.inspection_id, DisposalCase.disposal_id, RetentionRule.decision_number)
        .join(Disposal, Disposal.id == DisposalCase.disposal_id)
        .join(RetentionRule, RetentionRule.id == Disposal.rule_id)
        .where(DisposalCase.disposed_at.is_not(None), RetentionRule.record_type == RecordType.CASE)
        .subquery()
    )
    rows = db.execute(
        select(Inspection.id, Inspection.disposed_at, whole.c.decision_number, whole.c.disposal_id)
        .outerjoin(whole, whole.c.inspection_id == Inspection.id)
        .where(which, Inspection.disposed_at.is_not(None))
    )
    return {id: DisposedOf(at, number or "", disposal) for id, at, number, disposal in rows if at}

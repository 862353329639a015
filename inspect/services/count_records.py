"""How much a case holds of each kind, in one question to the database."""

from uuid import UUID

from sqlalchemy import BindParameter, ScalarSelect, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.assessments import Check, Finding
from ...models.interviews import Evidence, Interview, Statement
from ...models.letters import Answer, Letter

CASE: BindParameter[UUID] = bindparam("inspection_id")


def _number(column: InstrumentedAttribute[UUID]) -> ScalarSelect[int]:
    return select(func.count()).where(column == CASE).scalar_subquery()


# Built once: every page of a case asks it, and building it costs more than answering it.
_COUNTS = select(
    _number(Interview.inspection_id).label("talks"),
    _number(Evidence.inspection_id).label("evidence"),
    _number(Statement.inspection_id).label("statements"),
    _number(Check.inspection_id).label("checks"),
    _number(Finding.inspection_id).label("findings"),
    select(func.count(Answer.id))
    .join(Letter, Letter.id == Answer.letter_id)
    .where(Letter.inspection_id == CASE, Letter.answers_sent_at.is_not(None))
    .scalar_subquery()
    .label("answers"),
)


def count_records(db: Session, inspection_id: UUID) -> dict[str, int]:
    """Numbers of `talks`, `evidence`, `statements`, `checks`, `findings` and sent `answers` of a case."""
    return dict(db.execute(_COUNTS, {"inspection_id": inspection_id}).one()._mapping)

"""How much a case holds of each kind, in one question to the database."""

from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.assessments import Check, Finding
from ...models.interviews import Evidence, Interview, Statement
from ...models.letters import Answer, Letter


def count_records(db: Session, inspection_id: UUID) -> dict[str, int]:
    """Numbers of `talks`, `evidence`, `statements`, `checks`, `findings` and sent `answers` of a case."""

    def number(column: InstrumentedAttribute[UUID]) -> ScalarSelect[int]:
        return select(func.count()).where(column == inspection_id).scalar_subquery()

    answers = (
        select(func.count(Answer.id))
        .join(Letter, Letter.id == Answer.letter_id)
        .where(Letter.inspection_id == inspection_id, Letter.answers_sent_at.is_not(None))
        .scalar_subquery()
    )
    row = db.execute(
        select(
            number(Interview.inspection_id).label("talks"),
            number(Evidence.inspection_id).label("evidence"),
            number(Statement.inspection_id).label("statements"),
            number(Check.inspection_id).label("checks"),
            number(Finding.inspection_id).label("findings"),
            answers.label("answers"),
        )
    ).one()
    return dict(row._mapping)

"""How much a case holds of each kind, in one question to the database."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.assessments import Check, Finding
from ...models.codings import Coding, Passage
from ...models.interviews import Evidence, Interview, Statement
from ...models.letters import Answer, Letter
from ...models.vocabulary import CodingPart
from ..rules.coding import SECOND_CODER_FROM
from ..rules.weighing.configuration import GRAVE

CASE: BindParameter[UUID] = bindparam("inspection_id")


def _number(column: InstrumentedAttribute[UUID]) -> ScalarSelect[int]:
    return select(func.count()).where(column == CASE).scalar_subquery()


def _left_to_code(table: type[Statement] | type[Passage], whole: ColumnElement[bool]) -> Any:
    """Units that nobody has judged, and units of 2 or more, or once grave, that wait for a second coder."""
    second = exists().where(Coding.unit_id == table.id, Coding.part == CodingPart.SECOND)
    was_grave = exists().where(Coding.unit_id == table.id, Coding.severity >= GRAVE)
    waits = and_(or_(table.severity >= SECOND_CODER_FROM, was_grave), ~second)
    return (
        select(func.count())
        .where(
            table.inspection_id == CASE,
            or_(and_(table.severity.is_(None), whole), waits),
        )
        .scalar_subquery()
    )


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
    (
        _left_to_code(Statement, ~exists().where(Passage.statement_id == Statement.id))
        + _left_to_code(Passage, true())
    ).label("to_code"),
)


def count_records(db: Session, inspection_id: UUID) -> dict[str, int]:
    """Numbers of `talks`, `evidence`, `statements`, `checks`, `findings` and sent `answers` of a case.

    `to_code`: how many statements and passages wait to be coded, by a first coder or a second.
    """
    return dict(db.execute(_COUNTS, {"inspection_id": inspection_id}).one()._mapping)

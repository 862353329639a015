"""What the coding still lacks before the case can leave the weighing."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from ...models.codings import Coding, Passage
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import CodingPart
from ..rules.coding import SECOND_CODER_FROM
from ..rules.two_coders import holds_up, judged
from ..rules.weighing.configuration import GRAVE

CASE: BindParameter[UUID] = bindparam("inspection_id")


def _without_second(table: type[Statement] | type[Passage]) -> Select[Any]:
    second = exists().where(Coding.unit_id == table.id, Coding.part == CodingPart.SECOND)
    was_grave = exists().where(Coding.unit_id == table.id, Coding.severity >= GRAVE)
    return select(table.label).where(
        table.inspection_id == CASE, or_(table.severity >= SECOND_CODER_FROM, was_grave), ~second
    )


_WITHOUT_SECOND = union_all(_without_second(Statement), _without_second(Passage))
_second = aliased(Coding)
_OF_TWO = (
    select(
        Coding.unit_id,
        Coding.part,
        Coding.number,
        Coding.theme,
        Coding.severity,
        Coding.coder_id,
        Coding.coded_at,
        func.coalesce(Passage.label, Statement.label).label("label"),
    )
    .join(Statement, Statement.id == Coding.statement_id)
    .outerjoin(Passage, Passage.id == Coding.passage_id)
    .where(
        Coding.inspection_id == CASE,
        exists().where(and_(_second.unit_id == Coding.unit_id, _second.part == CodingPart.SECOND)),
    )
)


def coding_left(db: Session, inspection: Inspection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Short names of the units of 2 or more (or once judged as grave) that lack a second coder, and of
    those whose two disagree."""
    here = {"inspection_id": inspection.id}
    lacking: tuple[str, ...] = tuple(db.scalars(_WITHOUT_SECOND, here))
    by_unit = defaultdict(list)
    for row in db.execute(_OF_TWO, here):
        by_unit[row.label].append(row)
    return lacking, tuple(label for label, rows in by_unit.items() if holds_up(judged(rows)))

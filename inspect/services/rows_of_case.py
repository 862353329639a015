"""The rows of one case in every table that goes with it: what a disposal takes, and the e-archive gets."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, or_, select

from ...models.base import Base
from ...models.inspections import Inspection
from ..rules.keeping import Keeping, keeping_of

CASES = Inspection.__tablename__
THE_CASE = bindparam("the_case", type_=Inspection.id.type)


@cache
def tables_with_case() -> Sequence[Table]:
    """Those whose rows go with their case, a table before those that refer to it."""
    return tuple(
        table for table in Base.metadata.sorted_tables if keeping_of(table.name) is Keeping.WITH_CASE
    )


@cache
def is_of_case(table: Table) -> ColumnElement[bool]:
    """Whether a row belongs to the case THE_CASE: by any way through what it refers to.

    A row that refers to a row of the case is of the case too, so that what refers to it never stays behind.
    """
    ways: list[ColumnElement[bool]] = []
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name == CASES:
                ways.append(column == THE_CASE)
            elif parent is not table and keeping_of(parent.name) is Keeping.WITH_CASE:
                ways.append(column.in_(select(key.column).where(is_of_case(parent))))
    if not ways:
        raise LookupError(f"no way from {table.name} to its case")
    return or_(*ways)


def given(case_id: UUID) -> dict[str, UUID]:
    """What a statement with `is_of_case` is asked with."""
    return {THE_CASE.key: case_id}

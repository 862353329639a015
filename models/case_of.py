"""Which case a row belongs to: the one that it would be deleted with.

The way is read from the foreign keys: a column of its own to the case, else the parent with which it goes
(ON DELETE CASCADE), and the parent's way. A table without such a way belongs to no case.
"""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, FromClause, Select, Table, select

CASES = "inspections"
_MOST_KEPT = 10_000
_known: dict[tuple[str, UUID], UUID | None] = {}
"""Parents and their cases, which never change."""


@cache
def way_to_case(table: Table) -> tuple[Column[Any], ...] | None:
    """Columns from `table` upwards, the last of which is the case's id; () for the cases themselves, None for
    what belongs to no case."""
    if table.name == CASES:
        return ()
    parents = [
        (column, key.column.table)
        for column in table.columns
        for key in column.foreign_keys
        if key.ondelete == "CASCADE" and key.column.table is not table
    ]
    for column, parent in parents:
        if parent.name == CASES:
            return (column,)
    for column, parent in sorted(parents, key=lambda one: bool(one[0].nullable)):
        further = way_to_case(parent)
        if further is not None:
            return (column, *further)
    return None


def case_of(connection: Connection, table: Table, value_of: Callable[[str], Any]) -> UUID | None:
    """The case of a row by the values of its columns, given by their names; None when it belongs to none."""
    way = way_to_case(table)
    if way is None:
        return None
    if not way:
        own: UUID = value_of("id")
        return own
    first, *further = way
    value: UUID | None = value_of(first.key)
    if value is None or not further:
        return value
    place = (first.key, value)
    if place not in _known:
        found = connection.execute(_upwards(way).where(_parent(first).columns.id == value)).scalar()
        if found is None:
            return None
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[place] = found
    return _known[place]


def rows_of_case(table: Table, *columns: Column[Any], case: UUID | None) -> Select[Any]:
    """These columns of the rows that belong to `case`; None: of those that belong to no case."""
    way = way_to_case(table)
    if way is None:
        return select(*columns)
    if not way:
        return select(*columns).where(table.c.id == case)
    source: FromClause = table
    for column in way[:-1]:
        source = source.join(_parent(column), _parent(column).columns.id == column)
    return select(*columns).select_from(source).where(way[-1] == case)


def _upwards(way: tuple[Column[Any], ...]) -> Select[Any]:
    source: FromClause = _parent(way[0])
    for column in way[1:-1]:
        source = source.join(_parent(column), _parent(column).columns.id == column)
    return select(way[-1]).select_from(source)


def _parent(column: Column[Any]) -> Table:
    (key,) = column.foreign_keys
    parent = key.column.table
    assert isinstance(parent, Table)  # noqa: S101 - for the type checker  # nosec B101
    return parent

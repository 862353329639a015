"""Every row of a database as it stands, and which of them hang on a case: told by what refers to what."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, select

from tillsyn.models.base import Base

Key = tuple[str, tuple[Any, ...]]
"""A table, and what tells its rows apart."""
Rows = Mapping[Key, Mapping[str, Any]]


def all_rows(connection: Connection) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = {}
    for table in Base.metadata.sorted_tables:
        names = [column.name for column in table.primary_key]
        for row in connection.execute(select(table)).mappings():
            found[table.name, tuple(row[name] for name in names)] = dict(row)
    return found


def picture(rows: Rows) -> dict[Key, str]:
    """A hash of each row, to the byte."""
    return {key: hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest() for key, row in rows.items()}


def hanging_on(rows: Rows, case_id: UUID, *, but_for: frozenset[str]) -> set[Key]:
    """The rows that refer to the case, or to a row that does, and so on; tables `but_for` left aside."""
    found: set[Key] = set()
    values: set[tuple[str, str, Any]] = {("inspections", "id", case_id)}
    grown = True
    while grown:
        grown = False
        for (name, own), row in rows.items():
            if name in but_for or (name, own) in found:
                continue
            table = Base.metadata.tables[name]
            keys = ((column, key) for column in table.columns for key in column.foreign_keys)
            if any(
                (key.column.table.name, key.column.name, row[column.name]) in values for column, key in keys
            ):
                found.add((name, own))
                values |= {(name, column.name, row[column.name]) for column in table.primary_key}
                grown = True
    return found


def sealed_values(rows: Rows, keys: set[Key]) -> set[bytes]:
    """What is sealed or is a file in these rows."""
    return {
        bytes(row[column.name])
        for key, row in rows.items()
        if key in keys
        for column in Base.metadata.tables[key[0]].columns
        if isinstance(getattr(column.type, "impl", column.type), LargeBinary) and row[column.name]
    }


def missing_references(rows: Rows) -> list[tuple[str, str]]:
    """Columns that refer to a row that is not there."""
    there = {
        (name, column, value) for (name, _), row in rows.items() for column, value in row.items() if value
        if isinstance(value, UUID | str)
    }  # fmt: skip
    return [
        (name, column.name)
        for (name, _), row in rows.items()
        for column in Base.metadata.tables[name].columns
        for key in column.foreign_keys
        if row[column.name] is not None
        and (key.column.table.name, key.column.name, row[column.name]) not in there
    ]

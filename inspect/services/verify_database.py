"""Is the database whole? Rows are counted, what is sealed opens, letters are the files they were, and the
log is the one that was written.

Used of a backup when it is made and again when it is restored; nothing is changed and nothing is read out.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Select, Table, func, inspect, select

from ...models.base import Base
from ...models.letters import LetterVersion
from ...models.sealed import SealedBytes, installed_cipher, reading_keys_from
from .verify_log import verify_log

SAMPLES = 50
"""How many of each sealed column are opened: enough to tell a wrong key, few enough to be quick."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What was found: rows by table, sealed values that open, and letters whose files are unchanged."""

    rows: dict[str, int]
    opened: int
    letters: int
    faults: tuple[str, ...]
    """Where something is not as it should be: tables, columns and ids, never contents."""


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows of every table that the database has, the table of the migrations among them."""
    known = MetaData()
    known.reflect(connection)
    return {
        name: connection.scalar(select(func.count()).select_from(table)) or 0
        for name, table in sorted(known.tables.items())
    }


def verify_database(connection: Connection) -> Whole:
    """Count, open samples of everything sealed with the cipher installed, compare letters with hashes, and
    compute the chain of the log again."""
    faults: list[str] = []
    with reading_keys_from(connection):
        opened_values = _open_samples(connection, faults)
    letters = _check_letters(connection, faults)
    faults += (f"the log: {fault}" for fault in verify_log(connection).faults)
    return Whole(count_rows(connection), opened_values, letters, tuple(faults))


def sealed_columns() -> Iterator[tuple[Table, "Column[bytes]"]]:
    """Every column that holds what is sealed."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedBytes):
                yield table, column


def open_sealed(table: Table, column: "Column[bytes]", row: Mapping[str, Any]) -> bytes:
    """What is sealed in one row. Raises the cipher's error, a ValueError, when it does not open."""
    assert isinstance(column.type, SealedBytes)  # noqa: S101 - for the type checker  # nosec B101
    return installed_cipher().open(row[column.name], column.type.associated(table.name, column.name, row))


def sealed_with_place(table: Table, column: "Column[bytes]") -> "Select[Any]":
    """The values of a sealed column that are there, with what `open_sealed` needs."""
    assert isinstance(column.type, SealedBytes)  # noqa: S101 - for the type checker  # nosec B101
    place = (table.c[one] for one in {"id", *column.type.place})
    return select(*place, column).where(column.is_not(None))


def _open_samples(connection: Connection, faults: list[str]) -> int:
    found = 0
    known = inspect(connection)
    present = {
        (table, column["name"]) for table in known.get_table_names() for column in known.get_columns(table)
    }
    for table, column in sealed_columns():
        if (table.name, column.name) not in present:  # the code is ahead of the database
            continue
        for row in connection.execute(sealed_with_place(table, column).limit(SAMPLES)).mappings():
            try:
                open_sealed(table, column, dict(row))
            except ValueError:
                faults.append(f"{table.name}.{column.name} of {row['id']} does not open")
            found += 1
    return found


def _check_letters(connection: Connection, faults: list[str]) -> int:
    rows = connection.execution_options(yield_per=20).execute(
        select(LetterVersion.id, LetterVersion.pdf, LetterVersion.pdf_sha256)
    )
    found = 0
    for id, pdf, expected in rows:
        if hashlib.sha256(pdf).hexdigest() != expected:
            faults.append(f"letter_versions.pdf of {id} is another file")
        found += 1
    return found

"""Is the database whole? Rows are counted, what is sealed opens, letters are the files they were, and the
log is the one that was written.

Used of a backup when it is made and again when it is restored; nothing is changed and nothing is read out.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, func, inspect, select

from ...models.base import Base
from ...models.letters import LetterVersion
from ...models.sealed import SealedBytes, opened
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
    opened_values = _open_samples(connection, faults)
    letters = _check_letters(connection, faults)
    faults += (f"the log: {fault}" for fault in verify_log(connection).faults)
    return Whole(count_rows(connection), opened_values, letters, tuple(faults))


def sealed_texts() -> Iterator[tuple[type[Base], str]]:
    """Sealed columns that stand by themselves, with the row's id as what binds them."""
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            if isinstance(column.type, SealedBytes) and "id" in mapper.columns:
                yield mapper.class_, column.key


def _open_samples(connection: Connection, faults: list[str]) -> int:
    found = 0
    known = inspect(connection)
    present = {
        (table, column["name"]) for table in known.get_table_names() for column in known.get_columns(table)
    }
    for model, column in sealed_texts():
        if (model.__tablename__, column) not in present:  # the code is ahead of the database
            continue
        table = model.__table__
        rows = connection.execute(
            select(table.c.id, table.c[column]).where(table.c[column].is_not(None)).limit(SAMPLES)
        )
        for id, sealed in rows:
            try:
                opened(model.__tablename__, column, id, sealed)
            except ValueError:
                faults.append(f"{model.__tablename__}.{column} of {id} does not open")
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

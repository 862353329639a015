"""Rows for a measurement, written past SQLAlchemy: one that is there as the pattern, many in one go."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, inspect, text

from tillsyn.models.sealed import held_bytes, opened_bytes

Row = dict[str, Any]
Settle = Callable[[bytes], bytes]
"""What is held, sealed with the key of the case that is being written (models/sealed.py)."""


def of_no_case(held: bytes) -> bytes:
    raise ValueError("a row with sealed text is written, and nobody said of which case")


def any_row(connection: Connection, table: str, where: str = "1 = 1") -> Row:
    """A row of `table` as the driver takes it back."""
    question = f"SELECT * FROM {table} WHERE {where} LIMIT 1"  # noqa: S608 - a table of ours
    found = connection.execute(text(question))
    row = found.mappings().one()
    # PostgreSQL's driver reads JSON into objects, and takes it back as text only.
    return {
        name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()
    }


def ids_after_all() -> Iterator[str]:
    """Ids that sort by the order of making, like those of the product, and after all of them."""
    number = 0xFFFF << 112
    while True:
        number += 1
        yield f"{number:032x}"


def insert(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Put `rows` into `table`, with COPY on PostgreSQL. The caller commits on the driver's connection."""
    insert_tuples(connection, table, list(rows[0]), [tuple(row.values()) for row in rows])


def insert_tuples(
    connection: Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """As `insert`, of rows that have their values in the order of `names`."""
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    plain = connection.connection.driver_connection
    if not plain.in_transaction:
        plain.execute("BEGIN")  # else each row is a transaction of its own
    plain.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - names of our own tables
        rows,
    )


class Rows:
    """The rows of one table that wait to be written: like `pattern` but for the columns `written`.

    What is sealed in the pattern is sealed anew to each row by `settle`: a copy of it would not open.
    """

    def __init__(self, table: str, pattern: Row, *written: str, settle: Settle = of_no_case) -> None:
        same = {name: value for name, value in pattern.items() if name not in written and name != "id"}
        sealed = {name: same.pop(name) for name in list(same) if name.endswith("_sealed") and same[name]}
        self.table, self._settle = table, settle
        self.names = [*(("id",) if "id" in pattern else ()), *written, *same, *sealed]
        self.waiting: list[tuple[Any, ...]] = []
        self._same = tuple(same.values())
        self._plain = [
            (name, opened_bytes(table, name, UUID(str(pattern["id"])), bytes(value)))
            for name, value in sealed.items()
        ]

    def add(self, *values: Any) -> None:
        """`values`: the id, where the table has one, and those of the columns `written`, in their order."""
        held = (held_bytes(self.table, name, UUID(values[0]), plain) for name, plain in self._plain)
        self.waiting.append((*values, *self._same, *map(self._settle, held)))

    def write(self, connection: Connection) -> None:
        if self.waiting:
            insert_tuples(connection, self.table, self.names, self.waiting)
            self.waiting = []


@contextmanager
def many_to_come(connection: Connection, tables: Collection[str]) -> Iterator[None]:
    """While the block lasts nothing is indexed in `tables` and no reference is looked up; then all is.

    The block commits on the driver's connection. Uniqueness is kept throughout.
    """
    plain = connection.connection.driver_connection
    names = [row["name"] for table in tables for row in inspect(connection).get_indexes(table)]
    kept = [name for name in names if name and name.startswith("ix_")]
    if connection.dialect.name == "sqlite":
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
        before = ("synchronous = OFF", "foreign_keys = OFF", "ignore_check_constraints = ON")
        settings = [f"PRAGMA {one}" for one in (*before, "cache_size = -200000", "journal_mode = OFF")]
        after = ["PRAGMA ignore_check_constraints = OFF", "PRAGMA journal_mode = WAL", "ANALYZE"]
    else:
        made = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        settings = ["SET session_replication_role = replica", "SET maintenance_work_mem = '256MB'"]
        after = ["VACUUM ANALYZE"]
    indexes = {name: sql for name, sql in connection.execute(text(made)) if name in kept}
    connection.connection.commit()
    for statement in (*settings, *(f"DROP INDEX {name}" for name in indexes)):
        plain.execute(statement)
    yield
    for sql in indexes.values():
        plain.execute(sql)
    connection.connection.commit()
    if hasattr(plain, "autocommit"):
        plain.autocommit = True  # VACUUM is no part of a transaction
    for statement in after:
        plain.execute(statement)

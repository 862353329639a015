"""Engines for the two databases that Tillsyn runs on, and the session factory."""

import json
import random
import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

WRITING = {"tillsyn_begin": "IMMEDIATE"}
"""Execution options of a transaction that will write: SQLite then takes its lock at the start,
so that two writers wait for each other instead of one failing halfway."""

PATIENCE = 15
"""Seconds that a writer waits for another on SQLite."""
_BUSY_TIMEOUT = f"busy_timeout = {PATIENCE * 1000}"
BETWEEN_LOOKS = (0.001, 0.004)


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite: WAL, synchronous FULL, foreign keys, real transactions.

    PostgreSQL: no question is compiled, which for those of a page takes longer than to answer them.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(parsed, connect_args={"timeout": PATIENCE}, json_deserializer=_read_json)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _read_json(text: str) -> Any:
    """As json.loads; most lists of a letter's paragraphs are empty, and a page reads hundreds of them."""
    return [] if text == "[]" else json.loads(text)


def session_factory(engine: Engine, **info: object) -> sessionmaker[Session]:
    """`info`: what each session carries of the installation's settings (services/describe_upload.py)."""
    return sessionmaker(engine, expire_on_commit=False, info=info)


def begin_writing(db: Session) -> None:
    """Open the transaction of `db` as one that will write."""
    db.connection(execution_options=WRITING)


def wait_alone(db: Session, number: int) -> None:
    """Until this transaction ends nobody else is past the same call with the same `number`.

    On SQLite a transaction that will write is alone as it is.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(number)))


def _prepare_postgresql(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.execute("SET jit = off")
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", _BUSY_TIMEOUT):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    mode = connection.get_execution_options().get("tillsyn_begin", "DEFERRED")
    if mode != WRITING["tillsyn_begin"]:
        connection.exec_driver_sql(f"BEGIN {mode}")
        return
    # SQLite sleeps up to 0.1 s between two looks at its lock, and so leaves it idle when many write a little.
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        if not _began_in_turn(cursor, f"BEGIN {mode}"):
            connection.exec_driver_sql(f"BEGIN {mode}")
    finally:
        cursor.execute(f"PRAGMA {_BUSY_TIMEOUT}")
        cursor.close()


def _began_in_turn(cursor: Any, begin: str) -> bool:
    """Look at the lock again after some milliseconds, for as long as SQLite itself would."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            cursor.execute(begin)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            time.sleep(random.uniform(*BETWEEN_LOOKS))  # noqa: S311 - so that two do not wake together  # nosec B311
        else:
            return True
    return False

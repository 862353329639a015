"""Engines for the two databases that Tillsyn runs on, and the session factory."""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

WRITING = {"tillsyn_begin": "IMMEDIATE"}
"""Execution options of a transaction that will write: SQLite then takes its lock at the start,
so that two writers wait for each other instead of one failing halfway."""


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite: WAL, synchronous FULL, foreign keys, real transactions."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True)
    engine = create_engine(parsed, connect_args={"timeout": 15})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def session_factory(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)


def begin_writing(db: Session) -> None:
    """Open the transaction of `db` as one that will write."""
    db.connection(execution_options=WRITING)


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    mode = connection.get_execution_options().get("tillsyn_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")

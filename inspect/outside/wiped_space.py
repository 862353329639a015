"""That what was deleted is not left behind in the database's files.

SQLite writes zeroes over deleted rows where it is told to (`PRAGMA secure_delete` in the use case that
disposes), and keeps older pages in the WAL until it is emptied. PostgreSQL keeps dead rows until VACUUM,
which only the owner of a table can ask for; autovacuum does it otherwise. Its WAL and every backup are for
the operator (docs/retention.md).
"""

from collections.abc import Iterable

from sqlalchemy import Engine, text


def wipe_space(engine: Engine, tables: Iterable[str]) -> None:
    """After the commit of what deleted rows of `tables`. Readers may keep the WAL a while."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            return
        for table in tables:
            connection.execute(text(f'VACUUM "{table}"'))

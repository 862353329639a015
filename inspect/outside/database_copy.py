"""The whole database as a file, taken while others write, and put back into an empty place.

SQLite: its online backup, in one step, so that what is copied is one moment (sqlite.org/backup.html).
PostgreSQL: `pg_dump` and `pg_restore`, which belong to the server's packages; the copy and whoever counts
rows beside it share one snapshot.
"""

import shutil
import sqlite3
import subprocess  # to run the database’s own tools  # nosec B404
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL

from ...models.reached_rows import SYSTEM
from ..errors import NotPossibleNow
from .database import make_engine


@contextmanager
def copied(engine: Engine, target: Path) -> Iterator[Connection]:
    """Copy the database into the file `target`; the connection given sees just what was copied."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            source: Any = connection.connection.dbapi_connection  # of the module sqlite3
            connection.rollback()  # a copy needs no transaction of ours
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        frozen = make_engine(f"sqlite:///{target}")
        try:
            with frozen.connect() as connection:
                yield connection
        finally:
            frozen.dispose()
            for rest in ("-wal", "-shm"):
                Path(f"{target}{rest}").unlink(missing_ok=True)
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run(
            "pg_dump", engine.url, "--format=custom", "--no-owner", "--no-privileges",
            "--enable-row-security", f"--snapshot={snapshot}", f"--file={target}",
        )  # fmt: skip
        yield connection


def put_back(engine: Engine, source: Path) -> None:
    """Make the database from a file of `copied`. Raises NotPossibleNow when it holds anything already."""
    if inspect(engine).get_table_names():
        raise NotPossibleNow("the database is not empty: restore into a new one, and nothing can be lost")
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            target: Any = connection.connection.dbapi_connection
            connection.rollback()
            with closing(sqlite3.connect(source)) as copy:
                copy.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
            fault = target.execute("PRAGMA integrity_check").fetchone()[0]
        if fault != "ok":
            raise NotPossibleNow("the database in the backup is damaged: %(fault)s", {"fault": fault})
        return
    _run("pg_restore", engine.url, "--exit-on-error", "--single-transaction", "--no-owner", str(source))


def _run(program: str, url: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, never on the command line."""
    path = shutil.which(program)
    if path is None:
        raise NotPossibleNow(
            "%(program)s is missing. On Debian and Ubuntu: apt-get install postgresql-client",
            {"program": program},
        )
    named = {"host": url.host, "port": url.port, "user": url.username, **url.query}
    where = " ".join(f"{name}={_quoted(str(value))}" for name, value in named.items() if value)
    # S603: the program is found by its name and what is given to it is ours.
    done = subprocess.run(  # noqa: S603  # nosec B603
        [path, f"--dbname={where} dbname={_quoted(url.database or '')}", *arguments],
        env={"PATH": str(Path(path).parent), "PGOPTIONS": f"-c tillsyn.reach={SYSTEM}"}
        | ({"PGPASSWORD": url.password} if url.password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotPossibleNow(
            "%(program)s failed: %(fault)s", {"program": program, "fault": done.stderr.strip()[-500:]}
        )


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

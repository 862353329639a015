"""A private PostgreSQL for the tests: its own folder, a unix socket, no network, gone afterwards."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

# Durability is off: the data is thrown away, and the tests are three times as fast.
LOCAL = "-c listen_addresses=''"
OPTIONS = f"{LOCAL} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class PostgresMissing(RuntimeError):
    """PostgreSQL's server programs are not installed."""


def server_programs() -> Path:
    """The folder with initdb and pg_ctl of the newest PostgreSQL installed (15 or later)."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if not folders and on_path:
        return Path(on_path).resolve().parent
    if not folders:
        raise PostgresMissing(
            "PostgreSQL's server is not installed. `make test` installs it; by hand on Debian and Ubuntu: "
            "apt-get install postgresql. `make test-quick` runs what does not need it."
        )
    return max(folders, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))


class PrivatePostgres:
    """`start()`, then `create(name)` gives the URL of an empty database; `stop()` removes everything.

    `data`: a folder that keeps the databases until a server is started on it again; `url` is then theirs.
    """

    def __init__(self, data: Path | None = None) -> None:
        self._programs = server_programs()
        # A unix socket's path may be 107 bytes long at most, so not pytest's long folders.
        self._place = Path(tempfile.mkdtemp(prefix="tillsyn-pg-"))
        # initdb and pg_ctl refuse root.
        self._user = "postgres" if os.getuid() == 0 else None
        self._kept = data is not None
        self._data = data or self._place / "data"
        self._data.mkdir(parents=True, exist_ok=True)
        if self._user:
            entry = pwd.getpwnam(self._user)
            for folder in (self._place, self._data):
                os.chown(folder, entry.pw_uid, entry.pw_gid)

    def start(self, *, durable: bool = False) -> None:
        """`durable`: what is committed is on the disk, as outside tests."""
        data = str(self._data)
        if not (self._data / "PG_VERSION").exists():
            self._run(
                "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
            )
        options = f"{LOCAL if durable else OPTIONS} -k {self._place}"
        self._run("pg_ctl", "-D", data, "-l", str(self._place / "log"), "-o", options, "-w", "start")

    @property
    def process(self) -> int:
        """The number of the server's first process."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def stop(self) -> None:
        mode = "fast" if self._kept else "immediate"
        self._run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")
        shutil.rmtree(self._place)

    def create(self, name: str, *, template: str = "template0") -> str:
        """A database called `name`, a copy of `template`; its SQLAlchemy URL."""
        # Copying files costs half of what PostgreSQL would do by itself, which is to log each page of them.
        self._command(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"), name, template)
        return self.url(name)

    def url(self, name: str, role: str = "postgres") -> str:
        """The SQLAlchemy URL of the database called `name`, for `role`."""
        return f"postgresql+psycopg://{role}@/{name}?host={self._place}"

    def make_role(self, role: str) -> None:
        """A role that is no superuser: rows are kept from it by policies, and tables by privileges."""
        self._command(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS"), role)

    def give(self, name: str, role: str) -> None:
        """Let `role` own the database called `name` and what it makes in it."""
        self._command(sql.SQL("ALTER DATABASE {} OWNER TO {}"), name, role)

    def drop(self, name: str) -> None:
        self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def _command(self, command: sql.SQL, *names: str) -> None:
        where = f"host={self._place} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(command.format(*map(sql.Identifier, names)))

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            user=self._user,
            cwd=self._place,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout or (self._place / 'log').read_text()}")

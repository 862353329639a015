"""The database of `python -m benchmarks lists`: made once, and used again when a folder is named for it."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tillsyn.inspect.outside.cipher import install_keys
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.settings import read_settings

from .instance import run
from .long_lists import fill

DATABASES = ("sqlite", "postgresql")


@contextmanager
def authority(
    database: str, kept_in: Path | None, *, homes: int, inspections: int
) -> Iterator[dict[str, str]]:
    """The environment of an instance with so many homes and inspections, on one of DATABASES.

    `kept_in`: a folder that keeps it for the next time, when it is used again if it is of the same numbers;
    else it is gone afterwards.
    """
    with _folder(kept_in, database) as folder:
        numbers, marked = f"{homes} {inspections}", folder / "whole"
        is_there = marked.is_file() and marked.read_text() == numbers
        if not is_there:
            shutil.rmtree(folder)
            (folder / "instance").mkdir(parents=True)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("TILLSYN_")
        } | {"TILLSYN_INSTANCE": str(folder / "instance")}
        with _server(database, folder, is_there) as url:
            if url:
                environment |= {"TILLSYN_DATABASE_URL": url, "DATABASE_FOLDER": str(folder / "data")}
            run(environment, "db", "upgrade")
            if not is_there:
                _make(environment, homes, inspections)
                marked.write_text(numbers)
            yield environment


def _make(environment: dict[str, str], homes: int, inspections: int) -> None:
    run(environment, "demo")
    start = time.process_time()
    install_keys(read_settings(environment))
    engine = make_engine(url_of(environment))
    with engine.connect() as connection:
        fill(connection, homes=homes, inspections=inspections)
    engine.dispose()
    print(f"{homes} homes and {inspections} inspections made in {time.process_time() - start:.0f} s of CPU")
    print(run(environment, "audit", "verify").strip())


def url_of(environment: dict[str, str]) -> str:
    given = environment.get("TILLSYN_DATABASE_URL")
    return given or f"sqlite:///{Path(environment['TILLSYN_INSTANCE']) / 'tillsyn.db'}"


@contextmanager
def _folder(kept_in: Path | None, database: str) -> Iterator[Path]:
    if kept_in is not None:
        folder = kept_in.resolve() / database
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="tillsyn-bench-") as name:
        (Path(name) / database).mkdir()
        yield Path(name) / database


@contextmanager
def _server(database: str, folder: Path, is_there: bool) -> Iterator[str | None]:
    """The URL of the database on a server of its own; None where it is a file of the instance."""
    if database == "sqlite":
        yield None
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.postgres import PrivatePostgres

    server = PrivatePostgres(data=folder / "data")
    server.start()
    try:
        yield server.url("lists") if is_there else server.create("lists")
    finally:
        server.stop()

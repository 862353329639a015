"""`tillsyn weigh --all`: a hundred thousand inspections weighed anew, against reading their rows.

`python -m benchmarks weigh-all` takes 100 000 (about ten minutes, nearly all of it making them, and
10 GB of disk); `TILLSYN_BENCH_INSPECTIONS` changes the number, `TILLSYN_BENCH_DATABASE_URL` names an
empty PostgreSQL database to use instead of SQLite.
"""

import os
import resource
import time

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.services.weigh_all import Tally, alpha_by_quarter, read_rows, weigh_all

from .instance import own_instance, run
from .many_inspections import fill, keep_results

MANY = 100_000


def measure() -> None:
    count = int(os.environ.get("TILLSYN_BENCH_INSPECTIONS", MANY))
    given = os.environ.get("TILLSYN_BENCH_DATABASE_URL")
    with own_instance(demo=False) as environment:
        if given:
            environment = environment | {"TILLSYN_DATABASE_URL": given}
            run(environment, "db", "upgrade")
        run(environment, "demo")
        engine = make_engine(given or f"sqlite:///{environment['TILLSYN_INSTANCE']}/tillsyn.db")
        with engine.connect() as connection:
            began = time.perf_counter()
            _hasty(connection)
            fill(connection, count)
            print(f"{time.perf_counter() - began:8.1f} s  made {count} inspections on {engine.dialect.name}")
        with Session(engine) as db:
            began = time.perf_counter()
            keep_results(db)
            db.commit()
            print(f"{time.perf_counter() - began:8.1f} s  weighed and kept the results of all")
        with Session(engine) as db:
            _compare(db)
        engine.dispose()


def _compare(db: Session) -> None:
    began = time.perf_counter()
    rows = read_rows(db)
    reading = time.perf_counter() - began
    print(f"{reading:8.1f} s  reading {rows} rows and nothing else")
    tally = Tally()
    differences = sum(1 for _ in weigh_all(db, alpha_at=alpha_by_quarter(db), tally=tally))
    print(
        f"{tally.whole:8.1f} s  weighing {tally.inspections} inspections, {tally.codings} codings,"
        f" {tally.areas} areas: {tally.whole / reading:.2f} times the reading; {differences} differences"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:8.0f} MB the most memory this process has had")


def _hasty(connection: Connection) -> None:
    """The example rows need not survive a power cut."""
    if connection.dialect.name == "sqlite":
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA synchronous = OFF")
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
    else:
        connection.execute(text("SET synchronous_commit = off"))
        connection.commit()

"""What one event costs: processor time of recording it with its link, and of the link alone. Both as one
event in each transaction, as pages do it, and as fifty at once. On SQLite; `TILLSYN_BENCH_URL` names another
database, which must be empty."""

import os
import tempfile
import time
from datetime import UTC, datetime

from alembic import command

from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import begin_writing, make_engine, session_factory
from tillsyn.inspect.services.verify_log import verify_log
from tillsyn.models import log_chain
from tillsyn.models.event_kinds import EventKind

ROUNDS = 400
AT_ONCE = 50


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("TILLSYN_BENCH_URL") or f"sqlite:///{folder}/log.db"
        command.upgrade(configuration(url), "head")
        engine = make_engine(url)
        sessions = session_factory(engine)
        spent = 0.0
        link_events = log_chain.link_events

        def timed(*given: object) -> None:
            nonlocal spent
            begun = time.process_time()
            link_events(*given)  # type: ignore[arg-type]
            spent += time.process_time() - begun

        log_chain.link_events = timed  # type: ignore[assignment]
        for number in (1, AT_ONCE):
            spent, begun = 0.0, time.process_time()
            for _round in range(ROUNDS // number):
                with sessions() as db:
                    begin_writing(db)
                    log_chain.write_events(db, [_row()] * number)
                    db.commit()
            whole = time.process_time() - begun
            events = ROUNDS // number * number
            print(
                f"{number} in a transaction: {1000 * whole / events:.3f} ms an event with its commit,"
                f" of which the link {1000 * spent / events:.3f} ms"
            )
        log_chain.link_events = link_events
        begun = time.process_time()
        with engine.connect() as connection:
            found = verify_log(connection)
        print(f"verify: {1e6 * (time.process_time() - begun) / found.events:.1f} µs an event")
        engine.dispose()


def _row() -> dict[str, object]:
    return {
        "at": datetime.now(UTC),
        "kind": EventKind.INSPECTION_READ,
        "actor_id": None,
        "inspection_id": None,
        "details": {"page": "talks.talks"},
    }

"""kill -9 at any moment: every write that was acknowledged is there, and none is half.

A process serves a browser that saves statement after statement, as a page does while somebody types. It is
killed at random moments and another takes its place, until five hundred writes have been acknowledged. On
PostgreSQL the database's own process is killed too, now and then, so that it recovers from its log.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tests.integration.conftest import DATA_KEY
from tests.restricted import whole
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.models.codings import Coding
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.interviews import Statement
from tillsyn.models.vocabulary import EvidenceKind, Role, State, TeamRole

WRITES = 500
LIFE = (1, 20)
"""Acknowledged writes of one process, at random between these; it is then killed at a moment after the last."""
MOMENT = 0.03
"""Seconds, at most: about what a write takes."""
PLACES = 20
"""Documents that the statements belong to: a page with hundreds would take longer and longer to save."""
DATABASE_DIES = 12
"""One death in so many is that of the database's process, where it has one of its own."""
OURS = UUID("5f0c1a52-8b8f-4a58-9d2c-0d6a86c7c3aa")

WRITER = """
import gc, itertools, os, signal, sys
from uuid import UUID, uuid5
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from tests.integration.browsing import Browsing
from tests.restricted import whole
from tillsyn.inspect.app import create_app
from tillsyn.models.people import User
app = create_app()
ours, email, *addresses = sys.argv[1:]
browser = Browsing(app)
app.testing = False
with app.app_context(), whole(app) as db:
    user = db.scalar(select(User).where(User.email == email))
browser.sign_in_as(user)
headers = {"X-CSRFToken": browser._token(), "Accept": "application/json"}

def write(life, number):
    id = uuid5(UUID(ours), f"{life} {number}")
    place = addresses[life % len(addresses)]
    for version in (0, 1):
        fields = {"text": f"{life} {number} {version + 1}", "severity": "1", "theme": "bemotande"}
        answer = browser.http.put(
            f"{place}/{id}", json={"version": version, "fields": fields}, headers=headers
        )
        if answer.status_code != 200:
            os._exit(0)  # the database is away
        os.write(1, f"wrote {id} {version + 1}\\n".encode())

def write_until_killed(life):
    for number in itertools.count():
        write(life, number)

write(0, 10_000)  # what is loaded and prepared once serves those that take over
app.extensions["tillsyn_engine"].dispose()
gc.collect()
gc.freeze()
for life in itertools.count():
    child = os.fork()
    if child == 0:
        write_until_killed(life)
    os.write(1, f"began {child}\\n".encode())
    os.waitpid(child, 0)
"""
"""Says `began PID` for each process that takes over, and `wrote ID VERSION` when a write is acknowledged."""


@pytest.fixture
def place(app: Tillsyn, own_database_url: str) -> tuple[list[str], dict[str, str]]:
    """What the writer is started with: whose case, where it writes; and its environment."""
    with whole(app) as db:
        inspector = make_user(db, Role.INSPECTOR)
        case = make_inspection(db, state=State.DOCUMENTS, team={TeamRole.INSPECTOR: inspector})
        items = [
            add_evidence(
                db,
                actor=acting(inspector),
                inspection=case,
                kind=EvidenceKind.OBSERVATION,
                title=f"Rum {number}",
                now=app.config["CLOCK"](),
            )
            for number in range(PLACES)
        ]
        db.commit()
        addresses = [f"/inspections/{case.dnr}/evidence/{item.id}/statements" for item in items]
        given = [str(OURS), inspector.email, *addresses]
    settings = app.config["SETTINGS"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TILLSYN_")}
    environment |= {
        "TILLSYN_INSTANCE": str(settings.instance),
        "TILLSYN_DATABASE_URL": own_database_url,
        "TILLSYN_SECRET_KEY": settings.secret_key,
        "TILLSYN_DATA_KEY": DATA_KEY,
    }
    return given, environment


class Death:
    """Kills the process that writes, or that of the database which serves it."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._host = parsed.query.get("host") if parsed.get_backend_name() == "postgresql" else None
        self._name = parsed.database
        self.of_the_database = 0
        self._before = 0

    def comes(self, writer: int) -> None:
        self._before += 1
        if self._host and self._before % DATABASE_DIES == 0:
            self._takes_the_database()
        with suppress(ProcessLookupError):
            os.kill(writer, signal.SIGKILL)

    def _takes_the_database(self) -> None:
        question = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        try:
            with psycopg.connect(f"host={self._host} user=postgres dbname=postgres") as connection:
                serving = [pid for (pid,) in connection.execute(question, [self._name])]
        except psycopg.OperationalError:  # it still recovers from the last time
            return
        for pid in serving[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.of_the_database += 1


def written_until_enough(
    given: list[str], environment: dict[str, str], death: Death
) -> tuple[dict[str, int], int]:
    """The newest version of each statement that was acknowledged, and how many processes there were."""
    acknowledged: dict[str, int] = {}
    lives = writes = pid = left = 0
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, *given], env=environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            what, *about = line.split()
            if what == "began":
                lives, pid, left = lives + 1, int(about[0]), random.randint(*LIFE)  # noqa: S311
                if writes >= WRITES:
                    writer.kill()
                    os.kill(pid, signal.SIGKILL)
                    break
                continue
            acknowledged[about[0]] = int(about[1])
            writes, left = writes + 1, left - 1
            if pid and left == 0:
                threading.Timer(random.uniform(0, MOMENT), death.comes, [pid]).start()  # noqa: S311
    assert writes >= WRITES
    return acknowledged, lives


def test_every_acknowledged_write_is_there_and_none_is_half(
    app: Tillsyn, backend: str, place: tuple[list[str], dict[str, str]], own_database_url: str
) -> None:
    engine = make_engine(own_database_url)
    if backend == "postgresql":  # the tests' server trades safety for speed; this database does not
        with engine.begin() as connection:
            name = make_url(own_database_url).database
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
    engine.dispose()
    death = Death(own_database_url)
    acknowledged, lives = written_until_enough(*place, death)
    assert lives > 10
    assert backend == "sqlite" or death.of_the_database > 0
    with whole(app) as db:
        look_through(db, acknowledged)
        if backend == "sqlite":
            assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def look_through(db: Session, acknowledged: dict[str, int]) -> None:
    statements = {str(one.id): one for one in db.scalars(select(Statement))}
    written = (EventKind.STATEMENT_RECORDED, EventKind.STATEMENT_CHANGED)
    told = Counter(
        details["statement"] for details in db.scalars(select(Event.details).where(Event.kind.in_(written)))
    )
    coded = {str(id) for id in db.scalars(select(Coding.unit_id))}
    lost = {
        id for id, version in acknowledged.items() if id not in statements or statements[id].version < version
    }
    assert not lost
    for id, one in statements.items():
        assert one.text.endswith(f" {one.version}"), "the words of one write and the version of another"
        assert told[id] == one.version, "a write without its line in the log, or a line without its write"
        assert id in coded, "a statement without its coding"
    assert sorted(one.position for one in statements.values()) == list(range(len(statements))), (
        "a hole in the row"
    )

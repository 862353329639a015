"""Rotation of keys over 100 000 statements in 100 cases, with somebody writing meanwhile; backup, restore.

Processor time beside the clock: on a machine that does other things too, only the first says anything.
"""

import os
import re
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .instance import COMMAND, own_instance, run

CASES, STATEMENTS = 100, 1000
SEARCHED = 20_000

#: Fills the instance of the environment: a talk in each case, as many statements, sealed with the case's key.
BUILD = """
import os, sys
from datetime import UTC, datetime
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tillsyn.inspect.outside.cipher import install_keys
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.settings import read_settings
from tillsyn.models.base import new_id
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.sealed import held_bytes, settled
from tillsyn.models.vocabulary import Informant, State, StatementStatus, Wish

cases, statements = int(sys.argv[1]), int(sys.argv[2])
settings = read_settings()
install_keys(settings)
engine = make_engine(settings.database_url)
now = datetime.now(UTC)
with Session(engine) as db:
    home = db.scalars(select(Inspection.home_id)).first()
    for number in range(cases):
        case = Inspection(
            dnr=f"R {number}/26", title="Tillsyn", home_id=home, pack="hvb", announced=True,
            state=State.CHILDREN, created_at=now, state_since=now,
        )
        db.add(case)
        db.flush()
        talk = Interview(inspection_id=case.id, informant=Informant.STAFF, person="p1", started_at=now)
        db.add(talk)
        db.flush()
        rows = []
        for place in range(statements):
            id = new_id()
            said = f"Det var lugnt i går kväll, men natt {place} hördes steg i korridoren och ingen kom. " * 3
            held = held_bytes("statements", "text_sealed", id, said.encode())
            rows.append(dict(
                id=id, inspection_id=case.id, interview_id=talk.id, label=f"u{place}", position=place,
                theme="natt", severity=1, recorded_at=now, changed_at=now,
                text_sealed=settled(db, case.id, held),
            ))
        db.execute(insert(Statement), rows)
    db.commit()
"""

#: Searches the first case of those that BUILD made, some times; prints seconds of processor.
SEARCH = """
import time
from sqlalchemy import select
from sqlalchemy.orm import Session
from tillsyn.inspect.outside.cipher import install_keys
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.services.search_case import texts_of, matches
from tillsyn.inspect.settings import read_settings
from tillsyn.models.inspections import Inspection

settings = read_settings()
install_keys(settings)
with Session(make_engine(settings.database_url)) as db:
    case = db.scalars(select(Inspection).where(Inspection.dnr == "R 0/26")).one()
    for _ in range(5):
        began, wall = time.process_time(), time.perf_counter()
        found = matches(texts_of(db, case), "natt 777 korridoren")
        print(found.number, time.process_time() - began, time.perf_counter() - wall)
"""


def measure() -> None:
    with own_instance() as environment:
        environment |= {"TILLSYN_DATA_KEY": _key()}
        folder = Path(environment["TILLSYN_INSTANCE"])
        for left in folder.glob("data.key"):
            environment["TILLSYN_DATA_KEYS_OLD"] = left.read_text().strip()
            left.unlink()
        _python(environment, BUILD, str(CASES), str(STATEMENTS))
        print(f"{CASES * STATEMENTS} statements in {CASES} cases")
        environment |= {"TILLSYN_DATA_KEYS_OLD": _both(environment), "TILLSYN_DATA_KEY": _key()}
        _timed("the key-encryption key is rotated", lambda: run(environment, "keys", "rotate"))
        killed = _killed(environment)
        print(f"  renewing was killed after {killed} cases; it goes on")
        with _Writer(environment) as writer:
            _timed("every statement is sealed anew", lambda: run(environment, "keys", "renew", "--all"))
        print(
            f"  meanwhile {writer.written} notes were written, the slowest in {writer.slowest * 1000:.0f} ms"
        )
        with tempfile.TemporaryDirectory() as place:
            sealed = environment | {"TILLSYN_BACKUP_PASSPHRASE": "fem ord som ingen annan vet"}
            file = Path(place) / "copy.tillsyn"
            _timed("a backup is made", lambda: run(sealed, "backup", str(file)))
            print(f"  {file.stat().st_size / 1e6:.0f} MB")
            elsewhere = sealed | {"TILLSYN_INSTANCE": str(Path(place) / "there")}
            _timed("it is restored and looked through", lambda: run(elsewhere, "restore", str(file)))


def measure_search() -> None:
    with own_instance() as environment:
        _python(environment, BUILD, "1", str(SEARCHED))
        for line in _python(environment, SEARCH).splitlines():
            number, spent, wall = line.split()
            seconds = f"{float(spent):6.2f} s of processor ({float(wall):.2f} s)"
            print(f"{seconds}: {number} of {SEARCHED} notes found")


def _key() -> str:
    import base64

    return base64.b64encode(secrets.token_bytes(32)).decode()


def _both(environment: dict[str, str]) -> str:
    kept = (environment["TILLSYN_DATA_KEY"], environment.get("TILLSYN_DATA_KEYS_OLD", ""))
    return ",".join(one for one in kept if one)


def _python(environment: dict[str, str], script: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _timed(what: str, do: Callable[[], object]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    do()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{spent:7.1f} s of processor ({time.perf_counter() - wall:.1f} s): {what}")


def _killed(environment: dict[str, str]) -> int:
    """Begin to renew, and kill it when some cases are done; how many."""
    renewing = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "keys", "renew", "--all"], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    done = 0
    for line in renewing.stdout or ():
        done += bool(re.search(r"values sealed anew", line))
        if done >= CASES // 4:
            renewing.send_signal(signal.SIGKILL)
            break
    renewing.communicate()
    return done


class _Writer:
    """Writes a note in one of the cases again and again, as the service does."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.written, self.slowest = environment, 0, 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "_Writer":
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        from tillsyn.inspect.outside.cipher import install_keys
        from tillsyn.inspect.outside.database import begin_writing, make_engine
        from tillsyn.inspect.settings import read_settings
        from tillsyn.models.interviews import Interview

        settings = read_settings(self.environment | {"PATH": os.environ["PATH"]})
        install_keys(settings)
        engine = make_engine(settings.database_url)
        while not self._stop.wait(0.2):
            began = time.perf_counter()
            with Session(engine) as db:
                begin_writing(db)
                talk = db.scalars(select(Interview).order_by(Interview.id.desc()).limit(1)).one()
                talk.note = f"Skrivet under tiden, {self.written}."
                db.commit()
            self.written += 1
            self.slowest = max(self.slowest, time.perf_counter() - began)
        engine.dispose()

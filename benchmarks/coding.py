"""Time to code a passage: 2 000 codings in 20 talks, saved over HTTP with gunicorn, one process."""

import http.client
import json
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from .instance import own_instance, run, served
from .pages import Browser

CODINGS = 2000
TALKS = 20
ROUNDS = 200
TARGET_MS = 20

#: Makes the case in the instance of the environment: twenty talks with a hundred statements each, judged.
BUILD = """
import os, uuid
from datetime import UTC, datetime, timedelta
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.import_codings import take_in_codings
from tillsyn.inspect.settings import read_settings
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import Informant

settings = read_settings(dict(os.environ))
install_cipher(DataCipher(settings.data_key))
engine = make_engine(settings.database_url)
now = datetime.now(UTC)
themes = [theme.id for theme in load_pack("hvb").themes]
with Session(engine) as db:
    case = db.scalars(select(Inspection).where(Inspection.dnr == {dnr!r})).one()
    told = []
    for talk in range({talks}):
        interview = Interview(
            inspection_id=case.id, informant=Informant.STAFF, person=f"p{{100 + talk}}",
            started_at=now - timedelta(days=1), ended_at=now - timedelta(hours=23),
        )
        db.add(interview)
        db.flush()
        for number in range({codings} // {talks}):
            count = talk * ({codings} // {talks}) + number
            statement = Statement(
                inspection_id=case.id, interview_id=interview.id, label=f"m{{count}}", position=1000 + count,
                text="Det var lugnt i går kväll, men på natten hördes det steg i korridoren. " * 3,
                theme=themes[count % len(themes)], severity=count % 2, recorded_at=now, changed_at=now,
            )
            db.add(statement)
            told.append((statement.id, {{"theme": statement.theme, "severity": statement.severity}}))
    db.flush()
    take_in_codings(db, inspection=case, told=told, now=now)
    db.commit()
    print(" ".join(str(statement_id) for statement_id, _ in told))
"""


def measure() -> None:
    with own_instance() as environment:
        people = run(environment, "user", "list")
        email = re.findall(r"^(inspektor@\S+)", people, re.MULTILINE)[0]
        dnr = _case(environment)
        script = BUILD.format(dnr=dnr, talks=TALKS, codings=CODINGS)
        made = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise RuntimeError(made.stderr)
        units = made.stdout.split()
        with served(environment) as base:
            browser = Browser(base)
            browser.sign_in(email)
            status, page = browser.ask("GET", f"/inspections/{dnr}/coding?show=all")
            token = re.search(r'name="csrf-token" content="([^"]+)"', page)
            if status != 200 or token is None:
                raise RuntimeError(f"the coding page gave {status}")
            place = f"/inspections/{dnr}/coding"
            taken = [_code(browser, base, f"{place}/{unit}", token[1]) for unit in units[:ROUNDS]]
            pages = []
            for _ in range(10):
                start = time.perf_counter()
                browser.ask("GET", f"/inspections/{dnr}/coding?show=all")
                pages.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken)
    print(f"{CODINGS} codings in {TALKS} talks, {ROUNDS} judgements saved")
    print(f"{median:7.1f} ms  to code a passage, median (aim: under {TARGET_MS} ms)")
    print(f"{statistics.quantiles(taken, n=20)[-1]:7.1f} ms  the slowest twentieth begins here")
    print(f"{statistics.median(pages):7.1f} ms  the coding page with all of them, median")


def _case(environment: dict[str, str]) -> str:
    """The case of the example data that stands at the weighing."""
    database = next(Path(environment["TILLSYN_INSTANCE"]).glob("*.db"))
    with sqlite3.connect(database) as rows:
        found: tuple[str] = rows.execute("select dnr from inspections where state = 'weighing'").fetchone()
    return found[0]


def _code(browser: Browser, base: str, path: str, token: str) -> float:
    """Milliseconds from sending a judgement to its confirmation."""
    body = json.dumps({"version": 0, "fields": {"theme": "natt", "severity": "1"}})
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
        "Content-Type": "application/json",
        "Accept": "application/json",
        "X-CSRFToken": token,
    }
    connection: http.client.HTTPConnection = browser.connection
    start = time.perf_counter()
    connection.request("PUT", path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    taken = (time.perf_counter() - start) * 1000
    if answer.status != 200:
        raise RuntimeError(f"coding {urlsplit(base).netloc}{path} gave {answer.status}: {text[:300]}")
    return taken

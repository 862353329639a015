"""`tillsyn serve` with several processes on one SQLite: they write side by side, and a stop or a fall loses nothing."""

import http.client
import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from sqlalchemy import select

from tests.browser.server import Site
from tests.builders import acting, count_from, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.restricted import whole
from tillsyn.inspect.app import create_app
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.inspect.settings import read_settings
from tillsyn.models.interviews import Statement
from tillsyn.models.vocabulary import EvidenceKind, Role, State, TeamRole

TOKEN = "a token of the tests that is long enough"
WRITERS = 4
OURS = UUID("1b61bd9c-7a55-4a4b-9a2b-7cf0a0b3c5de")


class Many(Site):
    """A site of three processes, which counts and logs in JSON."""

    def environment(self) -> dict[str, str]:
        more = {"TILLSYN_WORKERS": "3", "TILLSYN_METRICS_TOKEN": TOKEN, "TILLSYN_LOG": "json"}
        return super().environment() | more

    def server(self) -> int:
        assert self._server is not None
        return self._server.pid

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.server()}/task/{self.server()}/children").read_text()
        return [int(one) for one in children.split()]

    def all_workers(self) -> list[int]:
        """The processes, when the last of them has begun: the first answers before that."""
        until = time.monotonic() + 60
        while len(found := self.workers()) < 3:
            assert time.monotonic() < until, f"only {found} began"
            time.sleep(0.02)
        return found

    def ended(self) -> int:
        assert self._server is not None
        return self._server.wait(timeout=30)


@dataclass
class Writer:
    """Somebody who saves one statement after another until the server is gone."""

    site: Many
    address: str
    headers: dict[str, str]
    name: int
    acknowledged: list[UUID] = field(default_factory=list)
    broken: list[tuple[UUID, str]] = field(default_factory=list)
    """Requests that got no answer, or another than that it was saved."""

    def write(self) -> None:
        number = 0
        while True:
            id = uuid5(OURS, f"{self.name} {number}")
            number += 1
            connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
            try:
                connection.connect()
            except ConnectionRefusedError:
                return
            except ConnectionResetError:  # the door closed while we stood in it
                continue
            body = json.dumps({"version": 0, "fields": {"text": f"Sagt {number}"}})
            try:
                connection.request("PUT", f"{self.address}/{id}", body, self.headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    self.acknowledged.append(id)
                else:
                    self.broken.append((id, str(answer.status)))
            except (ConnectionError, http.client.HTTPException, TimeoutError) as fault:
                self.broken.append((id, type(fault).__name__))
            finally:
                connection.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Many]:
    made = Many(tmp_path / "instance")
    made.instance.mkdir(mode=0o700)
    made.command("db", "upgrade")
    yield made
    made.stop()


@pytest.fixture
def writers(site: Many) -> list[Writer]:
    app = create_app(read_settings(site.environment()))
    count_from(1)
    with whole(app) as db:
        inspector = make_user(db, Role.INSPECTOR)
        case = make_inspection(db, state=State.DOCUMENTS, team={TeamRole.INSPECTOR: inspector})
        items = [
            add_evidence(
                db,
                actor=acting(inspector),
                inspection=case,
                kind=EvidenceKind.DOCUMENT,
                title=f"Pärm {number}",
                now=app.config["CLOCK"](),
            )
            for number in range(WRITERS)
        ]
        db.commit()
    browser = Browsing(app)
    browser.sign_in_as(inspector)
    kept = browser.http.get_cookie("tillsyn")
    assert kept is not None
    headers = {
        "Cookie": f"tillsyn={kept.value}",
        "X-CSRFToken": browser._token(),
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
    kept = browser.http.get_cookie("tillsyn")
    assert kept is not None
    headers["Cookie"] = f"tillsyn={kept.value}"
    app.extensions["tillsyn_engine"].dispose()
    addresses = [f"/inspections/{case.dnr}/evidence/{item.id}/statements" for item in items]
    return [Writer(site, address, headers, name) for name, address in enumerate(addresses)]


def written(site: Many) -> set[UUID]:
    app = create_app(read_settings(site.environment()))
    with whole(app) as db:
        found = set(db.scalars(select(Statement.id)))
    app.extensions["tillsyn_engine"].dispose()
    return found


def counted_together(site: Many) -> float:
    """Statements saved, as the figures of all processes say."""
    asked = urllib.request.Request(f"{site.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        text = answer.read().decode()
    name = 'tillsyn_requests_total{endpoint="checks.save_statement",method="PUT",status="200"}'
    return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))


def wait_until_each_has(writers: list[Writer], number: int) -> None:
    until = time.monotonic() + 60
    while any(len(one.acknowledged) < number for one in writers):
        assert time.monotonic() < until, [(len(one.acknowledged), one.broken) for one in writers]
        time.sleep(0.02)


def test_several_processes_write_side_by_side_and_a_fall_or_a_stop_loses_nothing(
    site: Many, writers: list[Writer]
) -> None:
    site.start()
    before = site.all_workers()
    threads = [threading.Thread(target=one.write) for one in writers]
    for thread in threads:
        thread.start()
    wait_until_each_has(writers, 5)
    assert not [one.broken for one in writers if one.broken]

    os.kill(before[0], signal.SIGKILL)
    reached = max(len(one.acknowledged) for one in writers)
    wait_until_each_has(writers, reached + 3)
    fallen = {id for one in writers for id, _why in one.broken}
    assert len(fallen) <= WRITERS, "more than what that process was answering"

    known = sum(len(one.acknowledged) for one in writers)
    assert counted_together(site) >= known, "what the fallen process had counted is counted too"

    os.kill(site.server(), signal.SIGTERM)
    assert site.ended() == 0
    for thread in threads:
        thread.join(timeout=60)
    kept = written(site)
    turned_away = {id for one in writers for id, _why in one.broken} - fallen
    assert len(turned_away) <= WRITERS
    assert not turned_away & kept, "what a stop finds begun it answers; what it has not begun it does not do"

    acknowledged = {id for one in writers for id in one.acknowledged}
    assert acknowledged <= kept
    lines = [json.loads(line) for line in site.log.read_text().splitlines()]
    saved = [line for line in lines if line.get("endpoint") == "checks.save_statement"]
    assert len(saved) >= len(acknowledged)
    assert not [line for line in lines if line["level"] == "error" and line["logger"] == "tillsyn"]
    assert "Sagt" not in site.log.read_text()

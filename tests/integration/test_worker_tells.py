"""A worker tells what it does, in lines and figures, as the pages do: how much, how long, what failed, and nothing about anybody."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection, make_user
from tests.integration.conftest import DATA_KEY
from tests.integration.test_health_and_figures import TOKEN, figures
from tests.mail_stand_in import mail_server
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.cli import main
from tillsyn.inspect.commands.job_lines import JobLines
from tillsyn.inspect.outside import clock
from tillsyn.inspect.outside.worker_figures import NAME, Job, count_work, work_done
from tillsyn.inspect.services.tell import tell
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.database import connect
from tillsyn.models.notices import MailChoice, MailWay, NoticeKind
from tillsyn.models.vocabulary import Role, TeamRole

TITLE = "Hemliga Hemmet Granbacken"
Work = Callable[[], tuple[int, list[dict[str, object]]]]


@pytest.fixture
def work(
    app: Tillsyn, own_database_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Work:
    """What a worker does once, with lines in JSON and figures: its exit code and lines."""
    monkeypatch.setenv("TILLSYN_INSTANCE", str(app.config["SETTINGS"].instance))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_LOG", "json")
    monkeypatch.setenv("TILLSYN_METRICS_TOKEN", TOKEN)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))

    def once() -> tuple[int, list[dict[str, object]]]:
        with pytest.raises(SystemExit) as end:
            main(["worker", "--once"])
        told = capfd.readouterr()
        assert told.out == ""
        return int(end.value.code or 0), [json.loads(line) for line in told.err.splitlines()]

    return once


def news(db: Session) -> tuple[str, str]:
    """Somebody who gets a mail at once about a case; their address, and the number of the case."""
    user = make_user(db, Role.INSPECTOR, name="Ida Läsare")
    db.add(MailChoice(user_id=user.id, way=MailWay.AT_ONCE))
    case = make_inspection(db, team={TeamRole.INSPECTOR: user}, title=TITLE)
    tell(db, users=[user.id], kind=NoticeKind.LETTER_RETURNED, inspection=case.id, now=NOW)
    db.commit()
    return user.email, case.dnr


def jobs_in(lines: list[dict[str, object]]) -> dict[object, tuple[object, object]]:
    return {line["job"]: (line["done"], line["failed"]) for line in lines if "job" in line}


def test_each_kind_of_work_is_a_line_with_numbers_and_nothing_about_anybody(
    work: Work, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, dnr = news(db)
    with mail_server() as (inbox, port):
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(port)), ("SECURITY", "none")):
            monkeypatch.setenv(f"TILLSYN_SMTP_{name}", value)
        monkeypatch.setenv("TILLSYN_MAIL_FROM", "tillsyn@exempelinspektionen.example")
        code, lines = work()
        assert code == 0 and len(inbox.mails) == 1, "the control"
    assert jobs_in(lines)["mail"] == (1, 0)
    for line in lines:
        assert line["logger"] == "tillsyn.worker" and line["level"] == "info"
        assert set(line) <= {"at", "level", "logger", "text", "job", "done", "failed", "ms"}
    written = json.dumps(lines, ensure_ascii=False)
    assert not [word for word in (email, dnr, TITLE, "Ida", "Läsare", "127.0.0.1") if word in written]


def test_what_fails_is_a_warning_and_counted(
    work: Work, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, dnr = news(db)
    monkeypatch.setenv("TILLSYN_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("TILLSYN_SMTP_PORT", "1")
    monkeypatch.setenv("TILLSYN_SMTP_SECURITY", "none")
    monkeypatch.setenv("TILLSYN_MAIL_FROM", "tillsyn@exempelinspektionen.example")
    code, lines = work()
    assert code == 1 and jobs_in(lines)["mail"] == (0, 1)
    (failed,) = [line for line in lines if line.get("job") == "mail"]
    assert failed["level"] == "warning"
    assert not [word for word in (email, dnr, TITLE) if word in json.dumps(lines)]


def test_the_pages_of_the_same_machine_show_the_figures(
    work: Work, db: Session, test_settings: Settings, own_database_url: str
) -> None:
    settings = replace(test_settings, database_url=own_database_url, metrics_token=TOKEN)
    counting = create_app(settings)
    connect(counting, own_database_url)
    counting.config["CLOCK"] = lambda: NOW + timedelta(minutes=6)
    assert not [name for name in figures(counting.test_client()) if name.startswith("tillsyn_worker")]
    make_user(db, Role.INSPECTOR)
    db.commit()
    work()
    found = figures(counting.test_client())
    assert found["tillsyn_worker_age_seconds"] == 60
    assert found['tillsyn_worker_jobs_total{job="take_in",outcome="failed"}'] == 0
    assert found['tillsyn_worker_seconds_total{job="take_in"}'] > 0
    assert found["tillsyn_disposals_waiting"] == 0
    counting.extensions["tillsyn_engine"].dispose()


def test_a_fault_is_told_by_type_and_place_and_not_by_what_it_says(
    test_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    lines = JobLines(replace(test_settings, metrics_token=TOKEN))
    with caplog.at_level(logging.INFO, logger="tillsyn.worker"):
        with pytest.raises(RuntimeError), lines.job("take_in"):
            raise RuntimeError(f"could not store {TITLE}")
        lines.end_round(NOW)
    assert caplog.records and TITLE not in caplog.text
    (job,) = work_done(test_settings.instance).jobs
    assert (job.name, job.done, job.failed) == ("take_in", 0, 1)


def test_several_workers_count_together_and_what_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    for number in range(3):
        count_work(tmp_path, [Job("mail", 2, number, 0.5)], at=NOW)
    done = work_done(tmp_path)
    assert [(one.done, one.failed, one.seconds) for one in done.jobs] == [(6, 3, 1.5)]
    assert done.at == NOW and (tmp_path / NAME).stat().st_mode & 0o077 == 0
    for broken in ("", "{", "[]", '{"jobs": {"mail": 3}}', '{"at": "i går"}'):
        (tmp_path / NAME).write_text(broken, encoding="utf-8")
        assert work_done(tmp_path).jobs == ()
        count_work(tmp_path, [Job("mail", 1)], at=NOW)
        assert [one.done for one in work_done(tmp_path).jobs] == [1]
    assert work_done(tmp_path / "nowhere").at is None

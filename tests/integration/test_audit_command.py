"""`tillsyn audit`: ends of the chain kept outside the database, signed; who may do what on PostgreSQL."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tillsyn.inspect.cli import main
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.seal_certificate import make_demo_certificate
from tillsyn.models.append_only import lift_guard
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import SERVER_NUMBERS

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database with six events, which the commands use."""
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    engine = make_engine(own_database_url)
    record(engine, 6)
    yield engine
    engine.dispose()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(end.value.code or 0), told.out, told.err

    return run


def record(engine: Engine, number: int) -> None:
    with session_factory(engine)() as db:
        for minute in range(number):
            db.add(Event(at=NOW + timedelta(minutes=minute), kind=EventKind.SIGNED_IN, details={}))
        db.commit()
    engine.dispose()


def spoil(engine: Engine, *statements: str) -> None:
    """What somebody with the password of the database does."""
    with engine.begin() as connection:
        lift_guard(connection)
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_an_untouched_log_is_whole_and_without_a_kept_end_it_says_what_it_cannot_tell(
    place: Engine, run: Run
) -> None:
    code, out, err = run("audit", "verify")
    assert (code, err) == (0, "")
    assert "6 events in the chain; the last is number 6" in out
    assert "that it was cut off cannot be told" in out
    assert "nothing is wrong" in out


def test_what_was_changed_is_told_with_its_number_and_fails(place: Engine, run: Run) -> None:
    spoil(place, "UPDATE events SET kind = 'signed_out' WHERE id ="
                 " (SELECT event_id FROM event_links WHERE number = 4)")  # fmt: skip
    code, out, err = run("audit", "verify")
    assert code == 1
    assert "number 4 (event" in err and "faults: 1" in out


def test_a_cut_off_end_is_found_by_the_end_that_was_kept(place: Engine, run: Run, tmp_path: Path) -> None:
    assert run("audit", "head")[0] == 0
    kept = tmp_path / "instance" / "log-heads.jsonl"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert run("audit", "verify")[0] == 0
    spoil(
        place,
        "DELETE FROM events WHERE id IN (SELECT event_id FROM event_links WHERE number > 4)",
        "DELETE FROM event_links WHERE number > 4",
    )
    code, _out, err = run("audit", "verify")
    assert code == 1
    assert "the end is gone: number 5 up to 6 were there" in err
    elsewhere = tmp_path / "elsewhere.jsonl"
    kept.rename(elsewhere)
    assert run("audit", "verify")[0] == 0
    assert run("audit", "verify", "--heads", str(elsewhere))[0] == 1


def test_an_end_that_is_signed_cannot_be_made_by_who_has_no_key(
    place: Engine, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = tmp_path / "seal.p12"
    seal.write_bytes(make_demo_certificate("Exempelinspektionen", "hemligt", now=datetime.now(UTC)))
    monkeypatch.setenv("TILLSYN_SEAL_FILE", str(seal))
    monkeypatch.setenv("TILLSYN_SEAL_PASSPHRASE", "hemligt")
    assert run("audit", "head")[0] == 0
    record(place, 1)
    assert run("audit", "head")[0] == 0
    code, out, _err = run("audit", "verify")
    assert code == 0 and "2 of them signed" in out
    kept = tmp_path / "instance" / "log-heads.jsonl"
    first, second = map(json.loads, kept.read_text().splitlines())
    for forged, fault in (
        (second | {"hash": "00" * 32}, "is not signed with the authority's seal"),
        ({key: second[key] for key in ("at", "number", "hash")}, "is not signed, and those before it are"),
        ({"at": second["at"]}, "is no head of a log"),
    ):
        kept.write_text("\n".join(map(json.dumps, (first, forged))))
        code, _out, err = run("audit", "verify")
        assert code == 1 and fault in err
    monkeypatch.setenv("TILLSYN_SEAL_PASSPHRASE", "fel")
    code, _out, err = run("audit", "head")
    assert code == 1 and "cannot be used for the log" in err


def test_the_worker_keeps_the_end_when_the_log_has_grown(place: Engine, run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "instance" / "log-heads.jsonl"
    for _time in range(2):
        assert run("worker", "--once")[0] == 0
        assert len(kept.read_text().splitlines()) == 1
    record(place, 1)
    assert run("worker", "--once")[0] == 0
    assert [json.loads(line)["number"] for line in kept.read_text().splitlines()] == [6, 7]


def test_an_empty_log_has_no_end(
    own_database_url: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    assert run("audit", "head")[0] == 1
    assert run("audit", "verify")[0] == 0


def test_a_backup_of_a_log_that_was_changed_is_refused(
    place: Engine, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLSYN_BACKUP_PASSPHRASE", "fem ord som ingen vet")
    assert run("backup", str(tmp_path / "whole"))[0] == 0
    spoil(place, "UPDATE events SET kind = 'signed_out'")
    code, _out, err = run("backup", str(tmp_path / "spoilt"))
    assert code == 1 and "the log: number 1" in err


@pytest.mark.postgresql
def test_the_role_of_the_application_may_read_the_log_and_add_to_it_and_no_more(
    place: Engine, run: Run, backend: str
) -> None:
    if backend == "sqlite":
        code, _out, err = run("audit", "role", "anybody")
        assert code == 1 and "only PostgreSQL has roles" in err
        return
    role = "application_of_a_test"
    with place.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {role}"))
        connection.execute(text(f"CREATE ROLE {role}"))
    place.dispose()
    assert "no role called nobody_here" in run("audit", "role", "nobody_here")[2]
    assert "owns the tables" in run("audit", "role", "postgres")[2]
    assert run("audit", "role", role)[0] == 0
    assert run("audit", "role", role)[0] == 0
    for statement in (
        "DELETE FROM events",
        "UPDATE events SET kind = 'signed_out'",
        "TRUNCATE events",
        "DELETE FROM event_links",
        "UPDATE event_links SET number = 3",
        "TRUNCATE event_links",
    ):
        with place.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {role}"))
            with pytest.raises(DBAPIError, match="permission denied"):
                connection.execute(text(statement))
    with session_factory(place)() as db:
        db.execute(text(f"SET LOCAL ROLE {role}"))
        db.execute(text("SET LOCAL tillsyn.reach = 'system'"))  # else it puts in nothing at all
        db.add(Event(at=NOW, kind=EventKind.SIGNED_OUT, details={}))
        db.scalar(SERVER_NUMBERS)  # what the field sends is numbered from it
        db.commit()
    with place.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    place.dispose()
    assert "7 events in the chain" in run("audit", "verify")[1]

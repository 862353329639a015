"""A backup taken while others write is one moment, opens only with its passphrase, and comes back whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.integration.leading import lead_case
from tests.postgres import PrivatePostgres
from tillsyn.inspect.cli import main
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.sealed_stream import opened_pieces

WORDS = "fem ord som ingen vet"
CASE = Path(__file__).parents[2] / "inspect/demo/inspection-nyponbacken.json"
SAID = "En enda bil till sju ungdomar"

WRITER = """
import itertools
from datetime import UTC, datetime
from tillsyn.inspect.commands.work import transactions
from tillsyn.inspect.settings import read_settings
from tillsyn.models.register import Provider
from tillsyn.models.vocabulary import ProviderKind
with transactions(read_settings()) as begin:
    for number in itertools.count(1):
        with begin() as db:
            db.add(Provider(name=f"Nummer {number}", organisation_number=f"{500000 + number}-0000",
                            kind=ProviderKind.PRIVATE, created_at=datetime.now(UTC)))
        print(number, flush=True)
"""
"""Writes until it is killed, and says each number when it has been committed."""


@dataclass
class Place:
    """An instance folder and a database; `go` makes it that of the commands that follow."""

    folder: Path
    url: str
    patch: pytest.MonkeyPatch

    def go(self) -> None:
        self.patch.setenv("TILLSYN_INSTANCE", str(self.folder))
        self.patch.setenv("TILLSYN_DATABASE_URL", self.url)

    @property
    def database(self) -> str:
        return self.url or f"sqlite:///{self.folder / 'tillsyn.db'}"

    def rows(self, question: str) -> list[tuple[object, ...]]:
        engine = make_engine(self.database)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(question))]
        finally:
            engine.dispose()


FILE_ONLY = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
"""What is about the file and not about the database."""


@pytest.fixture
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
            patch.delenv(name)
        patch.setenv("TILLSYN_BACKUP_PASSPHRASE", WORDS)
        yield patch


@pytest.fixture
def here(own_database_url: str, tmp_path: Path, patch: pytest.MonkeyPatch) -> Place:
    """A place with a case in it."""
    place = Place(tmp_path / "here", own_database_url, patch)
    place.go()
    assert run("import", str(CASE)) == 0
    return place


@pytest.fixture
def there(
    backend: str, tmp_path: Path, patch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Place]:
    """Another place, with nothing in it."""
    if backend == "sqlite":
        yield Place(tmp_path / "there", "", patch)
        return
    server: PrivatePostgres = request.getfixturevalue("postgres")
    name = f"empty_{uuid4().hex}"
    yield Place(tmp_path / "there", server.create(name), patch)
    server.drop(name)


def run(*arguments: str) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return int(end.value.code or 0)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says that is refused."""
    capsys.readouterr()
    assert run(*arguments) == 1
    told = capsys.readouterr()
    assert not told.out
    assert "Traceback" not in told.err
    return told.err


def test_what_is_restored_is_what_was_there(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kopia.tillsyn"
    leader = lead_case(here.database, "2026-01342")
    assert run("export", "2026-01342", "--output", str(tmp_path / "before.json"), "--as", leader) == 0
    assert run("backup", str(file)) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    there.go()
    assert run("restore", str(file)) == 0
    assert "restored as of" in capsys.readouterr().out
    assert run("export", "2026-01342", "--output", str(tmp_path / "after.json"), "--as", leader) == 0
    assert (tmp_path / "before.json").read_bytes() == (tmp_path / "after.json").read_bytes()
    assert run("db", "check") == 0
    for key in ("data.key", "field.key", "secret.key"):
        assert (there.folder / key).read_bytes() == (here.folder / key).read_bytes()
        assert (there.folder / key).stat().st_mode & 0o777 == 0o600
    assert not [path for path in (*here.folder.iterdir(), *there.folder.iterdir()) if path.name[0] == "."]


@FILE_ONLY
def test_a_backup_shows_nothing_to_whoever_has_only_the_file(here: Place, tmp_path: Path) -> None:
    file = tmp_path / "kopia.tillsyn"
    assert run("backup", str(file)) == 0
    content = file.read_bytes()
    with file.open("rb") as source:
        inside = b"".join(opened_pieces(source, WORDS))
    key = (here.folder / "data.key").read_bytes()
    assert key in inside  # so that the next line can fail
    for known in (key, SAID.encode(), b"Nyponbacken", b"manifest", b"2026-01342"):
        assert known not in content


@FILE_ONLY
def test_keys_that_are_kept_apart_stay_apart_and_are_needed_again(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = {name: (here.folder / f"{name}.key").read_text() for name in ("data", "field", "secret")}
    for name, key in keys.items():
        here.patch.setenv(f"TILLSYN_{name.upper()}_KEY", key)
        (here.folder / f"{name}.key").unlink()
    file = tmp_path / "kopia.tillsyn"
    assert run("backup", str(file)) == 0
    assert "without keys" in capsys.readouterr().out
    with file.open("rb") as source:
        inside = b"".join(opened_pieces(source, WORDS))
    assert not [name for name, key in keys.items() if key.encode() in inside]
    there.go()
    here.patch.delenv("TILLSYN_DATA_KEY")
    assert "TILLSYN_DATA_KEY" in refusal(capsys, "restore", str(file))
    here.patch.setenv("TILLSYN_DATA_KEY", keys["data"])
    assert run("restore", str(file)) == 0


@FILE_ONLY
def test_it_is_restored_into_an_empty_place_only(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kopia.tillsyn"
    assert run("backup", str(file)) == 0
    assert "exists already" in refusal(capsys, "backup", str(file))
    before = here.rows("SELECT count(*) FROM statements")
    assert "not empty" in refusal(capsys, "restore", str(file))
    assert here.rows("SELECT count(*) FROM statements") == before
    there.go()
    there.folder.mkdir()
    (there.folder / "data.key").write_text("en annan nyckel")
    assert "other keys already (data.key)" in refusal(capsys, "restore", str(file))
    assert [path.name for path in there.folder.iterdir()] == ["data.key"]


@FILE_ONLY
def test_what_cannot_be_trusted_is_refused_before_anything_is_written(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kopia.tillsyn"
    assert run("backup", str(file)) == 0
    content = file.read_bytes()
    there.go()
    for spoilt in (content[:-1], content[: len(content) // 2], b"", content[:5000] + b"x" + content[5001:]):
        file.write_bytes(spoilt)
        assert "kopia.tillsyn" in refusal(capsys, "restore", str(file))
        assert not list(there.folder.iterdir())
    file.write_bytes(content)
    there.patch.setenv("TILLSYN_BACKUP_PASSPHRASE", WORDS + "!")
    assert "the passphrase is another" in refusal(capsys, "restore", str(file))
    there.patch.setenv("TILLSYN_BACKUP_PASSPHRASE", "kort")
    assert "too short" in refusal(capsys, "restore", str(file))
    assert not list(there.folder.iterdir())


def test_a_database_that_is_damaged_is_found_out_when_it_is_copied(
    here: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = make_engine(here.url)
    with engine.begin() as connection:  # a text that stands in the wrong row
        first, second = connection.execute(text("SELECT id, text_sealed FROM statements LIMIT 2")).all()
        connection.execute(
            text("UPDATE statements SET text_sealed = :sealed WHERE id = :id"),
            {"sealed": second.text_sealed, "id": first.id},
        )
    engine.dispose()
    file = tmp_path / "kopia.tillsyn"
    assert "statements.text_sealed of" in refusal(capsys, "backup", str(file))
    assert not list(tmp_path.glob("kopia*"))


def test_taken_while_others_write_it_is_of_one_moment_and_has_every_row_acknowledged_before(
    here: Place, there: Place, tmp_path: Path
) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(20):
        acknowledged = int(writer.stdout.readline())
    during = tmp_path / "during.tillsyn"
    assert run("backup", str(during)) == 0
    writer.send_signal(signal.SIGKILL)
    with writer:
        last = max(int(line) for line in writer.stdout)
    assert last > acknowledged
    there.go()
    assert run("restore", str(during)) == 0
    there_now = numbers(there)
    assert there_now == list(range(1, len(there_now) + 1))
    assert acknowledged <= len(there_now) <= last + 1
    assert len(numbers(here)) in (last, last + 1)  # the very last may be committed and not yet said


def numbers(place: Place) -> list[int]:
    found = place.rows("SELECT name FROM providers WHERE name LIKE 'Nummer %'")
    return sorted(int(str(name).removeprefix("Nummer ")) for (name,) in found)

"""What was killed in the middle of its work is backed up and comes back whole; so does a restore that was killed."""

# ruff: noqa: F811 - fixtures of another file are asked for by their names

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.test_backup_and_restore import (
    WRITER,
    Place,
    here,  # noqa: F401 - a fixture
    numbers,
    patch,  # noqa: F401 - a fixture
    run,
    there,  # noqa: F401 - a fixture
)

DIES = """
import os, signal, sys
from tillsyn.inspect.cli import main
from tillsyn.inspect.services import back_up
command, file, when, where = sys.argv[1:]
real = getattr(back_up, where)
def die(*given, **named):
    if when == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(back_up, where, die)
main([command, file])
"""
MOMENTS = [
    ("before", "put_back", False),
    ("after", "put_back", True),
]
"""When, at what, and whether the database is there then."""


def killed(command: str, file: Path, when: str, where: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIES, command, str(file), when, where],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def left_in(place: Place) -> list[str]:
    return [one.name for one in place.folder.iterdir() if one.name.startswith((".restore-", ".backup-"))]


def test_a_database_whose_writer_was_killed_is_backed_up_and_restored_with_every_acknowledged_row(
    here: Place,
    there: Place,
    tmp_path: Path,
) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(30):
        last = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    with writer:
        last = max([last, *(int(line) for line in writer.stdout)])
    file = tmp_path / "after.tillsyn"
    assert run("backup", str(file)) == 0
    before = numbers(here)
    assert before == list(range(1, len(before) + 1)) and len(before) >= last
    there.go()
    assert run("restore", str(file)) == 0
    assert numbers(there) == before
    assert run("audit", "verify") == 0


@pytest.mark.parametrize(("when", "where", "is_there"), MOMENTS)
def test_a_restore_that_was_killed_hinders_no_other_and_leaves_nothing_in_clear(
    here: Place,
    there: Place,
    tmp_path: Path,
    when: str,
    where: str,
    is_there: bool,
) -> None:
    file = tmp_path / "kopia.tillsyn"
    assert run("backup", str(file)) == 0
    rows = here.rows("SELECT count(*) FROM statements")
    there.go()
    killed("restore", file, when, where)
    assert len(left_in(there)) == 1, "the control: a killed process tidies nothing"
    assert run("restore", str(file)) == (1 if is_there else 0), "whole there is not empty"
    assert left_in(there) == []
    assert there.rows("SELECT count(*) FROM statements") == rows
    assert run("audit", "verify") == 0


def test_a_backup_that_was_killed_leaves_no_file_of_that_name_and_the_next_takes_its_folder_away(
    here: Place,
    tmp_path: Path,
) -> None:
    file = tmp_path / "kopia.tillsyn"
    killed("backup", file, "before", "verify_database")
    assert not file.exists()
    assert len(left_in(here)) == 1
    assert run("backup", str(file)) == 0
    assert left_in(here) == []

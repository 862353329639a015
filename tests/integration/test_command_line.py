"""The command `tillsyn`: complete help, exit codes 0, 1 and 2, errors in one line, secrets hidden."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tillsyn.inspect.cli import MODULES, SHORT, main, tillsyn

GOOD = "en lugn stund i köket"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder of the test's own, and an environment without other settings."""
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    return tmp_path


@pytest.fixture
def prepared(here: Path, migrated_file: Path) -> Path:
    """As `here`, after `tillsyn db upgrade`."""
    (here / "instance").mkdir()
    shutil.copyfile(migrated_file, here / "instance" / "tillsyn.db")
    return here


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


def every_command(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, *names, name)


COMMANDS = list(every_command(tillsyn))


def test_the_commands_are_those_that_are_promised() -> None:
    names = {" ".join(name) for name, _ in COMMANDS}
    assert names >= {
        "serve", "db upgrade", "db downgrade", "db check", "demo", "user add", "user list", "user disable",
        "import", "export", "weigh", "letter render", "letter verify", "letter seal-demo-certificate",
        "settings",
    }  # fmt: skip


def test_the_help_of_the_whole_says_of_each_command_what_its_own_help_says(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert SHORT.keys() == MODULES.keys()
    for names, command in COMMANDS:
        if len(names) == 1:
            assert SHORT[names[0]][:20] == str(command.help)[:20]
            assert SHORT[names[0]].replace(" ", "") in "".join(out.split()), (
                "also where a line breaks in a word"
            )


@pytest.mark.parametrize(("names", "command"), COMMANDS, ids=[" ".join(name) for name, _ in COMMANDS])
def test_every_command_and_option_says_what_it_does(
    here: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], command: click.Command
) -> None:
    code, out, _ = run(capsys, *names, "--help")
    assert code == 0 and str(command.help).splitlines()[0][:30] in " ".join(out.split())
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in {
            "role",
            "roles",
            "language",
            "form",
        }:
            assert parameter.help, f"{' '.join(names)} {parameter.opts}"


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("db", "sideways"), ("export",), ("import", "/no/such/file"), ("weigh", "--wrong")],
)
def test_wrong_use_is_exit_2_with_a_line_that_says_so(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2 and "Error: " in err and "Traceback" not in err


def test_a_database_without_tables_is_told_in_a_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "user", "list")
    assert code == 1 and err.startswith("tillsyn: the database") and len(err.splitlines()) == 1


def test_the_database_goes_up_is_checked_and_goes_down(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "db", "upgrade")[0] == 0
    assert run(capsys, "db", "check")[0] == 0
    assert run(capsys, "db", "downgrade", "base")[0] == 0
    for arguments in (("db", "check"), ("db", "downgrade", "nonsense"), ("db", "upgrade", "nonsense")):
        code, _, err = run(capsys, *arguments)
        assert code == 1 and err.startswith("tillsyn: ") and len(err.splitlines()) == 1, arguments


def test_accounts_are_added_listed_and_disabled(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adding = (
        "user",
        "add",
        "Anna@Example.se",
        "--name",
        "Anna Ek",
        "--role",
        "inspector",
        "--password",
        GOOD,
    )
    assert run(capsys, *adding)[:2] == (0, "added anna@example.se\n")
    code, _, err = run(capsys, *adding)
    assert code == 1 and err == "tillsyn: There is already an account with that e-mail address.\n"
    _, out, _ = run(capsys, "user", "list")
    assert "anna@example.se" in out and "active" in out and "Anna Ek (inspector)" in out
    assert run(capsys, "user", "disable", "anna@example.se")[0] == 0
    assert "disabled" in run(capsys, "user", "list")[1]
    code, _, err = run(capsys, "user", "disable", "ingen@example.se")
    assert code == 1 and err == "tillsyn: there is no account with the address ingen@example.se\n"


def test_it_is_told_while_two_people_could_not_let_somebody_in_again(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An administrator begins, another administrator or a supervisor confirms (docs/sign-in.md)."""

    def told(email: str, role: str) -> str:
        arguments = ("--name", email, "--role", role, "--password", GOOD)
        code, out, err = run(capsys, "user", "add", f"{email}@example.se", *arguments)
        assert (code, out) == (0, f"added {email}@example.se\n")
        assert len(err.splitlines()) <= 1
        return err

    nobody = "tillsyn: nobody here who loses their password or second factor can come in again"
    some = "tillsyn: an administrator or supervisor here"
    assert told("ida", "inspector").startswith(nobody)
    assert told("adam", "administrator").startswith(nobody)
    assert told("sara", "supervisor").startswith(some)
    assert told("anna", "administrator") == ""
    assert told("ivar", "inspector") == ""
    assert run(capsys, "user", "disable", "sara@example.se")[2].startswith(some)
    assert run(capsys, "user", "disable", "anna@example.se")[2].startswith(nobody)


def test_a_weak_password_is_refused_with_exit_2(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(
        capsys, "user", "add", "a@example.se", "--name", "A", "--role", "inspector", "--password", "kort"
    )
    assert code == 2 and "at least 12 characters" in err and len(err.splitlines()) == 1


def test_settings_hide_what_is_secret(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "a secret of more than thirty-two characters"
    monkeypatch.setenv("TILLSYN_SECRET_KEY", secret)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", "postgresql://tillsyn:hemligt@db/tillsyn")
    code, out, _ = run(capsys, "settings")
    assert code == 0 and "(hidden)" in out
    assert secret not in out and "hemligt" not in out
    assert (here / "instance" / "data.key").read_text() not in out
    assert stat.S_IMODE((here / "instance" / "data.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("command", [("settings",), ("user", "list"), ("db", "upgrade")])
def test_production_without_keys_is_refused_with_how_to_make_them(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TILLSYN_ENV", "production")
    code, _, err = run(capsys, *command)
    assert code == 2 and len(err.splitlines()) == 1
    assert "TILLSYN_SECRET_KEY is not set" in err and "python3 -c" in err


@pytest.mark.parametrize(
    "command",
    [
        ("export", "2099-1", "--as", "a@example.se"),
        ("letter", "render", "2099-1", "--output", "x.pdf", "--as", "a@example.se"),
    ],
)
def test_a_case_that_is_not_there_is_exit_1(
    prepared: Path,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(prepared)
    run(capsys, "user", "add", "a@example.se", "--name", "A", "--role", "inspector", "--password", GOOD)
    code, out, err = run(capsys, *command)
    assert (code, out, len(err.splitlines())) == (1, "", 1) and err.startswith(
        "tillsyn: There is no such case"
    )
    assert not (prepared / "x.pdf").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1,", b'{"format": "tillsyn-inspection/1"}'])
@pytest.mark.parametrize("command", ["import", "weigh"])
def test_unusable_files_are_exit_2_with_a_line_per_fault(
    prepared: Path, capsys: pytest.CaptureFixture[str], command: str, content: bytes
) -> None:
    (prepared / "case.json").write_bytes(content)
    code, out, err = run(capsys, command, str(prepared / "case.json"))
    assert code == 2 and out == "" and err.strip() and "Traceback" not in err


def test_a_file_that_is_no_letter_of_ours_is_exit_2(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (prepared / "letter.pdf").write_bytes(b"%PDF-1.7 something else")
    code, _, err = run(capsys, "letter", "verify", str(prepared / "letter.pdf"))
    assert code == 2 and "not a letter of ours, or changed" in err


def test_the_installed_command_is_this_one(here: Path) -> None:
    """In a process of its own: exit code and a single line, no traceback."""
    program = Path(sys.executable).with_name("tillsyn")
    environment = {"PATH": os.environ["PATH"], "TILLSYN_INSTANCE": str(here / "i"), "TILLSYN_ENV": "nowhere"}
    done = subprocess.run([program, "settings"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "tillsyn: TILLSYN_ENV is 'nowhere': set it to local or production.\n"

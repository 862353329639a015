"""A command that lets a case out does it for an account that may, and the log says which command, for whom, by whom."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.integration.marked_words import Marks, mark_everything
from tests.integration.rich_site import DATA_KEY, FULLEST, RichSite
from tests.integration.who_may import ANYBODY, CODING, LEADING, READING, SIGNED_OUT, Who
from tests.rich_account import NOW
from tillsyn.inspect.cli import main
from tillsyn.inspect.outside import clock, system_user
from tillsyn.models.codings import Coding
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import ArrivedNotes, HeldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import CodingPart, State

PASSPHRASE = "fem ord som ingen vet"
Run = Callable[..., tuple[int, str]]

LETTING_OUT: dict[str, tuple[tuple[str, ...], Who]] = {
    "export": (("export", "DNR", "--output", "OUT"), LEADING),
    "letter.render": (("letter", "render", "DNR", "--format", "html", "--output", "OUT"), READING),
    "codes.export": (("codes", "export", "DNR", "--output", "OUT"), CODING),
    "guard": (("guard", "FILE", "--case", "DNR"), READING),
    "archive": (("archive", "DNR", "--output", "OUT.zip", "--in-clear"), LEADING),
}
"""The command, as the log names it; how it is called; for whom."""
EVERYBODY = sorted(ANYBODY - {SIGNED_OUT})


@pytest.fixture
def marks(rich: RichSite) -> Marks:
    with rich.db() as db:
        words = mark_everything(db)
        case = db.scalars(select(Inspection).where(Inspection.dnr == rich.made.cases["closed"])).one()
        case.state = State.CLOSED
        for waiting in (ArrivedNotes, HeldOp, QuarantinedOp):
            db.execute(delete(waiting).where(waiting.inspection_id == case.id))
        db.commit()
    return Marks(words)


@pytest.fixture
def run(
    rich: RichSite, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """A command on the rich site's database: its exit code, and all that it said."""
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(rich.settings.instance))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", rich.settings.database_url)
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_ARCHIVE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("TILLSYN_BACKUP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def run(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main([str(one) for one in arguments])
        told = capfd.readouterr()
        return int(end.value.code or 0), told.out + told.err

    return run


def by_command(rich: RichSite) -> list[Event]:
    with rich.db() as db:
        kind = EventKind.CONTENT_BY_COMMAND
        return list(db.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))


def email_of(rich: RichSite, who: str) -> str:
    with rich.db() as db:
        return db.get_one(User, rich.made.people[who]).email


def called(rich: RichSite, command: str, place: Path) -> list[str]:
    """The arguments without --as; a file in which everything of the case stands is looked through by the guard."""
    (place / "text.txt").write_text("b1, b2 och Zq.", encoding="utf-8")
    case = rich.made.cases[{"archive": "closed", "letter.render": "returned"}.get(command, FULLEST)]
    given = {"DNR": case, "OUT": str(place / "out"), "OUT.zip": str(place / "out.zip"),
             "FILE": str(place / "text.txt")}  # fmt: skip
    return [given.get(one, one) for one in LETTING_OUT[command][0]]


def outputs(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.name.startswith("out")]


@pytest.mark.parametrize("command", LETTING_OUT)
def test_it_is_done_for_those_who_may_and_for_nobody_else(
    rich: RichSite, marks: Marks, run: Run, tmp_path: Path, command: str
) -> None:
    arguments, may = called(rich, command, tmp_path), LETTING_OUT[command][1]
    for who in EVERYBODY:
        before = len(by_command(rich))
        code, said = run(*arguments, "--as", email_of(rich, who))
        assert marks.of(said) == set(), f"{who}: {said}"
        if who not in may:
            assert (code, outputs(tmp_path), len(by_command(rich))) == (1, [], before), f"{who}: {said}"
            assert len(said.splitlines()) == 1 and said.startswith("tillsyn: "), said
            continue
        event = by_command(rich)[-1]
        if command == "guard":
            assert code == 1 and "b1" in said, "the control"
        else:
            (out,) = outputs(tmp_path)
            assert code == 0 and marks.of(out.read_bytes()), f"the control: {who}: {said}"
            assert out.stat().st_mode & 0o077 == 0, "for nobody else on the machine"
            out.unlink()
        assert len(by_command(rich)) == before + 1
        assert event.actor_id == rich.made.people[who] and event.inspection_id is not None
        assert event.details["command"] == command
        assert event.details["system_user"] == pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize("command", LETTING_OUT)
def test_without_an_account_it_says_how_to_name_one_and_does_nothing(
    rich: RichSite, run: Run, tmp_path: Path, command: str
) -> None:
    before = len(by_command(rich))
    code, said = run(*called(rich, command, tmp_path))
    assert code == 2 and "--as EMAIL" in said
    code, said = run(*called(rich, command, tmp_path), "--as", "ingen@example.se")
    assert code == 1 and "there is no account" in said
    assert (outputs(tmp_path), len(by_command(rich))) == ([], before)


def test_a_case_that_is_closed_to_the_account_is_as_one_that_is_not_there(
    rich: RichSite, run: Run, tmp_path: Path
) -> None:
    for command in LETTING_OUT:
        arguments = [*called(rich, command, tmp_path), "--as", email_of(rich, "inspector_outside")]
        missing = ["2099-99999" if one in rich.made.cases.values() else one for one in arguments]
        assert run(*arguments) == run(*missing)


def test_a_sealed_package_is_opened_for_those_who_may_make_it(
    rich: RichSite, marks: Marks, run: Run, tmp_path: Path
) -> None:
    sealed, out = tmp_path / "package", tmp_path / "out.zip"
    dnr, leader = rich.made.cases["closed"], email_of(rich, "leader")
    assert run("archive", dnr, "--output", sealed, "--as", leader)[0] == 0
    assert marks.of(sealed.read_bytes()) == set()
    for who in EVERYBODY:
        code, said = run("archive-open", sealed, "--output", out, "--as", email_of(rich, who))
        assert marks.of(said) == set()
        assert (code, out.exists()) == ((0, True) if who in LEADING else (1, False)), f"{who}: {said}"
        out.unlink(missing_ok=True)
    assert [one.details["command"] for one in by_command(rich)][-2:] == ["archive-open"] * 2
    assert run("archive-open", sealed, "--output", out)[0] == 2
    assert run("archive-open", sealed, "--output", out, "--as", leader)[0] == 0
    assert marks.of(out.read_bytes()), "the control"


def test_a_package_that_was_made_elsewhere_is_for_accounts_that_are_let_near_cases(
    rich: RichSite, marks: Marks, run: Run, tmp_path: Path
) -> None:
    sealed, out = tmp_path / "package", tmp_path / "out.zip"
    assert (
        run("archive", rich.made.cases["closed"], "--output", sealed, "--as", email_of(rich, "leader"))[0]
        == 0
    )
    rich.put_back()
    assert run("archive-open", sealed, "--output", out, "--as", email_of(rich, "administrator"))[0] == 1
    assert not out.exists()
    assert run("archive-open", sealed, "--output", out, "--as", email_of(rich, "inspector_outside"))[0] == 0
    assert by_command(rich)[-1].inspection_id is None


def test_a_backup_is_no_package_and_is_not_opened_as_one(rich: RichSite, run: Run, tmp_path: Path) -> None:
    sealed, out = tmp_path / "backup", tmp_path / "out"
    assert run("backup", sealed)[0] == 0
    code, said = run("archive-open", sealed, "--output", out, "--as", email_of(rich, "leader"))
    assert code == 1 and "holds no package for the e-archive" in said and not out.exists()


def test_jobs_of_the_machine_over_all_cases_name_the_account_that_ran_them(
    rich: RichSite, run: Run, tmp_path: Path
) -> None:
    assert run("backup", tmp_path / "backup")[0] == 0
    assert run("weigh", "--all")[0] == 0
    found = by_command(rich)[-2:]
    assert [one.details["command"] for one in found] == ["backup", "weigh.all"]
    for one in found:
        assert (one.actor_id, one.inspection_id) == (None, None)
        assert one.details["system_user"] == pwd.getpwuid(os.getuid()).pw_name


def test_the_line_stands_in_the_log_of_the_case_in_words(
    rich: RichSite, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_user, "SIGNED_IN_AS", tmp_path / "loginuid")
    (tmp_path / "loginuid").write_text(str(2**31), encoding="ascii")
    dnr, leader = rich.made.cases[FULLEST], email_of(rich, "leader")
    assert run("export", dnr, "--output", tmp_path / "out", "--as", leader)[0] == 0
    page = rich.as_("co_inspector").get(f"/inspections/{dnr}/log").text
    name = pwd.getpwuid(os.getuid()).pw_name
    assert f"tillsyn export, serverns konto uid:{2**31} → {name}" in page


def test_who_runs_it_is_asked_of_the_machine_and_not_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("USER", "LOGNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "ansvarig.inspektor")
    assert system_user.system_user() == pwd.getpwuid(os.getuid()).pw_name
    for written, said in (
        (str(os.getuid()), ""),
        ("4294967295", ""),
        ("", ""),
        ("2147483648", "uid:2147483648"),
    ):
        (tmp_path / "loginuid").write_text(written, encoding="ascii")
        monkeypatch.setattr(system_user, "SIGNED_IN_AS", tmp_path / "loginuid")
        assert system_user.signed_in_as() == said
    monkeypatch.setattr(system_user, "SIGNED_IN_AS", tmp_path / "nowhere")
    assert system_user.signed_in_as() == ""


def test_who_has_yet_to_code_unseen_does_not_export_what_a_colleague_has_judged(
    rich: RichSite, run: Run, tmp_path: Path
) -> None:
    """The file holds everybody's judgements (method §2.3 S1). Who decides does not code, and may."""
    dnr = rich.made.cases["other_talks"]
    with rich.db() as db:
        case = db.scalars(select(Inspection).where(Inspection.dnr == dnr)).one()
        statement = db.scalars(select(Statement.id).where(Statement.inspection_id == case.id)).first()
        db.execute(delete(Coding).where(Coding.statement_id == statement))
        db.add(
            Coding(
                inspection_id=case.id, statement_id=statement, unit_id=statement, part=CodingPart.FIRST,
                number=1, theme="bemotande", severity=2, coded_at=NOW,
                coder_id=rich.made.people["co_inspector"],
            )
        )  # fmt: skip
        db.commit()
    code, said = run("export", dnr, "--output", tmp_path / "out", "--as", email_of(rich, "leader"))
    assert code == 1 and "has yet to judge unseen: code it first" in said and outputs(tmp_path) == []
    code, said = run("export", dnr, "--output", tmp_path / "out", "--as", email_of(rich, "decision_maker"))
    assert code == 0, said

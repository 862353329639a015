"""What a command works with it shows nowhere but where it was told to write: the marker test over every job.

A word is put into every sealed text of the rich authority (sealed_words.py). Then every command is run, as by
those who run the service: mail of the day, disposal, keys, backup and restore, archive, log. What they said, sent
and left behind is searched: standard output and error, mail, logs, temporary files, instance folders, the files of
both databases. Files that a command was told to write in clear lie apart, and are the positive control.
"""

import base64
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from sqlalchemy import delete, select, text

from tests.integration.rich_site import DATA_KEY, FULLEST, RichSite
from tests.integration.sealed_words import WORD, files_with, holds, put_into_every_sealed_text
from tests.mail_stand_in import Inbox, mail_server
from tests.rich_account import NOW
from tillsyn.inspect.cli import MODULES, main, tillsyn
from tillsyn.inspect.outside import clock
from tillsyn.models.corrections import Correction
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.letters import Letter, Measure
from tillsyn.models.people import User
from tillsyn.models.retention import CountedFrom, Disposal, DisposalCase, RecordType, RetentionRule
from tillsyn.models.sanctions import SanctionMatter

NOT_A_JOB = {
    "serve": "the pages: test_sealed_words_are_nowhere_in_clear.py",
    "demo": "the example data, into an empty database: test_demo.py",
}
PASSPHRASE = "fem ord som ingen vet"
GONE = "archived"
"""The case that is disposed of, once it has been archived."""


class Machine:
    """Where the commands are run: `written` for what they are told to write in clear, `sealed` for the rest."""

    def __init__(self, rich: RichSite, root: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.rich, self.capfd, self.root = rich, capfd, root
        self.written, self.sealed, self.temporary = root / "written", root / "sealed", root / "temporary"
        for place in (self.written, self.sealed, self.temporary):
            place.mkdir()
        self.database = Path(rich.settings.database_url.removeprefix("sqlite:///"))
        self.ran: set[str] = set()
        self.said = b""
        with rich.db() as db:
            people = {
                who: db.get_one(User, rich.made.people[who]).email for who in ("decision_maker", "leader")
            }
        self.decides, self.codes = people["decision_maker"], people["leader"]

    def run(self, *arguments: object, code: int = 0) -> str:
        self.ran.add(str(arguments[0]))
        if _takes_an_account([str(one) for one in arguments]):
            arguments += ("--as", self.codes if arguments[0] == "codes" else self.decides)
        with pytest.raises(SystemExit) as end:
            main([str(one) for one in arguments])
        told = "".join(self.capfd.readouterr())
        self.said += told.encode()
        assert int(end.value.code or 0) == code, (arguments, told)
        return told

    @property
    def searched(self) -> list[Path]:
        beside = self.database.parent.glob(f"{self.database.name}*")
        return [self.sealed, self.temporary, self.rich.settings.instance, *beside]


def _takes_an_account(arguments: list[str]) -> bool:
    """Has the command the option `--as`, for whom it is?"""
    found: click.Command | None = tillsyn
    for word in arguments:
        if not isinstance(found, click.Group):
            break
        found = found.get_command(click.Context(found), word)
    return found is not None and any("--as" in one.opts for one in found.params)


@pytest.fixture
def machine(
    rich: RichSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Machine]:
    made = Machine(rich, tmp_path, capfd)
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "TILLSYN_INSTANCE": str(rich.settings.instance),
        "TILLSYN_DATABASE_URL": rich.settings.database_url,
        "TILLSYN_DATA_KEY": DATA_KEY,
        "TILLSYN_BACKUP_PASSPHRASE": PASSPHRASE,
        "TILLSYN_ARCHIVE_PASSPHRASE": PASSPHRASE,
        "TMPDIR": str(made.temporary),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    yield made
    rich.put_back()


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    with mail_server() as (inbox, port):
        monkeypatch.setenv("TILLSYN_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("TILLSYN_SMTP_PORT", str(port))
        monkeypatch.setenv("TILLSYN_SMTP_SECURITY", "none")
        monkeypatch.setenv("TILLSYN_MAIL_FROM", "tillsyn@exempelinspektionen.example")
        yield inbox


def speak(rich: RichSite) -> None:
    """The word in every sealed text, a disposal that two have agreed on, and something not yet in the main file."""
    with rich.db() as db:
        case = db.scalars(select(Inspection).where(Inspection.dnr == rich.made.cases[GONE])).one()
        of_case = select(Letter.id).where(Letter.inspection_id == case.id)
        for of, stands_in_the_way in (
            (Measure, Measure.letter_id.in_(of_case)),
            (Correction, Correction.letter_id.in_(of_case)),
            (SanctionMatter, SanctionMatter.inspection_id == case.id),
        ):
            db.execute(delete(of).where(stands_in_the_way))
        db.expire_all()
        put_into_every_sealed_text(db, WORD)
        case.state_since = NOW - timedelta(days=4000)
        registrar, supervisor = rich.made.people["registrar"], rich.made.people["decision_maker"]
        rule = RetentionRule(
            decision_number="RA-MS 2040:1", decided_on=NOW.date(), record_type=RecordType.CASE,
            counted_from=CountedFrom.CLOSED, years=10, after_archiving=False, entered_at=NOW,
            entered_by_id=registrar,
        )  # fmt: skip
        db.add(rule)
        db.flush()
        disposal = Disposal(
            rule_id=rule.id, proposed_at=NOW, proposed_by_id=registrar, approved_at=NOW,
            approved_by_id=supervisor,
        )  # fmt: skip
        db.add(disposal)
        db.flush()
        day = case.state_since.date()
        db.add(
            DisposalCase(disposal_id=disposal.id, inspection_id=case.id, closed_on=day, due_on=day, counts={})
        )
        db.commit()
        db.execute(text("UPDATE homes SET name = name"))
        db.commit()


def statements_of(rich: RichSite, case: str) -> int:
    with rich.db() as db:
        of_case = select(Statement.id).join(Inspection).where(Inspection.dnr == rich.made.cases[case])
        return len(db.scalars(of_case).all())


def test_no_job_leaves_what_was_said_anywhere_but_where_it_was_told_to_write_it(
    machine: Machine, inbox: Inbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich, run, written = machine.rich, machine.run, machine.written
    dnr, gone = rich.made.cases[FULLEST], rich.made.cases[GONE]
    speak(rich)
    assert statements_of(rich, GONE) > 0
    with caplog.at_level(logging.DEBUG):
        _look_and_write(machine, dnr)
        run("archive", gone, "--output", machine.sealed / "package")
        run("archive-open", machine.sealed / "package", "--output", written / "package.zip")
        run("archive-check", written / "package.zip")
        run("backup", machine.sealed / "backup")
        told = run("dispose")
        with rich.db() as db:
            left = db.scalars(select(DisposalCase.left_because)).all()
        assert statements_of(rich, GONE) == 0, f"the disposal was to be carried out: {left} {told}"
        run("worker", "--once")
        run("audit", "head")
        run("audit", "verify")
        run("keys", "renew", "--all")
        monkeypatch.setenv("TILLSYN_DATA_KEYS_OLD", DATA_KEY)
        monkeypatch.setenv("TILLSYN_DATA_KEY", base64.b64encode(os.urandom(32)).decode())
        run("keys", "rotate")
        run("keys", "status")
        monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
        monkeypatch.setenv("TILLSYN_INSTANCE", str(machine.sealed / "restored"))
        monkeypatch.setenv("TILLSYN_DATABASE_URL", "")
        run("restore", machine.sealed / "backup")
        run("export", dnr, "--output", written / "restored.json")
    assert machine.ran | NOT_A_JOB.keys() == MODULES.keys(), "a command that is not looked at"
    assert len(inbox.raw) > 2, "the mail of the day was to be sent"
    assert not [mail for mail in inbox.raw if holds(mail, WORD)]
    assert not holds(machine.said, WORD)
    assert not holds(caplog.text.encode(), WORD)
    assert files_with(WORD, machine.searched) == []
    found = {path.name for path in files_with(WORD, [written])}
    assert found >= {"case.json", "restored.json"}, "the control: where it was to be written it stands"


def _look_and_write(machine: Machine, dnr: str) -> None:
    """What looks, refuses, or writes a file in clear where it was told to."""
    run, written = machine.run, machine.written
    for arguments in (["settings"], ["db", "check"], ["user", "list"], ["take-in"], ["guides", "list"]):
        run(*arguments)
    run("weigh", "--all")
    run("weigh", "--verify-overrides", code=1)  # the word is in them, and was not when they were signed
    run("export", dnr, "--output", written / "case.json")
    run("letter", "render", dnr, "--format", "html", "--output", written / "letter.html")
    run("letter", "verify", written / "letter.html")
    run("codes", "export", dnr, "--output", written / "codes.qdpx")
    (written / "nothing.txt").write_text("Inget.", encoding="utf-8")
    run("guard", "--case", dnr, written / "nothing.txt")
    for command in (["import"], ["register", "import", "--dry-run"], ["sync-file"]):
        (written / "broken").write_text(f'{{"text": "{WORD}", "namn": 1', encoding="utf-8")
        run(*command, written / "broken", code=2)


def test_a_job_that_is_stopped_by_a_fault_tells_its_place_and_not_what_it_held(machine: Machine) -> None:
    """A value that does not open, in the middle of each of the jobs that open what is sealed."""
    speak(machine.rich)
    with machine.rich.db() as db:
        one, other = db.scalars(select(Statement.id).order_by(Statement.id)).all()[:2]
        db.execute(
            text("UPDATE statements SET text_sealed = (SELECT text_sealed FROM statements WHERE id = :other)"
                 " WHERE id = :one"), {"one": one.hex, "other": other.hex},
        )  # fmt: skip
        db.commit()
        dnr = db.scalar(select(Inspection.dnr).join(Statement).where(Statement.id == one))
    told = machine.run("backup", machine.sealed / "backup", code=1)
    assert "statements.text_sealed of" in told
    written = str(machine.written / "x.json")
    for command in (["keys", "renew", "--all"], ["export", str(dnr), "--output", written]):
        for_whom = ["--as", machine.decides] if _takes_an_account(command) else []
        with pytest.raises((SystemExit, ValueError)) as end:
            main(command + for_whom)
        told = "".join(machine.capfd.readouterr()) + str(end.value)
        assert not holds(told.encode(), WORD), command
    assert files_with(WORD, machine.searched) == []

"""A closed case as a package for the e-archive: everything in it, valid, sealed unless it is asked for in clear."""

import hashlib
import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.csip_rules import rule_faults, schema_faults
from tests.integration.leading import lead_case
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.sent_letters import make_sent_letter
from tests.rich_account import MARKER
from tillsyn.inspect.cli import main
from tillsyn.inspect.errors import NotAllowed, NotPossibleNow
from tillsyn.inspect.exchange.csip import DATA, PRESERVATION, SCHEMAS
from tillsyn.inspect.exchange.csip_check import check_package
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.rules.inspection_file_shape import SCHEMA as INSPECTION
from tillsyn.inspect.rules.keeping import KEEPING, Keeping
from tillsyn.inspect.services.archive_case import Archived, archive_case
from tillsyn.inspect.services.case_record import LEFT_OUT, SCHEMA
from tillsyn.inspect.services.confirm_package import confirm_package
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.zip_package import read_zip
from tillsyn.models.field import ArrivedNotes, HeldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection
from tillsyn.models.letters import LetterVersion
from tillsyn.models.vocabulary import Role, State, TeamRole

CASE = Path(__file__).parents[2] / "inspect/demo/inspection-nyponbacken.json"
SAID = "De ställer bara fram muggen"
PASSPHRASE = "fem ord som ingen gissar alls"


def packed(db: Session, inspection: Inspection, actor: object = None) -> Archived:
    return archive_case(
        db, actor=actor, inspection=inspection, authority="Inspektionen", version="1", now=NOW,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_case_with_its_sent_letter_is_a_valid_package(db: Session) -> None:
    inspection = find_inspection(db, make_sent_letter(db).inspection.dnr)
    inspection.state = State.CLOSED
    made = packed(db, inspection)
    mets = made.files["METS.xml"]
    assert schema_faults(mets, made.files[PRESERVATION]) == []
    assert rule_faults(mets) == set()
    assert check_package(made.files) == []
    assert made.package.manifest_sha256 == hashlib.sha256(mets).hexdigest()
    frozen = {hashlib.sha256(one.pdf).hexdigest() for one in db.query(LetterVersion)}
    letters = [content for path, content in made.files.items() if path.startswith(f"{DATA}letters/")]
    assert {hashlib.sha256(content).hexdigest() for content in letters} == frozen
    for name, schema in (("inspection.json", INSPECTION), ("case-record.json", SCHEMA)):
        rules = json.loads(schema.read_bytes())
        jsonschema.validate(json.loads(made.files[DATA + name]), rules)
        assert made.files[SCHEMAS + schema.name] == schema.read_bytes()


def test_a_full_case_leaves_with_its_letters_as_pdf_a_and_its_files(rich: RichSite) -> None:
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        inspection.state = State.CLOSED
        for waiting in (ArrivedNotes, HeldOp, QuarantinedOp):
            db.execute(delete(waiting).where(waiting.inspection_id == inspection.id))
        made = packed(db, inspection)
    by_folder = {
        folder: [content for path, content in made.files.items() if path.startswith(f"{DATA}{folder}/")]
        for folder in ("letters", "files", "answers")
    }
    assert all(by_folder.values()), "the control"
    for content in by_folder["letters"]:
        with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
    record = made.files[f"{DATA}case-record.json"].decode()
    assert MARKER in record
    told = {row["content_sealed"]["sha256"] for row in json.loads(record)["tables"]["answer_files"]}
    assert told == {hashlib.sha256(content).hexdigest() for content in by_folder["answers"]}
    assert rule_faults(made.files["METS.xml"]) == set()
    assert schema_faults(made.files["METS.xml"], made.files[PRESERVATION]) == []
    assert check_package(made.files) == []


def test_every_table_that_goes_with_its_case_is_in_the_record_or_left_out_with_a_reason(db: Session) -> None:
    made = packed(db, make_inspection(db, state=State.CLOSED))
    record = json.loads(made.files[f"{DATA}case-record.json"])
    going = {name for name, keeping in KEEPING.items() if keeping is Keeping.WITH_CASE}
    there = set(record["tables"])
    assert not there & LEFT_OUT.keys()
    assert there <= going
    assert len(record["tables"]["team_members"]) == 1
    assert [row["person"] for row in record["tables"]["residents"]] == ["b1", "b2", "b3"]
    assert record["people"].keys() >= {row["user_id"] for row in record["tables"]["team_members"]}


def test_who_leads_or_decides_makes_the_package_of_a_closed_case_and_another_confirms_it(db: Session) -> None:
    leader, decider = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    team = {TeamRole.INSPECTOR: leader, TeamRole.DECISION_MAKER: decider}
    with pytest.raises(NotPossibleNow, match="closed"):
        packed(db, make_inspection(db, team=team), acting(leader))
    case = make_inspection(db, state=State.CLOSED, team=team)
    for role in (Role.REGISTRAR, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.LOG_REVIEWER):
        with pytest.raises(NotAllowed):
            packed(db, case, acting(make_user(db, role)))
    made = packed(db, case, acting(decider))
    with pytest.raises(NotAllowed, match="yourself"):
        confirm_package(db, actor=acting(decider), package_id=made.package.id, now=NOW)
    confirm_package(db, actor=acting(make_user(db, Role.REGISTRAR)), package_id=made.package.id, now=NOW)
    assert made.package.taken_over_at == NOW


@pytest.fixture
def run(own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A command of `tillsyn` on a database of its own; its exit code."""
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("TILLSYN_ARCHIVE_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> int:
        with pytest.raises(SystemExit) as end:
            main([str(one) for one in arguments])
        return int(end.value.code or 0)

    return run


def test_by_command_it_is_sealed_opened_checked_and_a_spoilt_one_told_of(
    run: Callable[..., int], own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    dnr = json.loads(CASE.read_bytes())["dnr"]
    assert run("import", CASE) == 0
    sealed, opened, folder = (tmp_path / name for name in ("case.sealed", "case.zip", "folder"))
    of = ("--as", lead_case(own_database_url, dnr))
    assert run("archive", dnr, "--output", sealed, *of) == 1, "the case is not closed"
    engine = make_engine(own_database_url)
    with Session(engine) as db:
        db.query(Inspection).one().state = State.CLOSED
        db.commit()
    engine.dispose()
    assert run("archive", dnr, "--output", sealed, *of) == 0
    assert SAID.encode() not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0
    assert run("archive-open", sealed, "--output", opened, *of) == 0
    files = read_zip(opened.read_bytes())
    assert SAID in files[f"{DATA}inspection.json"].decode(), "the control"
    assert SAID in files[f"{DATA}case-record.json"].decode()
    assert run("archive-check", opened) == 0
    assert run("archive", dnr, "--output", folder, "--in-clear", *of) == 0
    assert run("archive-check", folder) == 0
    next(folder.rglob("case-record.json")).write_bytes(b"{}")
    capsys.readouterr()
    assert run("archive-check", folder) == 1
    assert "another SHA-256" in capsys.readouterr().err
    assert run("archive", dnr, "--output", sealed, *of) == 1, "nothing is written over"
    monkeypatch.setenv("TILLSYN_ARCHIVE_PASSPHRASE", "ett annat lösenord helt")
    assert run("archive-open", sealed, "--output", tmp_path / "other.zip", *of) == 1
    assert not (tmp_path / "other.zip").exists()

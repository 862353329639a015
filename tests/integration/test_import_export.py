"""Import, export and weighing of inspection files, on both databases and through the command."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.example_inspection import check, small_inspection
from tests.integration.leading import lead_case
from tillsyn.inspect.cli import main
from tillsyn.inspect.errors import Conflict
from tillsyn.inspect.services.export_inspection import export_inspection
from tillsyn.inspect.services.import_inspection import (
    UnusableFile,
    import_inspection,
    read_inspection_file,
)
from tillsyn.inspect.services.weigh_inspection import keep_weighing, weighed
from tillsyn.models.assessments import Check, WeighingRun
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.vocabulary import Role, State, TeamRole


def test_what_is_imported_comes_out_the_same(db: Session, now: datetime) -> None:
    data = small_inspection()
    data["residents"][1]["note"] = "Ville inte i dag."
    data["interviews"][0]["statements"][0]["status"] = "withdrawn"
    data["self_assessment"] = {"strengths": ["Kontaktmän"], "worries": []}
    data["arrangements"] = "Tolk på tigrinja, rum på övervåningen."
    data["note"] = "Exempel."
    done = import_inspection(db, actor=None, data=data, now=now)
    assert done.is_new
    assert export_inspection(db, actor=None, inspection=done.inspection, now=now) == data


def test_a_complete_file_is_ready_for_weighing(db: Session, now: datetime) -> None:
    done = import_inspection(db, actor=None, data=small_inspection(), now=now)
    assert done.inspection.state is State.WEIGHING


def test_a_file_with_unmarked_requirements_stands_at_the_requirements(db: Session, now: datetime) -> None:
    data = small_inspection()
    data["checks"].pop()
    assert import_inspection(db, actor=None, data=data, now=now).inspection.state is State.DOCUMENTS


def test_importing_twice_changes_nothing(db: Session, now: datetime) -> None:
    first = import_inspection(db, actor=None, data=small_inspection(), now=now)
    events = db.scalar(select(func.count()).select_from(Event))
    again = import_inspection(db, actor=None, data=small_inspection(), now=now)
    assert (again.is_new, again.inspection.id) == (False, first.inspection.id)
    assert db.scalar(select(func.count()).select_from(Statement)) == 5
    assert db.scalar(select(func.count()).select_from(Event)) == events


def test_another_content_under_the_same_number_is_refused(db: Session, now: datetime) -> None:
    import_inspection(db, actor=None, data=small_inspection(), now=now)
    other = small_inspection()
    other["title"] = "Något annat"
    with pytest.raises(Conflict):
        import_inspection(db, actor=None, data=other, now=now)


def test_a_bad_file_leaves_nothing_behind(db: Session, now: datetime) -> None:
    data = small_inspection()
    data["checks"].append(check("K08"))
    with pytest.raises(UnusableFile) as refused:
        import_inspection(db, actor=None, data=data, now=now)
    assert [fault.path for fault in refused.value.faults] == ["checks[36].requirement"]
    assert db.scalar(select(func.count()).select_from(Inspection)) == 0


def test_whoever_imports_becomes_responsible_inspector(db: Session, now: datetime) -> None:
    actor = acting(make_user(db, Role.INSPECTOR))
    done = import_inspection(db, actor=actor, data=small_inspection(), now=now)
    assert [(m.name, m.role) for m in done.inspection.team if m.user_id == actor.user_id] == [
        (actor.name, TeamRole.INSPECTOR)
    ]
    assert (
        db.scalar(select(Event.actor_id).where(Event.kind == EventKind.INSPECTION_IMPORTED)) == actor.user_id
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"title": "Hemmet på ön"}'.encode("latin-1"), "is not UTF-8"),
        (b"{not json", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_files_that_cannot_be_read_say_why(content: bytes, told: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_inspection_file(content)
    assert told in refused.value.faults[0].text


def test_what_was_said_is_not_in_clear_in_the_database(db: Session, now: datetime) -> None:
    data = small_inspection()
    data["interviews"][0]["statements"][0]["text"] = "HEMLIGMARKÖR"
    import_inspection(db, actor=None, data=data, now=now)
    sealed = db.scalars(select(Statement.text_sealed)).all()
    assert sealed and all(one is not None and "HEMLIGMARKÖR".encode() not in one for one in sealed)


def test_the_stored_inspection_is_weighed_with_its_stamp(db: Session, now: datetime) -> None:
    inspection = import_inspection(db, actor=None, data=small_inspection(), now=now).inspection
    run = keep_weighing(db, actor=None, inspection=inspection, now=now)
    assert run.result["areas"]["TRY"]["word"] == "Behöver förbättras"
    assert run.result["areas"]["TRY"]["basis"] == "konstaterad brist"
    assert run.input_hash == weighed(db, inspection).result.stamp.input_hash
    assert db.scalar(select(func.count()).select_from(WeighingRun)) == 1


def test_what_only_the_committee_owes_is_never_weighed_against_the_home(db: Session, now: datetime) -> None:
    data = small_inspection()
    for row in data["checks"]:
        if row["requirement"] == "K13":
            row.update(check("K13", "deviation", consequence=3, extent=2))
    inspection = import_inspection(db, actor=None, data=data, now=now).inspection
    assert "K13" in db.scalars(select(Check.requirement)).all()
    assert weighed(db, inspection).result.areas["VAS"].ceilings.T2 == 4


def run_command(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def test_the_commands_import_export_and_import_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_database_url: str
) -> None:
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    given, back = tmp_path / "case.json", tmp_path / "back.json"
    given.write_text(json.dumps(small_inspection()), encoding="utf-8")
    assert run_command(["import", str(given)]) == 0
    leader = lead_case(own_database_url, "2026-00042")
    assert run_command(["export", "2026-00042", "--output", str(back), "--as", leader]) == 0
    exported = json.loads(back.read_text(encoding="utf-8"))
    assert exported.pop("team")[:-1] == small_inspection()["team"], "and the account that leads it here"
    assert exported == {key: value for key, value in small_inspection().items() if key != "team"}
    assert run_command(["import", str(given)]) == 0
    assert "nothing changed" in capsys.readouterr().out
    spoilt = small_inspection() | {"dnr": "2026-1"}
    spoilt["checks"].append(check("K08"))
    given.write_text(json.dumps(spoilt), encoding="utf-8")
    assert run_command(["import", str(given)]) == 2
    assert "case.json: checks[36].requirement: två resultat för kravet K08" in capsys.readouterr().err
    assert run_command(["export", "2026-1", "--as", leader]) == 1


def test_weigh_prints_the_contract_and_tells_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {
        "catalogue": {
            "themes": {"natt": "TRY"},
            "requirements": {"K1": ["natt"]},
            "administrative_areas": [],
        },
        "inspection": {
            "id": "x",
            "residents": 1,
            "children_first": True,
            "alpha": None,
            "interviews": [],
            "codings": [],
            "checks": [
                {
                    "requirement": "K1",
                    "result": "deviation",
                    "consequence": 3,
                    "extent": 0,
                    "repeated": False,
                    "fixed": False,
                    "self_reported": False,
                }
            ],
        },
    }
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert run_command(["weigh", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["areas"]["TRY"]["position"] == 1
    lines = tmp_path / "cases.ndjson"
    lines.write_text("\n".join([json.dumps(case)] * 3), encoding="utf-8")
    assert run_command(["weigh", "--lines", str(lines)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    case["inspection"]["checks"][0]["requirement"] = "K2"  # type: ignore[index]
    case["inspection"]["residents"] = -1  # type: ignore[index]
    file.write_text(json.dumps(case), encoding="utf-8")
    assert run_command(["weigh", str(file)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in told] == [
        "inspection.residents",
        "inspection.checks[0].requirement",
    ]

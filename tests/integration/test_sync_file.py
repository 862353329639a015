"""`tillsyn sync-file`: a sealed export is taken in as if the device had sent it, once."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.conftest import DATA_KEY
from tests.integration.field_door import Door, inspector, visit_of
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.cli import main
from tillsyn.models.devices import Device
from tillsyn.models.field import FieldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection


@pytest.fixture
def door(app: Tillsyn, db: Session) -> Door:
    return Door(app, inspector(db, name="Ida Ek")).sign_in().enrol()


@pytest.fixture
def case(db: Session, door: Door) -> Inspection:
    return visit_of(db, door.user)


@pytest.fixture
def run(app: Tillsyn, tmp_path: Path, own_database_url: str, monkeypatch, capsys):
    """Run the command on what a file holds: (exit code, output, errors)."""
    monkeypatch.setenv("TILLSYN_INSTANCE", str(app.config["SETTINGS"].instance))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")

    def ask(content: object) -> tuple[int, str, str]:
        file = tmp_path / "export.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["sync-file", str(file)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return ask


def export(door: Door, *ops: dict) -> dict:
    return {
        "format": "tillsyn-sealed/1",
        "device_id": door.id,
        "made_at": "2026-10-01T12:00:00.000Z",
        "items": [door.sealed(op) for op in ops],
    }


def test_a_file_is_taken_in_and_the_second_time_changes_nothing(run, door: Door, case, db: Session) -> None:
    first = door.op(case, "visit", case.id, "children_confirmed", True)
    second = door.op(case, "visit", case.id, "children_confirmed", False) | {"parents": [first["op_id"]]}
    made = export(door, second, first)
    assert run(made) == (0, "Surfplatta 7 (Ida Ek): 2 taken in, 0 known, 0 held, 0 refused\n", "")
    assert run(made) == (0, "Surfplatta 7 (Ida Ek): 0 taken in, 2 known, 0 held, 0 refused\n", "")
    stored = db.scalars(select(FieldOp).where(FieldOp.device_id.is_not(None)).order_by(FieldOp.seq)).all()
    assert [str(one.id) for one in stored] == [first["op_id"], second["op_id"]]
    assert db.scalars(select(Device.acked_seq)).one() == 2


def test_more_than_one_batch_is_taken_in(run, door: Door, case, db: Session) -> None:
    ops = []
    for _ in range(205):
        op = door.op(case, "visit", case.id, "children_confirmed", len(ops) % 2 == 0)
        op["parents"] = [ops[-1]["op_id"]] if ops else []
        ops.append(op)
    code, out, _ = run(export(door, *ops))
    assert code == 0 and "205 taken in" in out


def test_what_waits_for_a_person_gives_exit_1(run, door: Door, case, db: Session) -> None:
    foreign = door.op(case, "visit", case.id, "children_confirmed", True) | {"author": door.id}
    code, out, _ = run(export(door, foreign))
    assert code == 1 and "1 refused" in out
    assert len(db.scalars(select(QuarantinedOp)).all()) == 1


def test_a_gap_is_said(run, door: Door, case) -> None:
    door.op(case, "visit", case.id, "children_confirmed", True)
    code, _, err = run(export(door, door.op(case, "visit", case.id, "children_confirmed", True)))
    assert code == 1 and "are missing" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "den är inte JSON"),
        ("[]", "tillsyn-sealed/1"),
        ({"format": "tillsyn-sealed/1"}, "vilken enhet"),
        ({"format": "tillsyn-sealed/1", "device_id": "0190a000-0000-7000-8000-000000000001"}, "inga anteckn"),
        (
            {
                "format": "tillsyn-sealed/1",
                "device_id": "0190a000-0000-7000-8000-000000000001",
                "items": [{"seq": 0, "sealed": "AA"}],
            },
            "Anteckning 1",
        ),
        (
            {"format": "tillsyn-sealed/1", "device_id": "0190a000-0000-7000-8000-000000000001", "items": []},
            "inte inskriven",
        ),
    ],
)
def test_what_is_no_sealed_export_gives_exit_2_and_a_sentence(run, content, said: str) -> None:
    code, out, err = run(content)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1

"""A whole visit that is sent at once is taken into its case when somebody looks; who asks too often waits."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.integration.conftest import DATA_KEY
from tests.integration.field_door import Door, inspector, visit_of
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.cli import main
from tillsyn.inspect.services import limit_asks
from tillsyn.inspect.web.api.sync_views import AT_ONCE
from tillsyn.models.base import new_id
from tillsyn.models.field import ArrivedNotes, FieldOp
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement


@pytest.fixture
def door(app: Tillsyn, db: Session) -> Door:
    return Door(app, inspector(db, name="Ida Ek")).sign_in().enrol()


@pytest.fixture
def case(db: Session, door: Door) -> Inspection:
    return visit_of(db, door.user, children=2)


def whole_visit(door: Door, case: Inspection) -> list[dict[str, Any]]:
    """More than is taken in at once."""
    talk = new_id()
    start = {
        "informant": "child",
        "resident": str(case.residents[0].id),
        "person": "",
        "guide": "child_6_12",
        "started_at": "2026-03-10T09:00:00.000Z",
    }
    ops = [door.op(case, "talk", talk, "start", start)]
    for place in range(AT_ONCE // 2 + 1):
        said = new_id()
        ops.append(door.op(case, "statement", said, "source", {"talk": str(talk), "position": place}))
        ops.append(door.op(case, "statement", said, "text", f"Svar {place}"))
    return ops


def statements(db: Session) -> int:
    db.rollback()
    return db.scalar(select(func.count()).select_from(Statement)) or 0


def test_a_whole_visit_waits_until_somebody_opens_the_case(door: Door, case: Inspection, db: Session) -> None:
    ops = whole_visit(door, case)
    answer = door.sync(ops)
    assert answer.status_code == 200
    assert {one["status"] for one in answer.get_json()["results"]} == {"accepted"}
    assert statements(db) == 0
    page = door.http.get(f"/inspections/{case.dnr}/talks")
    assert page.status_code == 200
    assert statements(db) == len(ops) // 2
    assert db.scalar(select(func.count()).select_from(ArrivedNotes)) == 0
    labels = db.scalars(select(Statement.label).order_by(Statement.position)).all()
    assert list(labels) == [f"u{n}" for n in range(1, len(ops) // 2 + 1)]


def test_a_whole_visit_is_received_with_few_questions_and_one_commit(
    door: Door, case: Inspection, app: Tillsyn
) -> None:
    ops = whole_visit(door, case)
    asked: list[str] = []
    engine = app.extensions["tillsyn_engine"]

    def note(*about: object) -> None:
        asked.append("TELL" if "set_config" in str(about[2]) else str(about[2]).split()[0])

    event.listen(engine, "before_cursor_execute", note)
    answer = door.sync(ops)
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200
    assert asked.count("INSERT") + asked.count("UPDATE") <= 4 and asked.count("SELECT") <= 7, asked
    assert asked.count("TELL") <= 3, "whose rows are reached: nobody's yet, then the person's, as each begins"


def test_a_whole_visit_from_somebody_unknown_or_another_person_is_refused(
    door: Door, case: Inspection, app: Tillsyn, db: Session
) -> None:
    ops = whole_visit(door, case)
    mine, door.http = door.http, app.test_client()
    assert door.sync(ops).get_json()["error"]["code"] == "signed_out"
    door.http = Door(app, inspector(db)).sign_in().http
    assert door.sync(ops).get_json()["error"]["code"] == "other_user"
    door.http = mine
    assert {one["status"] for one in door.sync(ops).get_json()["results"]} == {"accepted"}
    assert {one["status"] for one in door.sync(ops).get_json()["results"]} == {"known"}


def test_what_is_amiss_in_a_whole_visit_is_put_apart_and_the_rest_is_taken_in(
    door: Door, case: Inspection, db: Session
) -> None:
    ops = whole_visit(door, case)
    ops[2]["value"] = 2**70
    results = door.sync(ops).get_json()["results"]
    assert [one["op_id"] for one in results if one["status"].startswith("rejected")] == [ops[2]["op_id"]]
    assert statements(db) == len(ops) // 2 - 1


def test_a_case_is_exported_with_what_devices_sent_for_it(
    door: Door,
    case: Inspection,
    db: Session,
    app: Tillsyn,
    own_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    door.sync(whole_visit(door, case))
    monkeypatch.setenv("TILLSYN_INSTANCE", str(app.config["SETTINGS"].instance))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    with pytest.raises(SystemExit) as ended:
        main(["export", case.dnr, "--as", door.user.email])
    assert not ended.value.code
    assert "Svar 0" in capsys.readouterr().out
    assert statements(db) > 0


def test_the_device_gets_what_it_sent_with_what_it_fetches_next(door: Door, case: Inspection) -> None:
    ops = whole_visit(door, case)
    door.sync(ops)
    told = door.get("/changes", inspection=str(case.id), after="0").get_json()
    assert {one["op_id"] for one in told["ops"]} >= {one["op_id"] for one in ops}
    assert told["held"] == []


def test_what_waits_is_taken_in_before_somebody_writes_in_the_case(
    door: Door, case: Inspection, db: Session
) -> None:
    ops = whole_visit(door, case)
    door.sync(ops)
    me = door.get("/me").get_json()
    door.http.post(f"/inspections/{case.dnr}/children/confirm", headers={"X-CSRFToken": me["csrf"]})
    assert statements(db) == len(ops) // 2


def test_a_few_notes_to_a_quiet_server_are_in_the_case_with_the_answer(
    door: Door, case: Inspection, db: Session
) -> None:
    door.sync(whole_visit(door, case)[:7])
    assert statements(db) == 3


def test_the_command_takes_in_what_nobody_has_looked_at(
    door: Door, case: Inspection, db: Session, app: Tillsyn, own_database_url: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    ops = whole_visit(door, case)
    door.sync(ops)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(app.config["SETTINGS"].instance))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    for said in ("1 batches taken in for 1 cases", "0 batches taken in for 0 cases"):
        with pytest.raises(SystemExit) as ended:
            main(["take-in"])
        assert not ended.value.code
        assert said in capsys.readouterr().out
    assert statements(db) == len(ops) // 2
    assert len(db.scalars(select(FieldOp.id).where(FieldOp.device_id == UUID(door.id))).all()) == len(ops)


def test_a_device_that_asks_far_too_often_is_told_to_wait(
    door: Door, case: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit_asks, "MOST_BATCHES", 2)
    ops = whole_visit(door, case)[:3]
    assert [door.sync(ops[:n]).status_code for n in (1, 2)] == [200, 200]
    refused = door.sync(ops)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (429, "too_often")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    refused = door.send_sealed([door.sealed(ops[2])])
    assert refused.status_code == 429
    monkeypatch.setattr(limit_asks, "MOST_BATCHES", 100)
    assert door.sync(ops).get_json()["acked_seq"] == 3


def test_somebody_who_makes_one_device_after_the_other_is_told_to_wait(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit_asks, "MOST_ENROLLED", 1)
    me = door.get("/me").get_json()
    refused = door.http.post(
        "/api/v1/devices",
        json={"name": "En till", "key_way": "prf", "client": "1.0.0"},
        headers={"X-CSRFToken": me["csrf"]},
    )
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (429, "too_often")
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600

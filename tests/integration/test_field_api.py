"""The API of devices: who may ask, what each is told, and that nothing is taken from somebody unknown."""

import hashlib
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.integration.field_door import API, Door, inspector, visit_of
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.services.receive_ops import MOST_OPS
from tillsyn.models.devices import Device, DeviceHolding
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import FieldOp, QuarantinedOp, Refusal
from tillsyn.models.inspections import TeamMember
from tillsyn.models.vocabulary import Role, State


def code(answer) -> str:
    return answer.get_json()["error"]["code"]


def test_without_a_session_nothing_is_told(app: Tillsyn) -> None:
    http = app.test_client()
    for path in ("/me", "/inspections", "/changes?inspection=x&after=0"):
        answer = http.get(API + path)
        assert (answer.status_code, code(answer)) == (401, "signed_out"), path
        assert "Clear-Site-Data" not in answer.headers
    assert http.get(f"{API}/openapi.json").get_json()["openapi"] == "3.1.0"
    for path in ("/nothing", "/me/x"):
        assert code(http.get(API + path)) == "not_found"
    assert code(http.delete(f"{API}/me")) == "method_not_allowed"


def test_a_device_is_enrolled_with_a_token_that_is_kept_as_a_hash(app: Tillsyn, db: Session) -> None:
    door = Door(app, inspector(db)).sign_in().enrol()
    device = db.scalars(select(Device)).one()
    assert str(device.id) == door.id and device.user_id == door.user.id
    assert device.token_hash == hashlib.sha256(door.token.encode()).digest()
    assert [e.kind for e in db.scalars(select(Event)) if e.kind is EventKind.DEVICE_ENROLLED]


def test_enrolment_needs_the_form_token_and_a_name(app: Tillsyn, db: Session) -> None:
    door = Door(app, inspector(db)).sign_in()
    body = {"name": "Min", "key_way": "prf", "client": "1"}
    app.config["WTF_CSRF_ENABLED"] = True
    answer = door.http.post(f"{API}/devices", json=body)
    assert (answer.status_code, code(answer)) == (400, "stale_form")
    csrf = {"X-CSRFToken": door.get("/me").get_json()["csrf"]}
    for wrong in ({**body, "name": "  "}, {**body, "key_way": "pin"}, {**body, "more": 1}, {}, [], "x"):
        answer = door.http.post(f"{API}/devices", json=wrong, headers=csrf)
        assert (answer.status_code, code(answer)) == (422, "invalid"), wrong
    answer = door.http.post(f"{API}/devices", data="{", content_type="application/json", headers=csrf)
    assert code(answer) == "bad_request"
    deep = "[" * 100_000 + "]" * 100_000
    answer = door.http.post(f"{API}/devices", data=deep, content_type="application/json", headers=csrf)
    assert code(answer) == "bad_request"
    assert code(door.http.post(f"{API}/devices", data="x", headers=csrf)) == "unsupported_media_type"
    assert db.scalars(select(Device)).all() == []


def test_those_outside_the_authority_carry_no_device(app: Tillsyn, db: Session) -> None:
    administrator = make_user(db, Role.ADMINISTRATOR)
    db.commit()
    assert Door(app, administrator).sign_in().get("/me").status_code == 404


def test_errors_are_in_the_readers_language(app: Tillsyn, db: Session) -> None:
    said = {}
    for language in ("sv", "en"):
        door = Door(app, inspector(db, language=language)).sign_in().enrol()
        answer = door.get(f"/inspections/{door.id}/bundle")
        assert answer.status_code == 404
        said[language] = answer.get_json()["error"]["message"]
    assert said["en"] == "There is no such case, or it is not open to you."
    assert said["sv"] != said["en"]


def test_notes_are_sent_known_when_sent_again_and_acknowledged_with_a_receipt(
    app: Tillsyn, db: Session
) -> None:
    me = inspector(db)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    ops = [door.op(case, "visit", case.id, "children_confirmed", True)]
    first = door.sync(ops).get_json()
    assert [one["status"] for one in first["results"]] == ["accepted"]
    assert first["acked_seq"] == 1
    assert first["receipt"] == hashlib.sha256(ops[0]["op_id"].encode()).hexdigest()
    again = door.sync(ops).get_json()
    assert [one["status"] for one in again["results"]] == ["known"]
    assert db.scalars(select(FieldOp.id).where(FieldOp.device_id.is_not(None))).all() != []
    device = db.scalars(select(Device)).one()
    assert device.acked_seq == 1 and device.client == "1.0.0"
    assert device.clock_ahead_ms is not None and abs(device.clock_ahead_ms) < 60_000


def test_a_batch_has_at_most_so_many_notes_and_what_is_no_note_is_refused_alone(
    app: Tillsyn, db: Session
) -> None:
    me = inspector(db)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    answer = door.sync([{}] * (MOST_OPS + 1))
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "ops")
    good = door.op(case, "visit", case.id, "children_confirmed", True)
    answer = door.sync([good, {"not": "an op"}]).get_json()
    assert [one["status"] for one in answer["results"]] == ["accepted", "rejected:shape"]


def test_a_device_belongs_to_its_person_alone(app: Tillsyn, db: Session) -> None:
    mine = Door(app, inspector(db)).sign_in().enrol()
    other = Door(app, inspector(db)).sign_in()
    other.token, other.id = mine.token, mine.id
    for answer in (other.get("/inspections"), other.sync([]), other.post(f"/devices/{mine.id}/report", {})):
        assert (answer.status_code, code(answer)) == (403, "other_user")
    other.token = "no such token"
    assert code(other.get("/inspections")) == "device_unknown"
    other.token = ""
    assert code(other.get("/inspections")) == "device_unknown"


def test_a_case_is_taken_along_by_those_who_may_record_in_it(app: Tillsyn, db: Session) -> None:
    me = inspector(db)
    case, closed, others = visit_of(db, me), visit_of(db, me, state=State.CLOSED), visit_of(db, inspector(db))
    door = Door(app, me).sign_in().enrol()
    assert [one["id"] for one in door.get("/inspections").get_json()["inspections"]] == [str(case.id)]
    taken = door.get(f"/inspections/{case.id}/bundle").get_json()
    assert taken["inspection"]["dnr"] == case.dnr and taken["readable_until"] > "2026"
    assert door.get(f"/inspections/{closed.id}/bundle").status_code == 409
    assert door.get(f"/inspections/{others.id}/bundle").status_code == 404
    holding = db.scalars(select(DeviceHolding)).one()
    assert holding.inspection_id == case.id and holding.readable
    kinds = [e.kind for e in db.scalars(select(Event).where(Event.inspection_id == case.id))]
    assert EventKind.CASE_TAKEN_ALONG in kinds


def test_changes_come_once_and_then_no_more(app: Tillsyn, db: Session) -> None:
    me, colleague = inspector(db), inspector(db)
    case = visit_of(db, me, colleague)
    mine, theirs = Door(app, me).sign_in().enrol(), Door(app, colleague).sign_in().enrol()
    op = mine.op(case, "visit", case.id, "children_confirmed", True)
    mine.sync([op])
    found = theirs.get("/changes", inspection=case.id, after=0).get_json()
    assert op["op_id"] in [one["op_id"] for one in found["ops"]]
    assert theirs.get("/changes", inspection=case.id, after=found["server_seq"]).get_json()["ops"] == []
    for wrong in ({"after": "x"}, {"after": "-1"}, {"inspection": "x", "after": 0}, {}):
        answer = theirs.get("/changes", **({"inspection": case.id} | wrong if wrong else {}))
        assert answer.status_code == 422, wrong


def test_what_the_device_holds_is_kept_and_what_it_must_drop_is_told(app: Tillsyn, db: Session) -> None:
    me = inspector(db)
    old, left, kept = visit_of(db, me), visit_of(db, me), visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    for case in (old, left, kept):
        assert door.get(f"/inspections/{case.id}/bundle").status_code == 200
    holding = db.scalars(select(DeviceHolding).where(DeviceHolding.inspection_id == old.id)).one()
    holding.taken_at -= timedelta(days=15)
    member = db.scalars(select(TeamMember).where(TeamMember.inspection_id == left.id)).one()
    member.has_conflict = True
    db.commit()
    told = door.sync([]).get_json()["commands"]
    assert {(one["inspection_id"], one["reason"]) for one in told} == {
        (str(old.id), "retention"),
        (str(left.id), "access"),
    }
    holds = [
        {"inspection_id": str(kept.id), "readable": True, "unsent": 2, "sealed": 0},
        {"inspection_id": str(old.id), "readable": False, "unsent": 1, "sealed": 1},
    ]
    answer = door.post(f"/devices/{door.id}/report", {"holds": holds, "seq": 3}).get_json()
    assert answer["commands"] == []
    db.expire_all()
    after = {one.inspection_id: one for one in db.scalars(select(DeviceHolding))}
    assert after[left.id].dropped_at is not None and not after[left.id].readable
    assert after[old.id].dropped_at is None and not after[old.id].readable
    assert after[kept.id].readable
    device = db.scalars(select(Device)).one()
    assert (device.unsent, device.sealed_left, device.announced_seq) == (3, 1, 3)
    dropped = [e for e in db.scalars(select(Event)) if e.kind is EventKind.CASE_DROPPED]
    assert {e.inspection_id for e in dropped} == {old.id, left.id}


def test_a_device_that_is_emptied_is_let_go_of_and_answered_no_more(app: Tillsyn, db: Session) -> None:
    door = Door(app, inspector(db)).sign_in().enrol()
    other = Door(app, inspector(db)).sign_in().enrol()
    assert code(door.post(f"/devices/{other.id}/leave", {})) == "not_found"
    assert door.post(f"/devices/{door.id}/leave", {}).status_code == 200
    assert code(door.get("/inspections")) == "device_left"
    db.expire_all()
    assert {str(one.id): one.left_at is None for one in db.scalars(select(Device))} == {
        door.id: False,
        other.id: True,
    }


def test_sealed_notes_need_the_token_alone_and_stand_in_the_case(app: Tillsyn, db: Session) -> None:
    me = inspector(db)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    ops = [door.op(case, "visit", case.id, "children_confirmed", value) for value in (True, False)]
    ops[1]["parents"] = [ops[0]["op_id"]]
    answer = door.send_sealed([door.sealed(op) for op in reversed(ops)])
    assert answer.status_code == 200, answer.text
    assert [one["status"] for one in answer.get_json()["results"]] == ["accepted", "accepted"]
    assert [one["op_id"] for one in answer.get_json()["results"]] == [op["op_id"] for op in ops]
    again = door.send_sealed([door.sealed(op) for op in ops]).get_json()
    assert [one["status"] for one in again["results"]] == ["known", "known"]
    door.token = "another"
    assert code(door.send_sealed([])) == "device_unknown"
    door.token = ""
    assert code(door.send_sealed([])) == "device_unknown"


def test_a_device_that_announces_more_than_can_be_counted_is_answered(app: Tillsyn, db: Session) -> None:
    door = Door(app, inspector(db)).sign_in().enrol()
    assert door.sync([], announced_seq=2**53 - 1).status_code == 200
    assert door.send_sealed([]).status_code == 200


def test_what_cannot_be_opened_is_kept_whole_in_quarantine(app: Tillsyn, db: Session) -> None:
    me = inspector(db)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    item = door.sealed(door.op(case, "visit", case.id, "children_confirmed", True))
    broken = {"seq": 1, "sealed": item["sealed"][:-4] + "AAAA"}
    answer = door.send_sealed([broken]).get_json()
    assert [one["status"] for one in answer["results"]] == ["rejected:shape"]
    kept = db.scalars(select(QuarantinedOp)).one()
    assert broken["sealed"] in kept.content and kept.refusal is Refusal.SHAPE


def test_a_database_that_others_write_in_is_told_as_busy_and_nothing_else_is(
    app: Tillsyn, db: Session, monkeypatch
) -> None:
    door = Door(app, inspector(db)).sign_in().enrol()

    def fails_with(said: str):
        def fail(*_: object, **__: object) -> None:
            raise OperationalError("SELECT 1", {}, Exception(said))

        return fail

    monkeypatch.setattr("tillsyn.inspect.web.api.sync_views.receive_ops", fails_with("database is locked"))
    answer = door.sync([])
    assert (answer.status_code, code(answer), answer.headers["Retry-After"]) == (503, "busy", "5")
    monkeypatch.setattr("tillsyn.inspect.web.api.sync_views.receive_ops", fails_with("disk I/O error"))
    assert (door.sync([]).status_code, code(door.sync([]))) == (500, "fault")

"""A device that is lost: shut out at once, heard out when it comes back, then told to forget everything."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.integration.field_door import Door, inspector, visit_of
from tests.integration.test_field_api import code
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.errors import Invalid, NotFound, NotPossibleNow
from tillsyn.inspect.services.enrol_device import leave_device
from tillsyn.inspect.services.lose_device import TIME_TO_SEND, report_lost
from tillsyn.inspect.services.report_loss import report_loss
from tillsyn.models.devices import Device
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import FieldOp, QuarantinedOp, Refusal
from tillsyn.models.vocabulary import Role

CLEAR = '"cache", "cookies", "storage"'


@pytest.fixture
def lost(app: Tillsyn, db: Session):
    """A device with a case, and the supervisor who has just reported it lost."""
    me, boss = inspector(db), make_user(db, Role.SUPERVISOR)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    assert door.get(f"/inspections/{case.id}/bundle").status_code == 200
    assert door.sync([door.op(case, "visit", case.id, "children_confirmed", True)]).status_code == 200
    device = db.scalars(select(Device)).one()
    report_lost(
        db, actor=acting(boss), device_id=device.id, reason="Glömd på tåget.", now=app.config["CLOCK"]()
    )
    db.commit()
    return door, case, boss


def later(app: Tillsyn, time: timedelta) -> None:
    clock = app.config["CLOCK"]
    app.config["CLOCK"] = lambda: clock() + time


def test_it_is_shut_out_at_once_and_its_person_signed_out(app: Tillsyn, db: Session, lost) -> None:
    door, case, _ = lost
    for path in (
        "/me",
        "/inspections",
        f"/inspections/{case.id}/bundle",
        "/changes",
    ):
        answer = door.get(path, inspection=case.id, after=0)
        assert (answer.status_code, code(answer)) == (401, "signed_out"), path
    assert door.http.get("/").status_code == 302
    device = db.scalars(select(Device).execution_options(populate_existing=True)).one()
    assert device.told_at is not None and device.reason == "Glömd på tåget."
    kinds = [e.kind for e in db.scalars(select(Event).order_by(Event.at))]
    assert kinds.count(EventKind.DEVICE_LOST) == 1 and kinds.count(EventKind.DEVICE_BACK) == 1


def test_what_it_had_sealed_is_kept_apart_and_then_it_is_told_to_forget(
    app: Tillsyn, db: Session, lost
) -> None:
    door, case, _ = lost
    before = len(db.scalars(select(FieldOp.id).where(FieldOp.device_id.is_not(None))).all())
    ops = [door.op(case, "visit", case.id, "children_confirmed", True) for _ in range(3)]
    items = [door.sealed(op) for op in ops]
    first = door.send_sealed(items[:1])
    assert (first.status_code, code(first)) == (401, "device_lost")
    assert first.headers["Clear-Site-Data"] == CLEAR
    db.rollback()
    kept = db.scalars(select(QuarantinedOp)).all()
    assert [one.refusal for one in kept] == [Refusal.LOST] and ops[0]["op_id"] in kept[0].content
    rest = door.send_sealed(items)
    assert rest.status_code == 401
    db.rollback()
    assert len(db.scalars(select(QuarantinedOp)).all()) == 3
    now = len(db.scalars(select(FieldOp.id).where(FieldOp.device_id.is_not(None))).all())
    assert now == before


def test_while_it_still_says_it_has_more_it_may_go_on_sending_also_readable_notes(
    app: Tillsyn, db: Session, lost
) -> None:
    door, case, _ = lost
    ops = [door.op(case, "visit", case.id, "children_confirmed", True) for _ in range(3)]
    first = door.sync(ops[:2], unsent=3)
    assert first.status_code == 200 and "Clear-Site-Data" not in first.headers
    assert [one["status"] for one in first.get_json()["results"]] == ["rejected:lost"] * 2
    assert first.get_json()["commands"] == []
    last = door.sync(ops[2:])
    assert code(last) == "device_lost" and last.headers["Clear-Site-Data"] == CLEAR
    assert len(db.scalars(select(QuarantinedOp)).all()) == 3


def test_one_that_only_fetches_is_told_to_forget_after_some_minutes(app: Tillsyn, lost) -> None:
    door, _, _ = lost
    assert code(door.get("/me")) == "signed_out"
    later(app, TIME_TO_SEND)
    answer = door.get("/me")
    assert code(answer) == "device_lost" and answer.headers["Clear-Site-Data"] == CLEAR


def test_to_sign_in_anew_on_it_opens_nothing(app: Tillsyn, lost) -> None:
    door, case, _ = lost
    door.sign_in()
    assert door.get("/inspections").status_code == 401
    later(app, TIME_TO_SEND)
    assert door.get(f"/inspections/{case.id}/bundle").headers["Clear-Site-Data"] == CLEAR


def test_the_report_counts_what_it_held(app: Tillsyn, db: Session, lost) -> None:
    door, case, boss = lost
    door.send_sealed([door.sealed(door.op(case, "visit", case.id, "children_confirmed", True))])
    loss = report_loss(
        db, actor=acting(boss), device_id=db.scalars(select(Device.id)).one(), now=app.config["CLOCK"]()
    )
    assert [one.inspection.dnr for one in loss.cases] == [case.dnr]
    assert loss.children == 3 and loss.cases[0].readable
    assert (loss.from_device, loss.kept_apart) == (1, 1)
    assert loss.notify_by - loss.lost_at == timedelta(hours=72)


def test_only_a_supervisor_or_its_person_reports_it_and_says_what_has_happened(
    app: Tillsyn, db: Session
) -> None:
    me, other, boss = inspector(db), inspector(db), make_user(db, Role.SUPERVISOR)
    db.commit()
    Door(app, me).sign_in().enrol()
    device, now = db.scalars(select(Device)).one(), app.config["CLOCK"]()
    with pytest.raises(NotFound):
        report_lost(db, actor=acting(other), device_id=device.id, reason="x", now=now)
    for empty in ("", "  "):
        with pytest.raises(Invalid) as told:
            report_lost(db, actor=acting(boss), device_id=device.id, reason=empty, now=now)
        assert told.value.values["field"] == "reason"
    with pytest.raises(Invalid):
        report_lost(db, actor=acting(boss), device_id=device.id, reason="x" * 2001, now=now)
    with pytest.raises(NotPossibleNow):
        report_loss(db, actor=acting(boss), device_id=device.id, now=now)
    report_lost(db, actor=acting(me), device_id=device.id, reason="Stulen.", now=now)
    report_lost(db, actor=acting(boss), device_id=device.id, reason="Igen.", now=now + timedelta(hours=1))
    assert (device.lost_at, device.reason) == (now, "Stulen.")
    with pytest.raises(NotPossibleNow):
        leave_device(db, actor=acting(me), device_id=device.id, now=now)


def test_a_device_is_let_go_of_by_its_person_when_everything_is_sent(app: Tillsyn, db: Session) -> None:
    me, other = inspector(db), inspector(db)
    door = Door(app, me).sign_in().enrol()
    device, now = db.scalars(select(Device)).one(), app.config["CLOCK"]()
    with pytest.raises(NotFound):
        leave_device(db, actor=acting(other), device_id=device.id, now=now)
    device.unsent = 1
    with pytest.raises(NotPossibleNow):
        leave_device(db, actor=acting(me), device_id=device.id, now=now)
    device.unsent = 0
    leave_device(db, actor=acting(me), device_id=device.id, now=now)
    db.commit()
    for answer in (door.get("/inspections"), door.sync([]), door.send_sealed([])):
        assert (answer.status_code, code(answer)) == (401, "device_left")
        assert "Clear-Site-Data" not in answer.headers

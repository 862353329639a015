"""The devices of the rich authority: one in use with an alarm, one that is lost."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tests.rich_case import RichAuthority
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.device_alarms import raise_alarm
from tillsyn.inspect.services.enrol_device import enrol_device
from tillsyn.inspect.services.lose_device import report_lost
from tillsyn.inspect.services.receive_ops import receive_ops
from tillsyn.inspect.services.settle_field import set_aside
from tillsyn.inspect.services.settle_quarantine import list_quarantine, set_quarantined_aside
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.base import new_id
from tillsyn.models.devices import AlarmKind, Device, DeviceHolding, KeyWay
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User


@dataclass(frozen=True)
class RichDevices:
    """`device_id` is in use, with `token`; both belong to the responsible inspector."""

    device_id: UUID
    token: str
    lost_id: UUID
    alarm_id: UUID


def build_rich_devices(db: Session, made: RichAuthority, case: str) -> RichDevices:
    """Both hold `case`, one of them readable no more."""
    leader = actor_of(db.get_one(User, made.people["leader"]))
    supervisor = actor_of(db.get_one(User, made.people["decision_maker"]))
    inspection = db.scalars(select(Inspection).where(Inspection.dnr == made.cases[case])).one()
    ids, tokens = [], []
    for name, way in (("Surfplatta 3", KeyWay.PRF), ("Gamla telefonen", KeyWay.PASSPHRASE)):
        device, token = enrol_device(db, actor=leader, name=name, key_way=way, client="1.0.0", now=NOW)
        device.announced_seq, device.acked_seq, device.unsent = 12, 9, 3
        device.clock_ahead_ms = 190_000
        db.add(
            DeviceHolding(
                device_id=device.id,
                inspection_id=inspection.id,
                taken_at=NOW - timedelta(days=2),
                fetched_at=NOW - timedelta(hours=5),
                readable=way is KeyWay.PRF,
                unsent=3,
                sealed_left=3,
            )
        )
        ids.append(device.id)
        tokens.append(token)
    in_use, gone = ids
    db.flush()
    device = db.get_one(type(device), in_use)
    raise_alarm(db, device=device, kind=AlarmKind.CLONED, notes=1, actor=leader, now=NOW)
    alarm = raise_alarm(db, device=device, kind=AlarmKind.LOST_NOTES, notes=3, actor=leader, now=NOW)
    report_lost(db, actor=supervisor, device_id=gone, reason="Glömd på bussen, låst.", now=NOW)
    db.flush()
    send_late(db, device, leader, inspection)
    return RichDevices(in_use, tokens[0], gone, alarm.id)


def send_late(db: Session, device: Device, actor: Actor, inspection: Inspection) -> None:
    """A talk by a guide that nobody has, and a forged one: held, apart, and both set aside. And another wording of a
    statement, written without seeing what stands: the two wait to be chosen between."""
    device.announced_seq = device.acked_seq = device.unsent = 0
    late = _begun(device, actor, inspection)
    forged = late | {"op_id": str(new_id()), "seq": 2, "author": str(new_id())}
    other = late | {"op_id": str(new_id()), "seq": 3, **_another_wording(db, inspection)}
    received = receive_ops(
        db, device=device, actor=actor, ops=[late, forged, other], device_time=NOW, now=NOW
    )
    assert [one.status for one in received.results] == ["held", "rejected:author", "conflict"], received
    why = f"Står redan i samtalet {MARKER}"
    set_aside(db, actor=actor, inspection=inspection, op_ids=[UUID(late["op_id"])], reason=why, now=NOW)
    for one in list_quarantine(db, actor=actor, inspection=inspection):
        set_quarantined_aside(
            db, actor=actor, inspection=inspection, quarantined_id=one.id, reason=why, now=NOW
        )
    device.announced_seq, device.acked_seq, device.unsent = 12, 9, 3
    db.flush()


def _begun(device: Device, actor: Actor, inspection: Inspection) -> dict[str, Any]:
    at = f"{NOW:%Y-%m-%dT%H:%M:%S}.000Z"
    start = {"informant": "staff", "resident": None, "person": "", "guide": MARKER, "started_at": at}
    return {
        "op_id": str(new_id()), "device_id": str(device.id), "seq": 1,
        "inspection_id": str(inspection.id), "doc_kind": "talk", "doc_id": str(new_id()), "field": "start",
        "kind": "set", "parents": [], "value": start, "client_time": at, "tz": "Europe/Stockholm",
        "author": str(actor.user_id), "guide_version": "",
    }  # fmt: skip


def _another_wording(db: Session, inspection: Inspection) -> dict[str, Any]:
    statements = select(Statement.id).where(Statement.inspection_id == inspection.id).order_by(Statement.id)
    doc_id = db.scalars(statements).first()
    return {
        "doc_kind": "statement", "doc_id": str(doc_id), "field": "text", "value": f"Så här skrev jag {MARKER}",
    }  # fmt: skip

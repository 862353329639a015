"""What devices send: notes as they are, and notes that only the server can open."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify
from sqlalchemy.orm import Session

from ....models.devices import Device
from ....models.reached_rows import DEVICE
from ...rules.access import Permission
from ...services.carry_cases import cases_to_drop
from ...services.enrol_device import person_of
from ...services.limit_asks import note_ask
from ...services.lose_device import note_back
from ...services.note_contact import note_contact
from ...services.receive_ops import MOST_OPS, OpResult, Received, receive_ops
from ...services.receive_sealed import SealedNote, receive_sealed
from ..access import access
from ..database import db, now, reach_for, writing
from ..language import message_of
from ..session import load_actor, settings
from .answers import Unknown, at
from .arriving import arriving
from .blueprint import api
from .device_views import MIN_CLIENT, commands, field_key
from .document import body_as
from .who import require_own, seen, sending_device
from .whole_batches import receive_at_a_glance

AT_ONCE = 50
"""Notes of a batch that are taken into their case before it is answered, when no other device sends: what a
person has written since the last time. A whole visit waits for whoever looks at the case next."""


MOST_UNSENT = 2**31 - 1
"""As many as the database counts; a device may announce any number, and one that does is no fault of ours."""


@api.post("/sync")
@access(Permission.SIGN_IN)
def sync() -> Response:
    """Of the person signed in. A lost device may send without: what it sends is kept apart."""
    with arriving() as others_too:
        answer = receive_at_a_glance(at_least=1 if others_too else AT_ONCE + 1)
        if answer is not None:
            return answer
        load_actor()
        sent = body_as("Sync", but="ops", most=MOST_OPS)
        asking = sending_device(db(), sent["device_id"])
        if asking.lost_at is None:
            require_own(asking)
        reach_for(person_of(asking), DEVICE)
        device_time = datetime.fromisoformat(sent["device_time"])
        with writing() as own:
            device = own.get_one(Device, asking.id)
            note_ask(device=device, now=now())
            received = receive_ops(
                own,
                device=device,
                actor=person_of(asking),
                ops=sent["ops"],
                device_time=device_time,
                now=now(),
                announced_seq=sent["announced_seq"],
                unsent=sent["unsent"],
                may_wait=others_too or len(sent["ops"]) > AT_ONCE,
            )
            note_contact(
                device, client=sent["client"], unsent=sent["unsent"], device_time=device_time, now=now()
            )
            _note_back(own, device)
        return _answer(asking, device, received, left=sent["announced_seq"] - received.acked_seq)


@api.post("/sealed")
@access(Permission.SIGN_IN)
def sealed() -> Response:
    """Needs the device's token only, so that a locked device can send; nobody but the server can read it."""
    with arriving() as others_too:
        sent = body_as("Sealed")
        asking = sending_device(db(), sent["device_id"])
        reach_for(person_of(asking), DEVICE)
        notes = [SealedNote(one["seq"], one["sealed"]) for one in sent["items"]]
        with writing() as own:
            device = own.get_one(Device, asking.id)
            note_ask(device=device, now=now())
            received = receive_sealed(
                own,
                device=device,
                actor=person_of(asking),
                key=field_key(),
                notes=notes,
                now=now(),
                may_wait=others_too or len(notes) > AT_ONCE,
            )
            last = max((note.seq for note in notes), default=received.acked_seq)
            announced = max(device.announced_seq, last)
            device.unsent = min(max(0, announced - received.acked_seq), MOST_UNSENT)
            seen(device)
            _note_back(own, device)
        return _answer(asking, device, received, left=announced - received.acked_seq)


def _note_back(own: Session, device: Device) -> None:
    if device.lost_at is not None:
        note_back(own, device=device, now=now())


def _answer(asking: Device, device: Device, received: Received, *, left: int) -> Response:
    """What came of each note. A lost device that has sent everything is told to forget everything."""
    is_lost = device.lost_at is not None
    if is_lost and left <= 0:
        raise Unknown("device_lost")
    drops = (
        []
        if is_lost
        else cases_to_drop(
            db(), device_id=asking.id, actor=person_of(asking), days=settings().field_days, now=now()
        )
    )
    return jsonify(
        acked_seq=received.acked_seq,
        results=[_result(one) for one in received.results],
        receipt=received.receipt,
        min_client=MIN_CLIENT,
        commands=commands(drops),
        server_time=at(now()),
    )


def _result(one: OpResult) -> dict[str, Any]:
    told: dict[str, Any] = {"op_id": one.op_id, "status": one.status}
    if one.server_seq is not None:
        told["server_seq"] = one.server_seq
    if one.heads:
        told["heads"] = [str(head) for head in one.heads]
    if one.reason is not None:
        told["reason"] = message_of(one.reason.message, one.reason.values)
    return told

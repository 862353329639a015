"""Who is signed in, making this browser a device of theirs, and what it tells that it holds."""

from uuid import UUID

from flask import Response, jsonify
from flask_wtf.csrf import generate_csrf

from ....models.devices import Device, KeyWay
from ...errors import NotFound
from ...outside.field_key import FieldKey, in_text
from ...rules.access import Permission
from ...services.carry_cases import Drop, Holds, cases_to_drop, note_holds
from ...services.enrol_device import enrol_device, leave_device
from ..access import access
from ..database import db, now
from ..language import current_language
from ..session import current_actor, settings
from .answers import Answer, at
from .blueprint import api
from .document import body_as
from .who import NO_DEVICE, device_of_person, seen

PROTOCOL = 1
MIN_CLIENT = "1"
"""The oldest version of the field app that may send."""


def field_key() -> FieldKey:
    return FieldKey(settings().field_keys)


def commands(drops: list[Drop]) -> list[dict[str, str]]:
    """What the device is to do, as it is told."""
    return [
        {"kind": "drop_inspection", "inspection_id": str(one.inspection_id), "reason": one.reason}
        for one in drops
    ]


@api.get("/me")
@access(Permission.CARRY_DEVICE)
def me() -> Response:
    actor = current_actor()
    return jsonify(
        user={"id": str(actor.user_id), "name": actor.name, "language": current_language()},
        csrf=generate_csrf(),
        server_time=at(now()),
        protocol=PROTOCOL,
        min_client=MIN_CLIENT,
        server_key=in_text(field_key().public),
        field_days=settings().field_days,
    )


@api.post("/devices")
@access(Permission.CARRY_DEVICE)
def enrol() -> Answer:
    asked = body_as("Enrolment")
    device, token = enrol_device(
        db(),
        actor=current_actor(),
        name=asked["name"],
        key_way=KeyWay(asked["key_way"]),
        client=asked["client"],
        now=now(),
    )
    return jsonify(device_id=str(device.id), token=token), 201


@api.post("/devices/<id>/leave")
@access(Permission.CARRY_DEVICE)
def leave(id: str) -> Response:
    """Everything has been taken off the device: it asks for nothing more."""
    device = _itself(id)
    leave_device(db(), actor=current_actor(), device_id=device.id, now=now())
    return jsonify(server_time=at(now()))


def _itself(id: str) -> Device:
    """The device that asks, which must be the one that the address names. Raises NotFound."""
    device = device_of_person(db())
    if str(device.id) != id:
        raise NotFound(NO_DEVICE)
    return device


@api.post("/devices/<id>/report")
@access(Permission.CARRY_DEVICE)
def report(id: str) -> Response:
    device = _itself(id)
    told = body_as("Report")
    holds = [
        Holds(UUID(one["inspection_id"]), one["readable"], one["unsent"], one["sealed"])
        for one in told["holds"]
    ]
    note_holds(db(), actor=current_actor(), device=device, holds=holds, seq=told["seq"], now=now())
    seen(device)
    db().flush()
    drops = cases_to_drop(
        db(), device_id=device.id, actor=current_actor(), days=settings().field_days, now=now()
    )
    return jsonify(commands=commands(drops), server_time=at(now()))

"""The parts of photos, documents and recordings."""

from flask import Response, jsonify, request

from ...rules.access import Permission
from ...services.receive_part import Received, find_received, receive_part
from ..access import access
from ..database import db, now
from ..session import current_actor
from .blueprint import api
from .document import check
from .who import device_of_person, uuid_of


@api.get("/uploads/<id>")
@access(Permission.CARRY_DEVICE)
def upload(id: str) -> Response:
    device_of_person(db())
    return _told(find_received(db(), actor=current_actor(), upload_id=uuid_of(id)))


@api.put("/uploads/<id>/<int:n>")
@access(Permission.CARRY_DEVICE)
def part(id: str, n: int) -> Response:
    device_of_person(db())
    sha256 = request.headers.get("X-SHA256", "")
    check("Sha256", sha256)
    received = receive_part(
        db(),
        actor=current_actor(),
        upload_id=uuid_of(id),
        n=n,
        content=request.get_data(),
        sha256=sha256,
        now=now(),
    )
    return _told(received)


def _told(received: Received) -> Response:
    return jsonify(parts=list(received.parts), of=received.of, whole=received.is_whole)

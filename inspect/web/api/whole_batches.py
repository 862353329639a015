"""The short way in: a batch in which nothing is amiss, from a device in use whose person is signed in.

It asks no more than the receipt's promise needs, since many devices send at once after a day of visits.
Whatever is otherwise, and every refusal, is left to the view that calls it.
"""

from datetime import datetime
from typing import Any

import orjson
from flask import Response, current_app, request

from ....models.reached_rows import DEVICE
from ...errors import Invalid, TooOften
from ...rules.field_arrivals import PlainBatch, plain_batch
from ...services.carry_cases import cases_to_drop
from ...services.keep_arrivals import Arrived, seal_batch
from ...services.receive_ops import MOST_OPS
from ...services.receive_whole import Said, Sender, find_sender, receive_whole
from ..database import db, now, reach_for, writing
from ..session import is_in_use, own_session, settings
from .answers import at
from .device_views import MIN_CLIENT, commands
from .document import check
from .who import device_token

SYNC = "Sync"


def receive_at_a_glance(*, at_least: int) -> Response | None:
    """Keep the batch of this request in one piece, and answer. None, with nothing done, when it has fewer
    notes than that, or when anything about it asks for a closer look.
    """
    token, session_hash = device_token(), own_session()
    said = _said() if token and session_hash else None
    if said is None or len(said["ops"]) < at_least:
        return None
    sender = find_sender(db(), token=token, session_hash=session_hash or b"")
    if sender is None or str(sender.device_id) != said["device_id"] or not _is_signed_in(sender):
        return None
    reach_for(sender.actor, DEVICE)
    plain = plain_batch(said["ops"], device_id=sender.device_id, author=sender.actor.user_id)
    if plain is None:
        return None
    drops = cases_to_drop(
        db(), device_id=sender.device_id, actor=sender.actor, days=settings().field_days, now=now()
    )
    db().rollback()  # nobody waits for what was only read
    arrived = _kept(sender, plain, said)
    return None if arrived is None else _answer(arrived, commands(drops))


def _said() -> dict[str, Any] | None:
    """The message, when it has the shape of one and its notes are objects. Strange numbers and half
    characters are not read here."""
    if not request.is_json:
        return None
    try:
        said = orjson.loads(request.get_data())
        ops = said["ops"]
        check(SYNC, said | {"ops": []})
    except (ValueError, KeyError, TypeError, Invalid):
        return None
    return said if isinstance(ops, list) and len(ops) <= MOST_OPS else None


def _is_signed_in(sender: Sender) -> bool:
    return is_in_use(sender.since, sender.last_seen_at, now(), settings())


def _kept(sender: Sender, plain: PlainBatch, said: dict[str, Any]) -> Arrived | None:
    batch = seal_batch(plain)
    told = Said(
        said["client"], said["announced_seq"], said["unsent"], datetime.fromisoformat(said["device_time"])
    )
    try:
        with writing() as own:
            return receive_whole(own, sender=sender, batch=batch, said=told, now=now())
    except TooOften:  # it is told by the view, in the person's language
        return None


def _answer(arrived: Arrived, drops: list[dict[str, str]]) -> Response:
    status = "known" if arrived.known else "accepted"
    return current_app.response_class(
        orjson.dumps(
            {
                "acked_seq": arrived.acked_seq,
                "results": [{"op_id": op_id, "status": status} for op_id in arrived.op_ids],
                "receipt": arrived.receipt,
                "min_client": MIN_CLIENT,
                "commands": drops,
                "server_time": at(now()),
            }
        ),
        mimetype="application/json",
    )

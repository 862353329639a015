"""Cases that can be taken along, one of them whole, and what has become new in it."""

from datetime import timedelta

from flask import Response, jsonify, request

from ....models.event_kinds import EventKind
from ....models.inspections import Inspection
from ...errors import Invalid
from ...rules.access import Permission
from ...services.carry_cases import cases_to_carry, note_fetched, take_along
from ...services.field_bundle import field_bundle
from ...services.field_heads import OpenConflict
from ...services.list_changes import Held, list_changes
from ...services.record_event import record_event
from ..access import access
from ..database import db, now, writing
from ..language import current_language, label, message
from ..pack_words import speak_of
from ..session import current_actor, settings
from .answers import at
from .arriving import is_busy
from .blueprint import api
from .document import check
from .who import device_of_person, inspection_by_id, seen, uuid_of


@api.get("/inspections")
@access(Permission.CARRY_DEVICE)
def inspections() -> Response:
    device_of_person(db())
    return jsonify(inspections=[_listed(one) for one in cases_to_carry(db(), current_actor())])


def _listed(inspection: Inspection) -> dict[str, object]:
    return {
        "id": str(inspection.id),
        "dnr": inspection.dnr,
        "title": inspection.title,
        "home": inspection.home.name,
        "municipality": inspection.home.municipality,
        "state": inspection.state.value,
        "state_title": label(inspection.state, inspection.pack),
        "planned_on": inspection.planned_on.isoformat() if inspection.planned_on else None,
        "announced": inspection.announced,
        "children": len(inspection.residents),
    }


@api.get("/inspections/<id>/bundle")
@access(Permission.CARRY_DEVICE)
def bundle(id: str) -> Response:
    device_of_person(db())
    with writing() as own:
        device = device_of_person(own)
        inspection = inspection_by_id(own, uuid_of(id))
        speak_of(inspection.pack)
        take_along(own, actor=current_actor(), device=device, inspection=inspection, now=now())
        made = field_bundle(
            own, actor=current_actor(), inspection=inspection, language=current_language(), now=now()
        )
        seen(device)
    until = now() + timedelta(days=settings().field_days)
    return jsonify(made | {"readable_until": at(until)})


@api.get("/changes")
@access(Permission.CARRY_DEVICE)
def changes() -> Response:
    device_of_person(db())
    asked = request.args.get("inspection", "")
    check("Id", asked)
    after = request.args.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) <= 16):
        raise Invalid("What was sent does not fit at %(field)s.", {"field": "after"})
    with writing() as own:
        device = device_of_person(own)
        inspection = inspection_by_id(own, uuid_of(asked))
        speak_of(inspection.pack)
        found = list_changes(
            own,
            actor=current_actor(),
            inspection=inspection,
            after=int(after),
            now=now(),
            as_it_stands=is_busy(),
        )
        note_fetched(own, device=device, inspection_id=inspection.id, now=now())
        seen(device)
        if found.ops:
            record_event(
                own,
                EventKind.INSPECTION_READ,
                actor=current_actor(),
                now=now(),
                inspection_id=inspection.id,
                page="api.changes",
            )
    return jsonify(
        ops=[one.op | {"server_seq": one.server_seq} for one in found.ops],
        server_seq=found.server_seq,
        more=found.more,
        conflicts=[_conflict(one) for one in found.conflicts],
        held=[_held(one) for one in found.held],
    )


def _conflict(one: OpenConflict) -> dict[str, object]:
    heads = [str(head.op_id) for head in one.heads]
    return {"doc_kind": one.doc_kind, "doc_id": str(one.doc_id), "field": one.field, "heads": heads}


def _held(one: Held) -> dict[str, object]:
    return {
        "op_id": str(one.op_id),
        "doc_id": str(one.doc_id),
        "field": one.field,
        "reason": message(one.reason),
    }

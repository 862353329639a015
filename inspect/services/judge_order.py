"""Judge again whether talks that devices held were in their order, from all that is known by now.

Devices send in any order: what the children were offered may arrive after the talk that should have waited.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.field import FieldOp
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import Informant
from ..rules.access import Actor
from ..rules.talk_order import Offer, began_before_children
from .hold_interview import note_change

Key = tuple[str, UUID]
"""What happened (`listed`, `offered`, `confirmed`), and of which child or case."""


def began_out_of_order(db: Session, inspection: Inspection, informant: Informant, began_at: datetime) -> bool:
    """As far as is known now, by the times at which things were done in the home."""
    if informant.value not in load_pack(inspection.pack).gate.before:
        return False
    return _Known(db, inspection).is_out_of_order(informant, began_at)


def judge_talks(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> int:
    """Flag the talks that devices began before the children were offered theirs, and take the flag from
    those that turn out not to have; how many changed. Talks begun on a page were judged by its gate."""
    begun = select(FieldOp.doc_id).where(
        FieldOp.inspection_id == inspection.id,
        FieldOp.doc_kind == "talk",
        FieldOp.field == "start",
        FieldOp.device_id.is_not(None),
    )
    waiting = load_pack(inspection.pack).gate.before
    talks = db.scalars(
        select(Interview).where(
            Interview.inspection_id == inspection.id,
            Interview.informant.in_([Informant(one) for one in waiting]),
            Interview.id.in_(begun),
        )
    ).all()
    if not talks:
        return 0
    known = _Known(db, inspection)
    changed = 0
    for talk in talks:
        flagged = known.is_out_of_order(talk.informant, talk.started_at)
        if flagged != talk.before_children:
            talk.before_children = flagged
            note_change(db, actor, inspection, talk, now)
            changed += 1
    return changed


class _Known:
    """When things first were, by our clock: from what stands, from the log, and from what devices wrote."""

    def __init__(self, db: Session, inspection: Inspection) -> None:
        self.inspection = inspection
        times: defaultdict[Key, list[datetime]] = defaultdict(list)
        for key, at in [*_from_events(db, inspection), *_from_devices(db, inspection)]:
            times[key].append(at)
        if inspection.children_confirmed_at is not None:
            times["confirmed", inspection.id].append(inspection.children_confirmed_at)
        for child in inspection.residents:
            if child.outcome_at is not None:
                times["offered", child.id].append(child.outcome_at)
        self.first = {key: min(found) for key, found in times.items()}

    def is_out_of_order(self, informant: Informant, began_at: datetime) -> bool:
        return began_before_children(
            began_at,
            informant,
            load_pack(self.inspection.pack).gate,
            confirmed_at=self.first.get(("confirmed", self.inspection.id)),
            children=[
                Offer(self.first.get(("listed", child.id)), self.first.get(("offered", child.id)))
                for child in self.inspection.residents
            ],
        )


def _from_events(db: Session, inspection: Inspection) -> Iterable[tuple[Key, datetime]]:
    rows = db.execute(
        select(Event.kind, Event.details, Event.at).where(
            Event.inspection_id == inspection.id,
            Event.kind.in_(
                (EventKind.CHILD_ADDED, EventKind.CHILD_OUTCOME_SET, EventKind.INSPECTION_CHANGED)
            ),
        )
    )
    for kind, details, at in rows:
        if kind is EventKind.INSPECTION_CHANGED:
            if details.get("change") == "children_confirmed":
                yield ("confirmed", inspection.id), at
        else:
            name = "listed" if kind is EventKind.CHILD_ADDED else "offered"
            yield (name, UUID(details["resident"])), at


def _from_devices(db: Session, inspection: Inspection) -> Iterable[tuple[Key, datetime]]:
    names = {"added": "listed", "outcome": "offered", "children_confirmed": "confirmed"}
    ops = db.scalars(
        select(FieldOp).where(
            FieldOp.inspection_id == inspection.id,
            FieldOp.device_id.is_not(None),
            FieldOp.doc_kind.in_(("child", "visit")),
            FieldOp.field.in_(names),
        )
    )
    for op in ops:
        if json.loads(op.content)["value"] not in (None, False):
            yield (names[op.field], op.doc_id), op.happened_at

"""A second person signs a decided position; only then does it hold (method §8, A2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.overrides import Override
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.overrides import countersign_obstacles
from .find_overrides import countersign_hash, decided_positions
from .record_event import record_event
from .weigh_inspection import weighed


def countersign_override(
    db: Session, *, actor: Actor, inspection: Inspection, override_id: UUID, now: datetime
) -> Override:
    """Sign the record as it stands. Raises NotAllowed to its author, NotPossibleNow when it has lapsed."""
    if not may(actor, Permission.COUNTERSIGN, inspection):
        raise NotAllowed(N_("Only those who are in the team of the case countersign."))
    row = db.get(Override, override_id)
    if row is None or row.inspection_id != inspection.id:
        raise NotFound(N_("There is no such decided position."))
    against = countersign_obstacles(row.by_id, actor.user_id)
    if against:
        raise NotAllowed(against[0].text, against[0].values)
    if not row.needs_countersign or row.countersigned_by_id is not None:
        raise NotPossibleNow(N_("Nothing waits to be countersigned here."))
    latest, _every = decided_positions(db, inspection, weighed(db, inspection).result.stamp)
    if latest[row.area].override.id != row.id or not latest[row.area].waits:
        raise NotPossibleNow(N_("The decided position has lapsed. It must be decided anew."))
    row.countersigned_by_id, row.countersigned_at = actor.user_id, now
    row.countersign_hash = countersign_hash(row, by=actor.user_id, at=now)
    db.flush()
    record_event(
        db, EventKind.OVERRIDE_COUNTERSIGNED, actor=actor, now=now, inspection_id=inspection.id,
        override=row.id, area=row.area,
    )  # fmt: skip
    return row

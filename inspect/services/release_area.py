"""Release an area on hold: what is told of it outside, and nothing else (method §8, A5)."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.overrides import AreaRelease
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.overrides import release_obstacles
from ..rules.weighing.external_view import is_on_hold
from .find_overrides import released_areas
from .record_event import record_event
from .weigh_inspection import weighed

MAX_ASSESSMENT = 10_000


def release_area(
    db: Session, *, actor: Actor, inspection: Inspection, area: str, assessment: str, now: datetime
) -> AreaRelease:
    """Note the disclosure assessment that lets the area be told of. It holds for this very evidence.

    An open grave account is never let go this way: it is resolved by a record.
    """
    if not may(actor, Permission.RELEASE_AREA, inspection):
        raise NotAllowed(N_("The lawyer or the decision-maker of the case assesses what would be disclosed."))
    result = weighed(db, inspection).result
    found = result.areas.get(area)
    if found is None:
        raise NotFound(N_("There is no such area."))
    if found.flags.investigate:
        raise NotPossibleNow(N_("A grave account is open here. It is resolved by an investigation first."))
    known = released_areas(db, inspection, result.stamp.input_hash)
    against = release_obstacles(assessment, on_hold=is_on_hold(found) and area not in known)
    if against:
        raise Invalid(against[0].text, {**against[0].values, "field": "assessment"})
    if len(assessment) > MAX_ASSESSMENT:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "assessment", "num": len(assessment), "most": MAX_ASSESSMENT},
        )
    row = AreaRelease(
        inspection_id=inspection.id,
        area=area,
        input_hash=result.stamp.input_hash,
        by_id=actor.user_id,
        at=now,
        assessment=assessment.strip(),
    )
    db.add(row)
    db.flush()
    record_event(db, EventKind.AREA_RELEASED, actor=actor, now=now, inspection_id=inspection.id, area=area)
    return row

"""The official's picture of an area: their own view before the computed one, the assessment after it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .record_event import record_event

MAX_ASSESSMENT = 20_000


def write_own_view(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    area: str,
    position: int | None,
    reason: str,
    now: datetime,
) -> AreaAssessment:
    """Note the official's own view of `area`: 4–1, or None for "cannot be assessed yet", and why.

    Written once: it shows what a person thought before the method spoke, so it is never changed.
    """
    _allow(actor, inspection)
    _known_area(inspection, area)
    if not reason.strip():
        raise Invalid(N_("Write why, in a sentence."), {"field": "reason"})
    _short_enough(reason, "reason")
    if find_assessment(db, inspection, area) is not None:
        raise NotPossibleNow(N_("Your own view of this area is written already, and is kept as it was."))
    assessment = AreaAssessment(
        inspection_id=inspection.id,
        area=area,
        own_position=position,
        own_reason=reason.strip(),
        own_at=now,
        own_by_id=actor.user_id,
    )
    db.add(assessment)
    db.flush()
    record_event(db, EventKind.OWN_VIEW_WRITTEN, actor=actor, now=now, inspection_id=inspection.id, area=area)
    return assessment


def assess_area(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    area: str,
    version: int,
    reasoning: str | None = None,
    children_weighed: str | None = None,
    now: datetime,
) -> AreaAssessment:
    """Write the assessment of `area` in words, and how what the children said was weighed in (FL 32 §).

    A text that is None stays as it is.
    Raises Conflict, with the other text, when somebody has written since `version`.
    """
    _allow(actor, inspection)
    assessment = find_assessment(db, inspection, area)
    if assessment is None:
        raise NotPossibleNow(N_("Write your own view of the area first."))
    for name, text in (("reasoning", reasoning), ("children_weighed", children_weighed)):
        _short_enough(text or "", name)
    if assessment.version != version:
        writer = db.get(User, assessment.reasoned_by_id) if assessment.reasoned_by_id else None
        raise Conflict(
            N_("Somebody else has written here since you opened the page. Both texts are kept below."),
            theirs={
                "reasoning": assessment.reasoning,
                "children_weighed": assessment.children_weighed,
            },
            version=assessment.version,
            by=writer.name if writer else "",
        )
    if reasoning is not None:
        assessment.reasoning = reasoning.strip()
    if children_weighed is not None:
        assessment.children_weighed = children_weighed.strip()
    assessment.reasoned_at = now
    assessment.reasoned_by_id = actor.user_id
    assessment.version += 1
    record_event(
        db,
        EventKind.AREA_DECIDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        area=area,
        version=assessment.version,
    )
    return assessment


def find_assessment(db: Session, inspection: Inspection, area: str) -> AreaAssessment | None:
    return db.scalar(
        select(AreaAssessment).where(
            AreaAssessment.inspection_id == inspection.id, AreaAssessment.area == area
        )
    )


def _allow(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case assess its areas."))


def _known_area(inspection: Inspection, area: str) -> None:
    if area not in {one.id for one in load_pack(inspection.pack).areas}:
        raise Invalid(N_("There is no such area."), {"field": "area"})


def _short_enough(text: str, name: str) -> None:
    if len(text) > MAX_ASSESSMENT:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": name, "num": len(text), "most": MAX_ASSESSMENT},
        )

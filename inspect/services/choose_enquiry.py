"""Choose what to look into at a visit: lines of enquiry, and with them the focus areas of the plan."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.surveys import EnquiryLine
from ...models.vocabulary import N_, EnquiryKind
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .gather_enquiry import chosen_lines
from .plan_inspection import FINISHED
from .record_event import record_event

MOST_TEXT = 2_000


def choose_line(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: EnquiryKind,
    area: str,
    text: str = "",
    now: datetime,
) -> EnquiryLine:
    """Add a line; its area becomes a focus area. The same line twice is one line, unless it is one's own.

    Raises NotAllowed, NotPossibleNow (a finished case) or Invalid (`area`, `text`).
    """
    _let_lead(actor, inspection)
    areas = [one.id for one in load_pack(inspection.pack).areas]
    if area not in areas:
        raise Invalid(N_("Choose an area from the list."), {"field": "area"})
    text = " ".join(text.split())
    if kind is EnquiryKind.OWN and not text:
        raise Invalid(N_("Write what you want to find out."), {"field": "text"})
    if len(text) > MOST_TEXT:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "text", "count": len(text), "limit": MOST_TEXT},
        )
    for line in chosen_lines(db, inspection):
        if (line.kind, line.area, line.text) == (kind, area, text):
            return line
    line = EnquiryLine(inspection_id=inspection.id, kind=kind, area=area, chosen_at=now, by_id=actor.user_id)
    if text:
        line.text = text
    db.add(line)
    if area not in inspection.focus_areas:
        inspection.focus_areas = [one for one in areas if one in {*inspection.focus_areas, area}]
    db.flush()
    _record(db, EventKind.ENQUIRY_CHOSEN, actor, inspection, line, now)
    return line


def remove_line(
    db: Session, *, actor: Actor, inspection: Inspection, line_id: UUID | None, now: datetime
) -> None:
    """Take a line away; its area stays in focus until the plan is changed.

    Raises as `choose_line`, and NotFound.
    """
    _let_lead(actor, inspection)
    line = next((one for one in chosen_lines(db, inspection) if one.id == line_id), None)
    if line is None:
        raise NotFound(N_("There is no such line of enquiry; somebody may have taken it away."))
    _record(db, EventKind.ENQUIRY_REMOVED, actor, inspection, line, now)
    db.delete(line)
    db.flush()


def _let_lead(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The plan is changed by the responsible inspector or the decision-maker."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed, so its plan stands as it is."))


def _record(
    db: Session, kind: EventKind, actor: Actor, inspection: Inspection, line: EnquiryLine, now: datetime
) -> None:
    record_event(
        db, kind, actor=actor, now=now, inspection_id=inspection.id,
        line=line.id, kind=line.kind.value, area=line.area,
    )  # fmt: skip

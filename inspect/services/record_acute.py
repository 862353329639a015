"""The acute track: what is done at once about danger to a child."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.inspections import AcuteStep, Inspection
from ...models.vocabulary import N_, EventKind, ReportedTo
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .plan_inspection import FINISHED
from .record_event import record_event

LONGEST_NOTE = 20_000


def record_acute(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    reported_to: ReportedTo,
    told_child: bool,
    note: str,
    now: datetime,
) -> AcuteStep:
    """Note one step; the first opens the track and unlocks the order of the talks.

    Report of concern: SoL 19 kap. 1 §. Police: OSL 10 kap. 21 §. The note is sealed.
    Raises NotAllowed, NotPossibleNow on a finished case, Invalid without a note or when it is too long.
    """
    if not (
        may(actor, Permission.RECORD_IN_INSPECTION, inspection)
        or may(actor, Permission.LEAD_INSPECTION, inspection)
    ):
        raise NotAllowed(N_("The acute track is for the inspectors of the case and its decision-maker."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed. Plan a new inspection for what has come up."))
    if not note.strip():
        raise Invalid(N_("Write what was reported, to whom, and how they can be reached."), {"field": "note"})
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "note", "count": len(note), "limit": LONGEST_NOTE},
        )
    first = not inspection.acute_steps
    step = AcuteStep(
        inspection_id=inspection.id,
        reported_to=reported_to,
        at=now,
        by_id=actor.user_id,
        told_child=told_child,
        note=note.strip(),
    )
    inspection.acute_steps.append(step)
    record_event(
        db,
        EventKind.ACUTE_OPENED if first else EventKind.ACUTE_STEP_RECORDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        step=step.id,
    )
    return step

"""Before the visit: what children and guardians have been told, and what has been arranged."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import InformationGiven, Inspection
from ...models.vocabulary import N_, InformationItem
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT
from .plan_inspection import FINISHED
from .record_event import record_event

LONGEST_NOTE = 20_000


def prepare_inspection(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    given: Collection[InformationItem],
    note: str,
    note_made_from: str,
    now: datetime,
) -> None:
    """Tick the items of information that are given (SoF 16 kap. 3 §) and note what is arranged.

    `note_made_from` is the note that the change was made from. Raises NotAllowed, NotPossibleNow (a
    finished case, or a tick taken back after the visit began), Invalid, or Conflict when somebody
    else changed the note.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Preparations are noted by the inspectors of the case."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed, so its preparations stand as they are."))
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "note", "count": len(note), "limit": LONGEST_NOTE},
        )
    changed = _same(note) != _same(inspection.arrangements)
    if changed and _same(note_made_from) != _same(inspection.arrangements):
        raise Conflict(
            N_("Somebody else changed the note while you were writing. Compare, and save again."),
            theirs={"note": inspection.arrangements},
        )
    _tick(db, actor, inspection, set(given), now)
    if not changed:
        return
    inspection.arrangements = note.strip()
    record_event(db, EventKind.INSPECTION_CHANGED, actor=actor, now=now, inspection_id=inspection.id)


def _same(text: str) -> str:
    """Text as it compares: browsers send line ends as CRLF."""
    return text.replace("\r\n", "\n").strip()


def _tick(
    db: Session, actor: Actor, inspection: Inspection, given: set[InformationItem], now: datetime
) -> None:
    before = {row.item: row for row in inspection.information}
    taken_back = before.keys() - given
    if taken_back and inspection.state not in BEFORE_THE_VISIT:
        raise NotPossibleNow(N_("The visit has begun. What was given before it cannot be taken back."))
    for item in taken_back:
        inspection.information.remove(before[item])
    for item in given - before.keys():
        inspection.information.append(
            InformationGiven(inspection_id=inspection.id, item=item, at=now, by_id=actor.user_id)
        )
    for item in sorted(taken_back | (given - before.keys())):
        record_event(
            db,
            EventKind.INFORMATION_GIVEN,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            item=item.value,
            given=item in given,
        )

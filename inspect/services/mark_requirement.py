"""Mark one requirement: met, deviation, not checked this time, not applicable. There is no default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.content import Requirement
from ...interview_guides.guide import UnknownRequirement, load_pack
from ...models.assessments import Check
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_, CheckResult
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import may_record
from .next_name import hold_case
from .record_event import record_event

MAX_NOTE = 20_000
CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is held of one requirement. The five last say something of deviations only (method §2.2).

    `consequence` 0–4 for the children, `extent` 0 isolated, 1 recurring, 2 systematic.
    """

    result: CheckResult
    note: str = ""
    consequence: int | None = None
    extent: int | None = None
    repeated: bool = False
    fixed: bool = False
    self_reported: bool = False


def mark_of(check: Check) -> Mark:
    if check.result is not CheckResult.DEVIATION:
        return Mark(result=check.result, note=check.note)
    return Mark(
        result=check.result,
        note=check.note,
        consequence=check.consequence,
        extent=check.extent,
        repeated=check.repeated,
        fixed=check.fixed,
        self_reported=check.self_reported,
    )


def checks_of(db: Session, inspection: Inspection) -> Mapping[str, Check]:
    """The marks of the case by requirement."""
    found = db.scalars(select(Check).where(Check.inspection_id == inspection.id))
    return {check.requirement: check for check in found}


def known_requirement(inspection: Inspection, requirement: str) -> Requirement:
    """The requirement of the case's pack. Raises Invalid."""
    try:
        return load_pack(inspection.pack).requirement(requirement)
    except UnknownRequirement:
        raise Invalid(
            N_("There is no requirement %(requirement)s."),
            {"requirement": requirement[:40], "field": "requirement"},
        ) from None


def mark_requirement(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    requirement: str,
    mark: Mark | None,
    version: int,
    marked_at: datetime | None = None,
    now: datetime,
) -> Check | None:
    """Set the mark on a requirement; None takes it back to "not assessed".

    `marked_at` is when it was seen in the home; `now` when not given.

    `version` is that of the mark the person saw, 0 when there was none. Raises Conflict with the mark
    that stands when somebody else was there first, Invalid for what is unknown or incomplete.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    shut = may_record(inspection.state)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    position = load_pack(inspection.pack).requirements.index(known_requirement(inspection, requirement))
    hold_case(db, inspection)
    standing = db.scalar(
        select(Check)
        .where(Check.inspection_id == inspection.id, Check.requirement == requirement)
        .execution_options(populate_existing=True)
    )
    if (mark_of(standing) if standing else None) == mark:
        return standing
    if version != (standing.version if standing else 0):
        raise _conflict(inspection, standing)
    if mark is None:
        _clear(db, standing)
    else:
        _check(mark)
        standing = _write(db, actor, inspection, requirement, standing, mark, position, marked_at or now)
    record_event(
        db,
        EventKind.REQUIREMENT_MARKED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        requirement=requirement,
        result=mark.result.value if mark else CLEARED,
        version=standing.version if mark and standing else 0,
    )
    db.flush()
    return standing if mark else None


def _check(mark: Mark) -> None:
    if len(mark.note) > MAX_NOTE:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(mark.note), "limit": MAX_NOTE, "field": "note"},
        )
    if mark.result is not CheckResult.DEVIATION:
        return
    if mark.consequence is None or mark.consequence not in range(5):
        raise Invalid(N_("Choose what the deviation means for the children."), {"field": "consequence"})
    if mark.extent is None or mark.extent not in range(3):
        raise Invalid(N_("Choose how widespread the deviation is."), {"field": "extent"})


def _write(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    requirement: str,
    standing: Check | None,
    mark: Mark,
    position: int,
    now: datetime,
) -> Check:
    deviates = mark.result is CheckResult.DEVIATION
    check = standing or Check(
        inspection_id=inspection.id,
        requirement=requirement,
        position=position,
        version=0,
        result=mark.result,
        marked_at=now,
    )
    check.result = mark.result
    check.consequence = (mark.consequence or 0) if deviates else 0
    check.extent = (mark.extent or 0) if deviates else 0
    check.repeated = deviates and mark.repeated
    check.fixed = deviates and mark.fixed
    check.self_reported = deviates and mark.self_reported
    check.note = mark.note
    check.marked_at = now
    check.marked_by_id = actor.user_id
    check.version += 1
    if standing is None:
        db.add(check)
    return check


def _clear(db: Session, standing: Check | None) -> None:
    if standing is None:
        return
    if standing.note.strip():
        raise Invalid(
            N_("There is a note on this mark. Move it first: without a mark there is nowhere to keep it."),
            {"field": "note"},
        )
    db.delete(standing)


def _conflict(inspection: Inspection, standing: Check | None) -> Conflict:
    """The mark that stands, or "not assessed" when somebody took it back."""
    if standing is None:
        return Conflict(
            N_("Somebody else has taken the mark back in the meantime. Both are shown."),
            theirs={"result": "", "note": ""},
        )
    mark = mark_of(standing)
    return Conflict(
        N_("Somebody else has marked the same requirement in the meantime. Both marks are shown."),
        theirs={
            "result": mark.result.value,
            "note": mark.note,
            "consequence": mark.consequence,
            "extent": mark.extent,
            "repeated": mark.repeated,
            "fixed": mark.fixed,
            "self_reported": mark.self_reported,
        },
        version=standing.version,
        by=next((m.name for m in inspection.team if m.user_id == standing.marked_by_id), ""),
    )

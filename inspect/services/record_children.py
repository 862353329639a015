"""The children who live there on the day, and what came of the offer to talk (SoF 16 kap. 1 §)."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, OrderOverride, Resident
from ...models.interviews import Interview, Statement
from ...models.vocabulary import N_, ChildOutcome, StatementStatus
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import leads
from ..rules.inspection_flow import may_interview_adults
from ..rules.interview_order import NEEDS_NOTE, may_record, may_record_children
from .gather_facts import gather_facts
from .next_name import hold_case, next_name
from .record_event import record_event

MAX_NOTE = 20_000
MIN_REASON = 20
"""Characters; the database refuses a shorter reason too."""


def _begin(db: Session, actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    shut = may_record_children(inspection.state)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    hold_case(db, inspection)


def _list_is_open(inspection: Inspection) -> None:
    """Who lives there is settled when the case goes to review; outcomes may still come later."""
    shut = may_record(inspection.state)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)


def resident_of(inspection: Inspection, resident_id: UUID) -> Resident:
    """The child of this case with that id. Raises NotFound."""
    for resident in inspection.residents:
        if resident.id == resident_id:
            return resident
    raise NotFound(N_("There is no such child in this case."))


def add_child(
    db: Session, *, actor: Actor, inspection: Inspection, resident_id: UUID | None = None, now: datetime
) -> Resident:
    """One more child, with the next pseudonym. A list that was confirmed has to be confirmed again.

    The same `resident_id` again gives the child that was added with it.
    """
    _begin(db, actor, inspection)
    if any(resident.id == resident_id for resident in inspection.residents):
        return resident_of(inspection, cast(UUID, resident_id))
    _list_is_open(inspection)
    taken = db.scalars(select(Resident.person).where(Resident.inspection_id == inspection.id)).all()
    resident = Resident(
        id=resident_id,
        inspection_id=inspection.id,
        person=next_name("b", taken),
        position=max((r.position for r in inspection.residents), default=-1) + 1,
    )
    inspection.residents.append(resident)
    inspection.children_confirmed_at = None
    record_event(
        db,
        EventKind.CHILD_ADDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        resident=resident.id,
    )
    db.flush()
    return resident


def remove_child(
    db: Session, *, actor: Actor, inspection: Inspection, resident_id: UUID, now: datetime
) -> None:
    """Take away a child that was added by mistake; only while nothing is recorded of it."""
    _begin(db, actor, inspection)
    _list_is_open(inspection)
    resident = resident_of(inspection, resident_id)
    talked = db.scalar(select(exists().where(Interview.resident_id == resident.id)))
    if resident.outcome is not None or talked:
        raise NotPossibleNow(
            N_("%(person)s stays in the list: something is already recorded of this child."),
            {"person": resident.person},
        )
    inspection.residents.remove(resident)
    inspection.children_confirmed_at = None
    record_event(
        db, EventKind.CHILD_REMOVED, actor=actor, now=now, inspection_id=inspection.id, resident=resident.id
    )
    db.flush()


def set_outcome(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident_id: UUID,
    outcome: ChildOutcome,
    note: str = "",
    seen_at: datetime | None = None,
    at: datetime | None = None,
    now: datetime,
) -> Resident:
    """Record what came of the offer to one child.

    `seen_at` is the `outcome_at` that the person had before them; `at` is when it was, `now` when not
    given. Raises Conflict when somebody has
    recorded something else since; Invalid when a note is needed (see NEEDS_NOTE) or the outcome
    contradicts what the child has told.
    """
    _begin(db, actor, inspection)
    resident = resident_of(inspection, resident_id)
    note = note.strip()
    if (resident.outcome, resident.outcome_note) == (outcome, note):
        return resident
    if resident.outcome is not None and resident.outcome_at != seen_at:
        raise Conflict(
            N_("Somebody else has recorded an outcome for %(person)s in the meantime. Both are shown."),
            {"person": resident.person},
            theirs={"outcome": resident.outcome.value, "note": resident.outcome_note},
            by=_name_of(inspection, resident.outcome_by_id),
        )
    _check_note(outcome, note)
    if outcome is not ChildOutcome.TALKED and _has_told(db, resident):
        raise Invalid(
            N_(
                "%(person)s has told us something, so the outcome stays “talked with us”. If the child "
                "takes it back, mark the statements as taken back first."
            ),
            {"person": resident.person, "field": "outcome"},
        )
    resident.outcome = outcome
    resident.outcome_at = at or now
    resident.outcome_by_id = actor.user_id
    resident.outcome_note = note
    record_event(
        db,
        EventKind.CHILD_OUTCOME_SET,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        resident=resident.id,
        outcome=outcome.value,
    )
    return resident


def _check_note(outcome: ChildOutcome, note: str) -> None:
    if len(note) > MAX_NOTE:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(note), "limit": MAX_NOTE, "field": "note"},
        )
    if outcome in NEEDS_NOTE and not note:
        what = {
            ChildOutcome.NOT_HEARD_HARM: N_(
                "Write the assessment: why could the child be harmed by being heard (SoL 28:4)?"
            ),
            ChildOutcome.OFFERED_LATER: N_("Write when and how the child is offered a talk instead."),
        }
        raise Invalid(what[outcome], {"field": "note"})


def _has_told(db: Session, resident: Resident) -> bool:
    told = (
        select(Statement.id)
        .join(Interview, Interview.id == Statement.interview_id)
        .where(Interview.resident_id == resident.id, Statement.status != StatementStatus.WITHDRAWN)
    )
    return db.scalar(told.limit(1)) is not None


def confirm_children(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    is_whole: bool = True,
    at: datetime | None = None,
    now: datetime,
) -> None:
    """Say that the list of children who live there is whole, `at` some moment (or `now`), or not yet whole.

    Saying the same twice changes nothing.
    """
    _begin(db, actor, inspection)
    if (inspection.children_confirmed_at is not None) is is_whole:
        return
    inspection.children_confirmed_at = (at or now) if is_whole else None
    record_event(
        db,
        EventKind.INSPECTION_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        change="children_confirmed" if is_whole else "children_not_confirmed",
    )


def override_order(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    reason: str,
    override_id: UUID | None = None,
    at: datetime | None = None,
    now: datetime,
) -> OrderOverride:
    """Open the talks with adults before every child has an outcome: counted, and told in the letter.

    Only the responsible inspector, with a reason of at least MIN_REASON characters. With `at`, the moment
    when it was decided in the home, it is noted also when the talks have been opened since; the same
    `override_id` again gives the one that stands.
    """
    _begin(db, actor, inspection)
    standing = next((one for one in inspection.overrides if one.id == override_id), None)
    if standing is not None:
        return standing
    if not leads(actor, inspection):
        raise NotAllowed(N_("Only the responsible inspector departs from the order."))
    if at is None and not may_interview_adults(gather_facts(db, inspection, now=now)):
        raise NotPossibleNow(N_("Talks with staff and managers are open already; nothing to override."))
    reason = reason.strip()
    if not MIN_REASON <= len(reason) <= MAX_NOTE:
        raise Invalid(
            N_("Write the reason in at least %(least)s characters: it is told in the letter."),
            {"least": MIN_REASON, "field": "reason"},
        )
    override = OrderOverride(
        id=override_id, inspection_id=inspection.id, reason=reason, at=at or now, by_id=actor.user_id
    )
    inspection.overrides.append(override)
    record_event(
        db,
        EventKind.ORDER_OVERRIDDEN,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        override=override.id,
    )
    return override


def _name_of(inspection: Inspection, user_id: UUID | None) -> str:
    return next((member.name for member in inspection.team if member.user_id == user_id), "")

"""Which placing committee has placed whom, and which points of a case go to which of them.

A requirement whose duty is the committee's is never held against the home (docs/decisions/0007): it is routed
to the committee, in a letter of its own. Each committee is told of its own points and of no other's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from ...models.assessments import Finding
from ...models.committees import CommitteePoint
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection, Resident
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.register import Committee
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.letter_committee import OF_COMMITTEES
from .find_letter import letter_state, name_of
from .record_children import resident_of
from .record_event import record_event

WITH_OTHERS = frozenset({LetterState.IN_REVIEW, LetterState.APPROVED})
"""The states of a letter in which somebody else looks at it, or has approved it as it is."""


@dataclass(frozen=True, slots=True)
class SentToCommittee:
    """A version that has gone to a committee. `noted`: when it was noted that it has left, and by whom."""

    committee: Committee
    number: int
    version_of: dict[str, UUID]
    sent_at: datetime
    noted: tuple[datetime, str] | None


def committees(db: Session) -> Sequence[Committee]:
    """Every committee of the register, by its name and its municipality's."""
    found = db.scalars(select(Committee).options(joinedload(Committee.municipality)))
    return sorted(found, key=lambda one: (one.municipality.name, one.name))


def points_of(db: Session, inspection: Inspection) -> Sequence[Finding]:
    """The findings of the case that a committee answers for, alone or for its share."""
    return db.scalars(
        select(Finding)
        .where(Finding.inspection_id == inspection.id, Finding.responsible.in_(OF_COMMITTEES))
        .order_by(Finding.position, Finding.id)
    ).all()


def routed_points(db: Session, inspection_id: UUID) -> Mapping[UUID, frozenset[UUID]]:
    """The committees of each finding that is routed to any."""
    rows = db.execute(
        select(CommitteePoint.finding_id, CommitteePoint.committee_id)
        .join(Finding, Finding.id == CommitteePoint.finding_id)
        .where(Finding.inspection_id == inspection_id, Finding.responsible.in_(OF_COMMITTEES))
    )
    found: dict[UUID, set[UUID]] = {}
    for finding, committee in rows:
        found.setdefault(finding, set()).add(committee)
    return {finding: frozenset(those) for finding, those in found.items()}


def committees_to_write_to(db: Session, inspection_id: UUID) -> Sequence[Committee]:
    """Those who have a point of their own, in the order of the register."""
    wanted = frozenset().union(*routed_points(db, inspection_id).values())
    return [one for one in committees(db) if one.id in wanted] if wanted else []


def note_placing(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident_id: UUID,
    committee_id: UUID | None,
    now: datetime,
) -> Resident:
    """Note which committee has placed a child that is known by pseudonym; None: it is not known.

    The same again changes nothing. A committee that has placed nobody any more has no points either.
    Raises NotAllowed, NotFound; NotPossibleNow when its letter is with the reviewer.
    """
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("The inspectors of the case say which committee it is."))
    resident = resident_of(inspection, resident_id)
    if committee_id is not None:
        _committee(db, committee_id)
    if resident.placed_by_id != committee_id:
        resident.placed_by_id = committee_id
        db.flush()
        _let_go(db, inspection)
        record_event(
            db, EventKind.PLACING_NOTED, actor=actor, now=now, inspection_id=inspection.id,
            resident=resident.id, committee=committee_id,
        )  # fmt: skip
    return resident


def route_point(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    finding_id: UUID,
    committee_ids: Collection[UUID],
    now: datetime,
) -> None:
    """Say which committees a point goes to; none: it goes to nobody. The same again changes nothing.

    Raises NotAllowed; NotFound; NotPossibleNow while the letter is with its reviewer; Invalid for a point
    that the home alone answers for, and for a committee that has placed nobody here.
    """
    if not may(actor, Permission.WRITE_LETTER, inspection):
        raise NotAllowed(N_("The inspectors of the case say which committee it is."))
    finding = db.get(Finding, finding_id)
    if finding is None or finding.inspection_id != inspection.id:
        raise NotFound(N_("There is no such point in the case."))
    if finding.responsible not in OF_COMMITTEES:
        raise Invalid(N_("This point is for the provider to answer for."))
    wanted = frozenset(committee_ids)
    if wanted - {one.placed_by_id for one in inspection.residents}:
        raise Invalid(
            N_("A point goes to a committee that is responsible for somebody here. Say first which it is.")
        )
    before = routed_points(db, inspection.id).get(finding_id, frozenset())
    if wanted == before:
        return
    _not_with_others(db, inspection)
    db.execute(
        delete(CommitteePoint).where(
            CommitteePoint.finding_id == finding_id, CommitteePoint.committee_id.in_(before - wanted)
        )
    )
    db.add_all(
        CommitteePoint(finding_id=finding_id, committee_id=one, routed_at=now)
        for one in sorted(wanted - before)
    )
    db.flush()
    record_event(
        db, EventKind.POINTS_ROUTED, actor=actor, now=now, inspection_id=inspection.id,
        finding=finding_id, committees=len(wanted),
    )  # fmt: skip


def sent_to_committees(db: Session, inspection: Inspection) -> Sequence[SentToCommittee]:
    """Every version that has gone to a committee, the first first."""
    rows = db.scalars(
        select(LetterVersion)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .where(
            Letter.inspection_id == inspection.id,
            LetterVersion.committee_id.is_not(None),
            LetterVersion.sent_at.is_not(None),
        )
        .order_by(LetterVersion.number, LetterVersion.language)
    ).all()
    known = {one.id: one for one in committees(db)} if rows else {}
    noted = _noted(db, inspection) if rows else {}
    found: dict[int, SentToCommittee] = {}
    for row in rows:
        if row.committee_id is None or row.sent_at is None:
            continue
        one = found.setdefault(
            row.number,
            SentToCommittee(known[row.committee_id], row.number, {}, row.sent_at, noted.get(str(row.number))),
        )
        one.version_of[row.language] = row.id
    return list(found.values())


def note_told(db: Session, *, actor: Actor, inspection: Inspection, number: int, now: datetime) -> None:
    """Note that the letter to one committee has left the authority; the same again changes nothing.

    `number`: of the version. Raises NotAllowed, NotPossibleNow when none has it.
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    sent = next((one for one in sent_to_committees(db, inspection) if one.number == number), None)
    if sent is None:
        raise NotPossibleNow(N_("There is no such letter."))
    if sent.noted is not None:
        return
    letter = db.scalar(
        select(Letter.id).where(Letter.inspection_id == inspection.id, Letter.kind == LetterKind.COMMITTEE)
    )
    record_event(
        db, EventKind.COMMITTEE_TOLD, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter, number=number, committee=sent.committee.id,
    )  # fmt: skip


def _not_with_others(db: Session, inspection: Inspection) -> None:
    if letter_state(db, inspection, LetterKind.COMMITTEE) in WITH_OTHERS:
        raise NotPossibleNow(
            N_("The letter to the committees is being reviewed, or approved. Take it back first.")
        )


def _let_go(db: Session, inspection: Inspection) -> None:
    """The points of committees that have placed nobody here any more."""
    placing = {one.placed_by_id for one in inspection.residents}
    routed = routed_points(db, inspection.id)
    gone = frozenset().union(*routed.values()) - placing
    if gone:
        _not_with_others(db, inspection)
        db.execute(
            delete(CommitteePoint).where(
                CommitteePoint.finding_id.in_(list(routed)), CommitteePoint.committee_id.in_(gone)
            )
        )


def _noted(db: Session, inspection: Inspection) -> dict[str, tuple[datetime, str]]:
    events = db.scalars(
        select(Event).where(Event.inspection_id == inspection.id, Event.kind == EventKind.COMMITTEE_TOLD)
    )
    return {str(one.details["number"]): (one.at, name_of(db, one.actor_id)) for one in events}


def _committee(db: Session, committee_id: UUID) -> Committee:
    found = db.get(Committee, committee_id)
    if found is None:
        raise NotFound(N_("There is no such committee in the register."))
    return found

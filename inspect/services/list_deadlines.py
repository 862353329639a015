"""What has a date in a case: the visit, the reply, what the provider must achieve, the measures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.inspections import Inspection
from ...models.letters import Letter, Measure
from ...models.vocabulary import N_, FindingKind, LetterState, State

BEFORE_THE_VISIT = (State.PLANNED, State.PREPARED)
FINISHED = (State.CLOSED, State.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`what` and `passed` are messages of the catalogue: what falls due, and what happens when it passes."""

    inspection_id: UUID
    on: date
    what: str
    passed: str


def list_deadlines(db: Session, inspection_ids: Collection[UUID]) -> list[Deadline]:
    """Every date ahead or passed that still asks for something, earliest first, in three questions."""
    if not inspection_ids:
        return []
    visits = db.execute(
        select(Inspection.id, Inspection.planned_on).where(
            Inspection.id.in_(inspection_ids),
            Inspection.planned_on.is_not(None),
            Inspection.state.in_(BEFORE_THE_VISIT),
        )
    )
    replies = db.execute(
        select(Communication.inspection_id, Communication.reply_by_on)
        .join(Inspection, Inspection.id == Communication.inspection_id)
        .where(
            Communication.inspection_id.in_(inspection_ids),
            Communication.reply_by_on.is_not(None),
            Communication.replied_at.is_(None),
            Inspection.state == State.COMMUNICATION,
        )
    )
    findings = db.execute(
        select(Finding.inspection_id, Finding.due_on)
        .join(Letter, Letter.inspection_id == Finding.inspection_id)
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .where(
            Finding.inspection_id.in_(inspection_ids),
            Finding.kind == FindingKind.DEFICIENCY,
            Finding.due_on.is_not(None),
            Letter.state == LetterState.SENT,
            Inspection.state.not_in(FINISHED),
            ~select(Measure.id)
            .where(Measure.finding_id == Finding.id, Measure.outcome.is_not(None))
            .exists(),
        )
    )
    found = [
        *(
            Deadline(key, on, N_("Visit"), N_("The day has passed. Start the visit, or plan a new day."))
            for key, on in visits
            if on is not None
        ),
        *(
            Deadline(
                key,
                on,
                N_("Last day for the provider to reply"),
                N_("The day has passed. The case can go on."),
            )
            for key, on in replies
            if on is not None
        ),
        *(
            Deadline(
                key,
                on,
                N_("A deficiency is to be remedied"),
                N_("The day has passed. Follow up with the children."),
            )
            for key, on in findings
            if on is not None
        ),
    ]
    return sorted(found, key=lambda deadline: deadline.on)

"""What has a date in a case: the visit, the reply, what the provider must achieve, the measures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Measure
from ...models.reached_rows import DATES
from ...models.vocabulary import N_, FindingKind, State
from ..outside.reach import reaching_also
from ..rules.case_parts import BEFORE_THE_VISIT

FINISHED = (State.CLOSED, State.ARCHIVED)
GOING_ON = tuple(state for state in State if state not in FINISHED)
"""Said as those that they are, so that an index over states finds the few among the many."""


class DeadlineKind(Enum):
    """What falls due: on whom it waits is in rules/reminders.py."""

    VISIT = auto()
    REPLY = auto()
    DEFICIENCY = auto()


@dataclass(frozen=True, slots=True)
class Deadline:
    """`what` and `passed` are messages of the catalogue: what falls due, and what happens when it passes."""

    inspection_id: UUID
    on: date
    what: str
    passed: str
    kind: DeadlineKind


def list_deadlines(
    db: Session, inspection_ids: Collection[UUID] | None, *, within: tuple[date, date] | None = None
) -> list[Deadline]:
    """Every date ahead or passed that still asks for something, earliest first, in three questions.

    `inspection_ids`: of these cases, None of all. `within`: only from the first to the last of these days.
    """
    if inspection_ids is not None and not inspection_ids:
        return []
    with reaching_also(db, DATES):  # a list has cases whose content is not the reader's
        return _list_deadlines(db, inspection_ids, within)


def _list_deadlines(
    db: Session, inspection_ids: Collection[UUID] | None, within: tuple[date, date] | None
) -> list[Deadline]:
    def asked(case: Any, on: Any) -> ColumnElement[bool]:
        of_cases = true() if inspection_ids is None else among(case, inspection_ids)
        return and_(of_cases, on.is_not(None), on.between(*within) if within else true())

    visits = db.execute(
        select(Inspection.id, Inspection.planned_on).where(
            asked(Inspection.id, Inspection.planned_on),
            Inspection.state.in_(BEFORE_THE_VISIT),
        )
    )
    replies = db.execute(
        select(Communication.inspection_id, Communication.reply_by_on)
        .join(Inspection, Inspection.id == Communication.inspection_id)
        .where(
            asked(Communication.inspection_id, Communication.reply_by_on),
            Communication.replied_at.is_(None),
            Inspection.state == State.COMMUNICATION,
        )
    )
    findings = db.execute(
        select(Finding.inspection_id, Finding.due_on)
        .join(
            Letter,
            and_(Letter.inspection_id == Finding.inspection_id, Letter.kind == LetterKind.FEEDBACK),
        )
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .where(
            asked(Finding.inspection_id, Finding.due_on),
            Finding.kind == FindingKind.DEFICIENCY,
            Letter.state == LetterState.SENT,
            Inspection.state.in_(GOING_ON),
            ~select(Measure.id)
            .where(Measure.finding_id == Finding.id, Measure.outcome.is_not(None))
            .exists(),
        )
    )
    found = [
        *(
            Deadline(
                key,
                on,
                N_("Visit"),
                N_("The day has passed. Start the visit, or plan a new day."),
                DeadlineKind.VISIT,
            )
            for key, on in visits
            if on is not None
        ),
        *(
            Deadline(
                key,
                on,
                N_("Last day for the provider to reply"),
                N_("The day has passed. The case can go on."),
                DeadlineKind.REPLY,
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
                DeadlineKind.DEFICIENCY,
            )
            for key, on in findings
            if on is not None
        ),
    ]
    return sorted(found, key=lambda deadline: deadline.on)

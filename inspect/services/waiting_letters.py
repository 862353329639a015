"""Letters that wait for somebody to send them: a reminder that is due, one that is approved and not sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.vocabulary import State
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS
from .list_deadlines import Deadline

REMINDED_IN = KINDS[LetterKind.REMINDER].states


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """`late`: for a reminder the day that passed first; else when the letter was approved."""

    inspection: Inspection
    kind: LetterKind
    late: Deadline | None = None
    since: datetime | None = None


def waiting_letters(
    db: Session,
    actor: Actor,
    cases: Mapping[UUID, Inspection],
    deadlines: Iterable[Deadline],
    *,
    today: date,
) -> list[WaitingLetter]:
    """What those who lead the cases have to send: reminders first, the longest late first."""
    led = {key: one for key, one in cases.items() if may(actor, Permission.LEAD_INSPECTION, one)}
    return [*_reminders(db, led, deadlines, today), *_approved(db, led)]


def _reminders(
    db: Session, cases: Mapping[UUID, Inspection], deadlines: Iterable[Deadline], today: date
) -> list[WaitingLetter]:
    """One a case; none where a reminder was sent after the day had passed."""
    passed: dict[UUID, Deadline] = {}
    for deadline in deadlines:
        case = cases.get(deadline.inspection_id)
        if case is not None and case.state in REMINDED_IN and deadline.on < today:
            passed.setdefault(deadline.inspection_id, deadline)
    if not passed:
        return []
    rows = db.execute(
        select(Letter.inspection_id, func.max(LetterVersion.sent_at))
        .join(LetterVersion, LetterVersion.letter_id == Letter.id)
        .where(among(Letter.inspection_id, list(passed)), Letter.kind == LetterKind.REMINDER)
        .group_by(Letter.inspection_id)
    )
    reminded = {key: at.astimezone(SWEDEN).date() for key, at in rows if at is not None}
    return [
        WaitingLetter(cases[key], LetterKind.REMINDER, late=deadline)
        for key, deadline in passed.items()
        if key not in reminded or reminded[key] <= deadline.on
    ]


def _approved(db: Session, cases: Mapping[UUID, Inspection]) -> list[WaitingLetter]:
    """The feedback letter waits with the decision, and the children's letters with it."""
    rows = db.execute(
        select(Letter.inspection_id, Letter.kind, Letter.approved_at)
        .where(
            among(Letter.inspection_id, list(cases)),
            Letter.kind != LetterKind.FEEDBACK,
            Letter.state == LetterState.APPROVED,
        )
        .order_by(Letter.approved_at)
    )
    return [
        WaitingLetter(cases[row.inspection_id], row.kind, since=row.approved_at)
        for row in rows
        if row.kind not in FOR_CHILDREN_KINDS or cases[row.inspection_id].state is State.FOLLOW_UP
    ]

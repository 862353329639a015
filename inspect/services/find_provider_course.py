"""How far a case has come as its provider knows it: from what has been sent, and nothing else."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.dialogue import MeetingTime
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Measure
from ...models.vocabulary import FindingKind, Progress, State
from ..outside.clock import SWEDEN
from ..rules.provider_course import Communicated, CourseStep, provider_course, step_now
from .communicate_facts import takes_replies
from .report_measure import latest_reports


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """The steps, and what has been sent of what they are about."""

    steps: tuple[CourseStep, ...]
    letter_id: UUID | None
    communication_id: UUID | None
    inspection_id: UUID

    @property
    def now(self) -> CourseStep | None:
        return step_now(self.steps)


def find_provider_course(db: Session, inspection: Inspection) -> FoundCourse:
    """The way of a case that the reader may know of: they have one of its letters or its facts.

    In six questions at most.
    """
    facts = db.scalar(
        select(Communication).where(
            Communication.inspection_id == inspection.id, Communication.sent_at.is_not(None)
        )
    )
    letter = db.scalar(
        select(Letter).where(
            Letter.inspection_id == inspection.id,
            Letter.kind == LetterKind.FEEDBACK,
            Letter.state == LetterState.SENT,
        )
    )
    told = Communicated(
        facts_sent_on=_day(facts.sent_at) if facts else None,
        reply_by_on=facts.reply_by_on if facts else None,
        replied_on=_day(facts.replied_at) if facts else None,
        takes_replies=facts is not None and takes_replies(facts, inspection),
        closed=inspection.state in (State.CLOSED, State.ARCHIVED),
    )
    if letter is not None:
        told = _with_letter(db, told, inspection, letter)
    return FoundCourse(
        provider_course(told), letter.id if letter else None, facts.id if facts else None, inspection.id
    )


def _with_letter(db: Session, told: Communicated, inspection: Inspection, letter: Letter) -> Communicated:
    deficiencies, first, last = db.execute(
        select(func.count(), func.min(Finding.due_on), func.max(Finding.due_on)).where(
            Finding.inspection_id == inspection.id, Finding.kind == FindingKind.DEFICIENCY
        )
    ).one()
    measures = db.scalars(select(Measure).where(Measure.letter_id == letter.id)).all()
    reports = latest_reports(db, letter) if letter.answers_sent_at else {}
    days = [one.due_on for one in measures]
    meeting = db.scalar(
        select(func.max(MeetingTime.starts_at)).where(
            MeetingTime.inspection_id == inspection.id,
            MeetingTime.agreed_at.is_not(None),
            MeetingTime.withdrawn_at.is_(None),
        )
    )
    return replace(
        told,
        letter_sent_on=_day(letter.sent_at),
        deficiencies=deficiencies,
        first_due_on=first,
        last_due_on=max([*days, *([last] if last else [])], default=None),
        answers_sent_on=_day(letter.answers_sent_at),
        measures=len(measures),
        measures_done=sum(one.progress is Progress.DONE for one in reports.values()),
        followed_up=sum(one.outcome is not None for one in measures),
        meeting_on=_day(meeting),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SWEDEN).date() if moment else None

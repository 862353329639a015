"""See what has passed between the authority and the provider (rules/case_course.py)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.dialogue import ReplyPoint
from ...models.inspections import Inspection, StateChange
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Answer, Letter, Measure
from ...models.vocabulary import State, TeamRole
from ..outside.clock import SWEDEN
from ..rules.case_course import AnsweredPoint, AnswerView, Course, Decided, MeasureView, SentFact
from .find_dissent import dissent_in_full
from .find_letter import name_of
from .sent_facts import read_frozen

COME = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)


def view_course(
    db: Session,
    inspection: Inspection,
    communication: Communication | None,
    decision: Decision | None,
    today: date | None,
) -> Course:
    """`inspection` with its team loaded. `communication` and `decision`: those of the case, None before."""
    key = inspection.id
    letters = db.scalars(select(Letter).where(Letter.inspection_id == key)).all()
    feedback = next((one for one in letters if one.kind == LetterKind.FEEDBACK), None)
    meetings = select(DialogueMeeting.held_at).where(DialogueMeeting.inspection_id == key)
    closed = (
        select(StateChange.at)
        .where(StateChange.inspection_id == key, StateChange.to_state == State.CLOSED)
        .order_by(StateChange.at.desc())
        .limit(1)
    )
    return Course(
        team=tuple(
            dict.fromkeys(one.name for one in inspection.team if one.role in COME and not one.has_conflict)
        ),
        planned_on=inspection.planned_on,
        came_on=_day(inspection.visit_started_at),
        facts=_facts(communication),
        answered=_answered_points(db, communication),
        meetings=tuple(sorted(day_of(one) for one in db.scalars(meetings))),
        decided=_decided(db, decision),
        sent={one.kind: day_of(one.sent_at) for one in letters if one.sent_at is not None},
        answers=_answers(db, feedback),
        answered_on=_day(feedback.answers_sent_at) if feedback else None,
        measures=_measures(db, feedback),
        closed_on=_day(db.scalar(closed)),
        today=today,
    )


def day_of(moment: datetime) -> date:
    return moment.astimezone(SWEDEN).date()


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _facts(communication: Communication | None) -> tuple[SentFact, ...]:
    if communication is None or communication.sent_at is None:
        return ()
    return tuple(
        SentFact(UUID(one.finding), one.title, one.saw, one.level) for one in read_frozen(communication.facts)
    )


def _answered_points(db: Session, communication: Communication | None) -> tuple[AnsweredPoint, ...]:
    """How the points of the reply were answered, in the order in which the facts were sent."""
    facts = _facts(communication)
    if communication is None or not facts:
        return ()
    order = {one.finding: at for at, one in enumerate(facts)}
    points = db.scalars(
        select(ReplyPoint)
        .where(ReplyPoint.communication_id == communication.id, ReplyPoint.verdict.is_not(None))
        .order_by(ReplyPoint.at, ReplyPoint.id)
    )
    return tuple(
        AnsweredPoint(one.finding, facts[order[one.finding]].title, one.verdict, one.why)
        for one in sorted(points, key=lambda one: order.get(one.finding, -1) if one.finding else -1)
        if one.finding in order and one.verdict is not None
    )


def _decided(db: Session, decision: Decision | None) -> Decided | None:
    if decision is None:
        return None
    return Decided(
        kind=decision.kind,
        on=decision.decided_on,
        content=decision.content,
        decider=name_of(db, decision.decider_id),
        rapporteur=name_of(db, decision.rapporteur_id),
        participants=decision.participants,
        dissent=dissent_in_full(db, decision.inspection_id, decision.dissent),
    )


def _answers(db: Session, letter: Letter | None) -> tuple[AnswerView, ...]:
    """Those that were sent; a draft of the provider's is its own."""
    if letter is None or letter.answers_sent_at is None:
        return ()
    rows = db.scalars(select(Answer).where(Answer.letter_id == letter.id).order_by(Answer.id))
    return tuple(AnswerView(one.finding_id, one.stance, one.text) for one in rows)


def _measures(db: Session, letter: Letter | None) -> tuple[MeasureView, ...]:
    """What was promised when the answers were sent, and what a follow-up has put in a promise's place."""
    if letter is None:
        return ()
    sent_at = letter.answers_sent_at
    rows = db.scalars(select(Measure).where(Measure.letter_id == letter.id).order_by(Measure.id))
    return tuple(
        MeasureView(
            id=one.id,
            finding=one.finding_id,
            description=one.description,
            owner=one.owner,
            due_on=one.due_on,
            promised=sent_at is not None and one.proposed_at <= sent_at,
            outcome=one.outcome,
            shown=one.evidence,
            children_say=one.children_say,
            asked=one.children_asked,
            wish=one.children_wish,
            followed_up_on=_day(one.followed_up_at),
        )
        for one in rows
        if sent_at is not None or one.outcome is not None
    )

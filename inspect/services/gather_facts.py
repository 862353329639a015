"""Gather what the gates of the flow look at (rules/inspection_flow.py)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment, Check, Finding, WeighingRun
from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.letters import Letter, Measure
from ...models.vocabulary import FindingKind, Informant, TeamRole
from ..outside.clock import SWEDEN
from ..rules.inspection_flow import CaseFacts


def gather_facts(db: Session, inspection: Inspection, *, now: datetime) -> CaseFacts:
    """The facts of `inspection` (loaded whole by find_inspection) as the gates need them."""
    pack = load_pack(inspection.pack)
    key = inspection.id
    talks = db.scalars(select(Interview).where(Interview.inspection_id == key)).all()
    marked = set(db.scalars(select(Check.requirement).where(Check.inspection_id == key)))
    unjudged = db.scalars(
        select(Statement.label).where(Statement.inspection_id == key, Statement.severity.is_(None))
    ).all()
    assessed = {a.area: a for a in db.scalars(select(AreaAssessment).where(AreaAssessment.inspection_id == key))}
    findings = db.scalars(select(Finding).where(Finding.inspection_id == key).order_by(Finding.position)).all()
    letter = db.scalar(select(Letter).where(Letter.inspection_id == key))
    communication = db.scalar(select(Communication).where(Communication.inspection_id == key))
    deficiencies = [item for item in findings if item.kind is FindingKind.DEFICIENCY]
    team = inspection.team
    return CaseFacts(
        state=inspection.state,
        announced=inspection.announced,
        dnr=inspection.dnr,
        has_inspector=any(m.role is TeamRole.INSPECTOR for m in team),
        undeclared=tuple(m.name for m in team if m.user_id and m.declared_at is None),
        conflicted=tuple(m.name for m in team if m.has_conflict),
        information_given=frozenset(item.item for item in inspection.information),
        residents=len(inspection.residents),
        children_confirmed=inspection.children_confirmed_at is not None,
        without_outcome=tuple(r.person for r in inspection.residents if r.outcome is None),
        overridden=bool(inspection.overrides),
        acute=bool(inspection.acute_steps),
        open_talks=tuple(t.person for t in talks if t.ended_at is None),
        staff_talks=sum(t.informant is Informant.STAFF for t in talks),
        manager_talks=sum(t.informant is Informant.MANAGER for t in talks),
        no_staff_reason=bool(inspection.no_staff_reason),
        unmarked=tuple(r.id for r in pack.requirements if r.id not in marked),
        unjudged=tuple(unjudged),
        areas_without_own_view=tuple(a.id for a in pack.areas if a.id not in assessed),
        areas_without_reasoning=tuple(
            a.id for a in pack.areas if a.id not in assessed or not assessed[a.id].reasoning
        ),
        weighed=db.scalar(select(WeighingRun.id).where(WeighingRun.inspection_id == key).limit(1)) is not None,
        letter=letter.state if letter else None,
        highest_level=max((f.level for f in findings), default=0),
        sanction=any(f.sanction for f in findings),
        lawyer_in_team=any(m.role is TeamRole.LAWYER for m in team),
        communicated=communication is not None and communication.sent_at is not None,
        communication_skipped=communication is not None and communication.skip_ground is not None,
        replied=communication is not None and communication.replied_at is not None,
        reply_by_on=communication.reply_by_on if communication else None,
        meetings=len(db.scalars(select(DialogueMeeting.id).where(DialogueMeeting.inspection_id == key)).all()),
        decided=db.scalar(select(Decision.id).where(Decision.inspection_id == key)) is not None,
        letter_sent=letter is not None and letter.sent_at is not None,
        deficiencies=tuple(f.requirement or "" for f in deficiencies),
        not_followed_up=_not_followed_up(db, letter, deficiencies),
        today=now.astimezone(SWEDEN).date(),
    )


def _not_followed_up(db: Session, letter: Letter | None, deficiencies: list[Finding]) -> tuple[str, ...]:
    if letter is None:
        return tuple(f.requirement or "" for f in deficiencies)
    done = set(
        db.scalars(
            select(Measure.finding_id).where(Measure.letter_id == letter.id, Measure.outcome.is_not(None))
        )
    )
    return tuple(f.requirement or "" for f in deficiencies if f.id not in done)

"""Gather what the gates of the flow look at (rules/inspection_flow.py)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, exists, func, select
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

CASE: BindParameter[UUID] = bindparam("inspection_id")

# Built once: every page of a case asks these, and building them costs more than answering them.
_TALKS = select(Interview.person, Interview.informant, Interview.ended_at).where(
    Interview.inspection_id == CASE
)
_MARKED = select(Check.requirement).where(Check.inspection_id == CASE)
_UNJUDGED = select(Statement.label).where(Statement.inspection_id == CASE, Statement.severity.is_(None))
_ASSESSED = select(AreaAssessment.area, AreaAssessment.reasoning).where(AreaAssessment.inspection_id == CASE)
_FINDINGS = (
    select(Finding.id, Finding.kind, Finding.level, Finding.sanction, Finding.requirement)
    .where(Finding.inspection_id == CASE)
    .order_by(Finding.position)
)
_WAY = (
    select(
        Letter.id.label("letter_id"),
        Letter.state.label("letter"),
        Letter.sent_at.label("letter_sent_at"),
        Communication.sent_at.label("communicated_at"),
        Communication.reply_by_on,
        Communication.skip_ground,
        Communication.replied_at,
        exists().where(WeighingRun.inspection_id == CASE).label("weighed"),
        exists().where(Decision.inspection_id == CASE).label("decided"),
        select(func.count(DialogueMeeting.id))
        .where(DialogueMeeting.inspection_id == CASE)
        .scalar_subquery()
        .label("meetings"),
    )
    .select_from(Inspection)
    .outerjoin(Letter, Letter.inspection_id == Inspection.id)
    .outerjoin(Communication, Communication.inspection_id == Inspection.id)
    .where(Inspection.id == CASE)
)
"""How far the case has come after the weighing, in one question."""


def gather_facts(db: Session, inspection: Inspection, *, now: datetime) -> CaseFacts:
    """The facts of `inspection` (loaded whole by find_inspection) as the gates need them.

    Every page of a case asks this, so it reads columns and not whole rows.
    """
    pack = load_pack(inspection.pack)
    here = {"inspection_id": inspection.id}
    talks = db.execute(_TALKS, here).all()
    marked = set(db.scalars(_MARKED, here))
    unjudged = db.scalars(_UNJUDGED, here).all()
    assessed = {row.area: row.reasoning for row in db.execute(_ASSESSED, here)}
    findings = db.execute(_FINDINGS, here).all()
    deficiencies = {f.id: f.requirement or "" for f in findings if f.kind is FindingKind.DEFICIENCY}
    way = db.execute(_WAY, here).one()
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
        areas_without_reasoning=tuple(a.id for a in pack.areas if not assessed.get(a.id)),
        weighed=bool(way.weighed),
        letter=way.letter,
        highest_level=max((f.level for f in findings), default=0),
        sanction=any(f.sanction for f in findings),
        lawyer_in_team=any(m.role is TeamRole.LAWYER for m in team),
        communicated=way.communicated_at is not None,
        communication_skipped=way.skip_ground is not None,
        replied=way.replied_at is not None,
        reply_by_on=way.reply_by_on,
        meetings=way.meetings,
        decided=bool(way.decided),
        letter_sent=way.letter_sent_at is not None,
        deficiencies=tuple(deficiencies.values()),
        not_followed_up=_not_followed_up(db, way.letter_id, deficiencies),
        today=now.astimezone(SWEDEN).date(),
    )


def _not_followed_up(
    db: Session, letter_id: UUID | None, deficiencies: Mapping[UUID, str]
) -> tuple[str, ...]:
    if letter_id is None or not deficiencies:
        return tuple(deficiencies.values())
    done = set(
        db.scalars(
            select(Measure.finding_id).where(Measure.letter_id == letter_id, Measure.outcome.is_not(None))
        )
    )
    return tuple(requirement for finding, requirement in deficiencies.items() if finding not in done)

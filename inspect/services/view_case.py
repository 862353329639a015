"""See a stored inspection as its findings and its letter see it (rules/case_view.py)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import AreaAssessment, Check, Finding, WeighingRun
from ...models.codings import Passage
from ...models.decisions import Communication, Decision
from ...models.divergences import DivergenceAnswer
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import ChildOutcome, EvidenceKind, Informant, ProviderKind, TeamRole, Wish
from ..outside.clock import SWEDEN
from ..rules.case_view import AreaView, CaseView, FindingView, Marked, Said, Talks
from ..rules.divergence_register import how_children_differ
from ..rules.weighing import (
    AreaResult,
    CheckResult,
    Perspective,
    Position,
    Weighing,
    Word,
    deviation_severity,
)
from ..rules.weighing.external_view import is_on_hold, outside_share
from ..rules.weighing.scales import WORD_OF_POSITION
from .find_overrides import decided_positions, released_areas
from .route_to_committees import routed_points
from .view_course import view_course
from .weigh_inspection import children_were_first, latest_run, weighed


def view_case(db: Session, inspection: Inspection, *, today: date | None = None) -> CaseView:
    """`inspection` (loaded whole) as plain values, without what tellers did not want passed on.

    `today`: the day on which something is late, for a reminder; no other letter asks.
    """
    key = inspection.id
    pack = load_pack(inspection.pack)
    talks = db.scalars(select(Interview).where(Interview.inspection_id == key)).all()
    statements = {one.label: one for one in find_statements(db, inspection)}
    weighing = weighed(db, inspection).result
    said = _said(weighing, statements | _of_passages(db, inspection, statements))
    heard = {name: frozenset(area.voices.get(Perspective.CHILD, ())) for name, area in weighing.areas.items()}
    communication = db.scalar(select(Communication).where(Communication.inspection_id == key))
    decision = db.scalar(select(Decision).where(Decision.inspection_id == key))
    assessment = inspection.self_assessment
    run = latest_run(db, inspection)
    day = inspection.visit_started_at or inspection.created_at
    return CaseView(
        pack=pack,
        day=day.astimezone(SWEDEN).date(),
        home=inspection.home.name,
        announced=inspection.announced,
        children_first=children_were_first(talks),
        talks=_count(db, inspection, talks),
        order_reasons=tuple(override.reason for override in inspection.overrides),
        acute=bool(inspection.acute_steps),
        contact=next((m.name for m in inspection.team if m.role is TeamRole.INSPECTOR), ""),
        withheld=any(one.wish is Wish.NOT_AT_ALL for one in statements.values()),
        said=said,
        heard=heard,
        investigated=frozenset(one.coding.theme for area in weighing.areas.values() for one in area.accounts),
        outside=outside_share(weighing.gap.outside, len(frozenset().union(*heard.values()))),
        marks=tuple(_mark(check) for check in _checks(db, inspection)),
        findings=tuple(_finding(one, statements) for one in find_findings(db, inspection)),
        areas=_areas(db, inspection, pack, run, weighing),
        weighed=run is not None,
        strengths_by_home=tuple(assessment.strengths) if assessment else (),
        worries_by_home=tuple(assessment.worries) if assessment else (),
        communicated_on=_day(communication.sent_at) if communication else None,
        reply_by=communication.reply_by_on if communication else None,
        replied=communication is not None and communication.replied_at is not None,
        not_asked_because=communication.skip_reason if communication else "",
        public_provider=inspection.home.provider.kind is not ProviderKind.PRIVATE,
        decision=decision.content if decision else "",
        course=view_course(db, inspection, communication, decision, today),
        routed=frozenset(routed_points(db, key)),
        answers={
            row.key: row.answer
            for row in db.execute(
                select(DivergenceAnswer.key, DivergenceAnswer.answer).where(
                    DivergenceAnswer.inspection_id == key
                )
            )
        },
    )


def find_statements(db: Session, inspection: Inspection) -> list[Statement]:
    """Every statement of the case, with where it was made."""
    return list(
        db.scalars(
            select(Statement)
            .where(Statement.inspection_id == inspection.id)
            .options(selectinload(Statement.interview), selectinload(Statement.evidence))
        )
    )


def _of_passages(
    db: Session, inspection: Inspection, statements: Mapping[str, Statement]
) -> dict[str, Statement]:
    """The statement of each passage, by the passage's short name: what holds for it holds for the passage."""
    by_id = {statement.id: statement for statement in statements.values()}
    rows = db.execute(
        select(Passage.label, Passage.statement_id).where(Passage.inspection_id == inspection.id)
    )
    return {row.label: by_id[row.statement_id] for row in rows}


def find_findings(db: Session, inspection: Inspection) -> list[Finding]:
    """The findings of the case in their order, with the links to what they rest on."""
    return list(
        db.scalars(
            select(Finding)
            .where(Finding.inspection_id == inspection.id)
            .options(selectinload(Finding.evidence))
            .order_by(Finding.position, Finding.id)
        )
    )


def _day(moment: datetime | None) -> Any:
    return moment.astimezone(SWEDEN).date() if moment else None


def _said(weighing: Weighing, statements: Mapping[str, Statement]) -> tuple[Said, ...]:
    """What counts by the method's rules S3, less what must not be passed on."""
    return tuple(
        Said(
            id=statements[active.coding.id].id,
            label=active.coding.id,
            source=active.coding.source,
            perspective=active.coding.perspective,
            theme=active.coding.theme,
            severity=active.effective,
            wish=statements[active.coding.id].wish,
            unprompted=not active.coding.prompted,
            important=active.coding.important,
            grave=active.is_grave,
        )
        for area in weighing.areas.values()
        for active in area.codings
        if statements[active.coding.id].wish is not Wish.NOT_AT_ALL
        or active.coding.perspective in (Perspective.OBSERVATION, Perspective.DOCUMENT)
    )


def _checks(db: Session, inspection: Inspection) -> list[Check]:
    return list(
        db.scalars(
            select(Check).where(Check.inspection_id == inspection.id).order_by(Check.position, Check.id)
        )
    )


def _mark(check: Check) -> Marked:
    deviates = check.result.value == CheckResult.DEVIATION.value
    severity = deviation_severity(
        consequence=check.consequence, extent=check.extent, repeated=check.repeated, fixed=check.fixed
    )
    return Marked(
        requirement=check.requirement,
        result=CheckResult(check.result.value),
        severity=severity if deviates else 0,
        extent=check.extent,
        repeated=check.repeated,
        fixed=check.fixed,
        self_reported=check.self_reported,
    )


def _finding(finding: Finding, statements: Mapping[str, Statement]) -> FindingView:
    labels = {statement.id: label for label, statement in statements.items()}
    return FindingView(
        id=finding.id,
        kind=finding.kind,
        area=finding.area,
        theme=finding.theme,
        requirement=finding.requirement,
        level=finding.level,
        sanction=finding.sanction,
        responsible=finding.responsible,
        title=finding.title,
        saw=finding.saw,
        matters=finding.matters,
        proportion=finding.proportion,
        achieve=finding.achieve,
        due_on=finding.due_on,
        evidence=tuple(sorted(labels[link.statement_id] for link in finding.evidence)),
    )


def _count(db: Session, inspection: Inspection, talks: Any) -> Talks:
    evidence = db.scalars(select(Evidence.kind).where(Evidence.inspection_id == inspection.id)).all()
    outcomes = [resident.outcome for resident in inspection.residents]
    return Talks(
        residents=len(outcomes),
        offered=sum(outcome is not None for outcome in outcomes),
        talked=outcomes.count(ChildOutcome.TALKED),
        declined=outcomes.count(ChildOutcome.DECLINED),
        later=outcomes.count(ChildOutcome.OFFERED_LATER),
        not_heard_harm=outcomes.count(ChildOutcome.NOT_HEARD_HARM),
        staff=sum(talk.informant is Informant.STAFF for talk in talks),
        managers=sum(talk.informant is Informant.MANAGER for talk in talks),
        others=sum(talk.informant is Informant.OTHER for talk in talks),
        observations=evidence.count(EvidenceKind.OBSERVATION),
        documents=evidence.count(EvidenceKind.DOCUMENT),
        adults_before_children=sum(talk.before_children for talk in talks),
        interpreter=any(talk.interpreter and talk.informant is Informant.CHILD for talk in talks),
    )


def _areas(
    db: Session,
    inspection: Inspection,
    pack: Pack,
    run: WeighingRun | None,
    weighing: Weighing,
) -> dict[str, AreaView]:
    """The areas that were weighed or assessed, as `run` has them; `weighing` is what holds now.

    A decided position is told beside the computed one as long as it stands (method §8), and an area that
    a disclosure reviewer has released is told of.
    """
    decided, _every = decided_positions(db, inspection, weighing.stamp)
    released = released_areas(db, inspection, weighing.stamp.input_hash)
    results = run.result["areas"] if run else {}
    is_stale = run is not None and run.input_hash != weighing.stamp.input_hash
    assessed = {
        one.area: one
        for one in db.scalars(select(AreaAssessment).where(AreaAssessment.inspection_id == inspection.id))
    }
    found = {}
    for area in pack.areas:
        result, written = results.get(area.id), assessed.get(area.id)
        if result is None and written is None:
            continue
        other = decided.get(area.id)
        found[area.id] = AreaView(
            area=area.id,
            word=result["word"] if result else None,
            pending=result is not None
            and _is_pending(
                weighing.areas.get(area.id), result, released=area.id in released, is_stale=is_stale
            ),
            reasoning=written.reasoning if written else "",
            children_weighed=written.children_weighed if written else "",
            decided=_word(other.override.decided).value if other and other.stands else None,
            decided_reason=other.override.reason_code.value if other and other.stands else "",
            differs=how_children_differ(weighing.areas[area.id]) if area.id in weighing.areas else "",
        )
    return found


def _word(position: int | None) -> Word:
    return Word.NOT_ASSESSABLE if position is None else WORD_OF_POSITION[Position(position)]


def _is_pending(now: AreaResult | None, kept: Mapping[str, Any], *, released: bool, is_stale: bool) -> bool:
    """Whether the area only says "Bedömning pågår" (METHOD 2.17, rule 5; a release: method §8, A5).

    What holds now decides. While the word that was kept rests on other evidence, so does what held it then:
    an area comes off hold with the weighing that tells of it.
    """
    if now is not None and is_on_hold(now, released=released):
        return True
    return is_stale and bool(kept["flags"]["investigate"] or kept["flags"]["disclosure_risk"])

"""Gather what the gates of the flow look at (rules/inspection_flow.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment, Check, Finding, WeighingRun
from ...models.codings import Coding, Passage
from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import FactStance
from ...models.field import FieldHead, HeldOp, OpKind, QuarantinedOp
from ...models.inspections import (
    AcuteStep,
    InformationGiven,
    Inspection,
    OrderOverride,
    Resident,
    TeamMember,
)
from ...models.interviews import Interview, Statement
from ...models.letter_vocabulary import OPINIONS, LetterKind
from ...models.letters import Letter, Measure, Review
from ...models.sanctions import SanctionMatter
from ...models.vocabulary import FindingKind, Informant, InformationItem, State, TeamRole
from ..outside.clock import SWEDEN
from ..rules.access import CODERS
from ..rules.grave_accounts import Account
from ..rules.inspection_flow import CaseFacts
from ..rules.weighing.configuration import GRAVE
from .coding_left import coding_left
from .field_heads import open_conflicts
from .find_accounts import find_accounts_of
from .requirements_in_force import requirements_in_force

CASES: BindParameter[list[UUID]] = bindparam("cases", expanding=True)


def _part(
    part: str,
    of: SQLColumnExpression[UUID],
    name: SQLColumnExpression[Any],
    kind: SQLColumnExpression[Any] | None = None,
    place: SQLColumnExpression[int] | None = None,
    level: SQLColumnExpression[int] | None = None,
    is_one: SQLColumnExpression[bool] | None = None,
    is_other: SQLColumnExpression[bool] | None = None,
) -> Select[Any]:
    """One part of _RECORDS: the same columns whatever the part, texts and whole numbers only."""
    zero = literal(0)
    return select(
        literal(part).label("part"),
        of.label("inspection_id"),
        func.coalesce(type_coerce(name, String), "").label("name"),
        (type_coerce(kind, String) if kind is not None else literal("")).label("kind"),
        (zero if place is None else place).label("place"),
        (zero if level is None else level).label("level"),
        (zero if is_one is None else case((is_one, 1), else_=0)).label("is_one"),
        (zero if is_other is None else case((is_other, 1), else_=0)).label("is_other"),
    )


# Every page of a case, and a first page for all of its cases, asks what a case holds: nine short lists in
# one question, built once. Asking costs more than answering.
_RECORDS = union_all(
    _part(
        "child",
        Resident.inspection_id,
        Resident.person,
        place=Resident.position,
        is_one=Resident.outcome.is_(None),
    ).where(Resident.inspection_id.in_(CASES)),
    _part("told", InformationGiven.inspection_id, InformationGiven.item).where(
        InformationGiven.inspection_id.in_(CASES)
    ),
    _part("departed", OrderOverride.inspection_id, literal("")).where(OrderOverride.inspection_id.in_(CASES)),
    _part("acute", AcuteStep.inspection_id, literal("")).where(AcuteStep.inspection_id.in_(CASES)),
    _part(
        "talk",
        Interview.inspection_id,
        Interview.person,
        kind=Interview.informant,
        is_one=Interview.ended_at.is_(None),
    ).where(Interview.inspection_id.in_(CASES)),
    _part("marked", Check.inspection_id, Check.requirement).where(Check.inspection_id.in_(CASES)),
    _part("unjudged", Statement.inspection_id, Statement.label).where(
        Statement.inspection_id.in_(CASES),
        or_(Statement.severity.is_(None), Statement.theme.is_(None)),
        ~exists().where(Passage.statement_id == Statement.id),
    ),
    _part("unjudged", Passage.inspection_id, Passage.label).where(
        Passage.inspection_id.in_(CASES), Passage.severity.is_(None)
    ),
    _part(
        "assessed", AreaAssessment.inspection_id, AreaAssessment.area, is_one=AreaAssessment.reasoning != ""
    ).where(AreaAssessment.inspection_id.in_(CASES)),
    _part(
        "finding",
        Finding.inspection_id,
        Finding.requirement,
        kind=Finding.kind,
        place=Finding.position,
        level=Finding.level,
        is_one=Finding.sanction,
        is_other=exists().where(Measure.finding_id == Finding.id, Measure.outcome.is_not(None)),
    ).where(Finding.inspection_id.in_(CASES)),
    _part("sanction", Finding.inspection_id, Finding.requirement).where(
        Finding.inspection_id.in_(CASES),
        Finding.sanction,
        ~exists().where(SanctionMatter.finding_id == Finding.id),
    ),
    _part("sanction", SanctionMatter.inspection_id, SanctionMatter.requirement).where(
        SanctionMatter.inspection_id.in_(CASES), SanctionMatter.outcome.is_(None)
    ),
)


def _unsettled(table: type[HeldOp] | type[QuarantinedOp]) -> ScalarSelect[int]:
    """How much of what devices sent nobody has settled."""
    waiting = select(func.count(table.id)).where(
        table.inspection_id == Inspection.id, table.settlement.is_(None)
    )
    return waiting.correlate(Inspection).scalar_subquery()


_WAY = (
    select(
        Inspection.id,
        Letter.state.label("letter"),
        Letter.sent_at.label("letter_sent_at"),
        Communication.sent_at.label("communicated_at"),
        Communication.reply_by_on,
        Communication.skip_ground,
        Communication.replied_at,
        exists().where(WeighingRun.inspection_id == Inspection.id).label("weighed"),
        or_(
            exists().where(Statement.inspection_id == Inspection.id, Statement.severity >= GRAVE),
            exists().where(Coding.inspection_id == Inspection.id, Coding.severity >= GRAVE),
        ).label("grave"),
        exists().where(Decision.inspection_id == Inspection.id).label("decided"),
        select(func.count(DialogueMeeting.id))
        .where(DialogueMeeting.inspection_id == Inspection.id)
        .correlate(Inspection)
        .scalar_subquery()
        .label("meetings"),
        select(func.count(ReplyPoint.id))
        .where(
            ReplyPoint.communication_id == Communication.id,
            ReplyPoint.stance == FactStance.WRONG,
            ReplyPoint.verdict.is_(None),
        )
        .correlate(Communication)
        .scalar_subquery()
        .label("points_left"),
        exists(
            select(Review.id)
            .join(TeamMember, TeamMember.user_id == Review.by_id)
            .where(
                Review.letter_id == Letter.id,
                Review.verdict.in_(OPINIONS),
                Review.at >= Letter.submitted_at,
                TeamMember.inspection_id == Inspection.id,
                TeamMember.role == TeamRole.LAWYER,
                ~TeamMember.has_conflict,
            )
            .correlate(Inspection, Letter)
        ).label("lawyer_heard"),
        (_unsettled(HeldOp) + _unsettled(QuarantinedOp)).label("held"),
        exists(
            select(FieldHead.doc_id)
            .where(FieldHead.inspection_id == Inspection.id, FieldHead.kind != OpKind.ADD)
            .group_by(FieldHead.doc_id, FieldHead.field)
            .having(func.count() > 1)
            .correlate(Inspection)
        ).label("several"),
    )
    .select_from(Inspection)
    .outerjoin(Letter, and_(Letter.inspection_id == Inspection.id, Letter.kind == LetterKind.FEEDBACK))
    .outerjoin(Communication, Communication.inspection_id == Inspection.id)
    .where(Inspection.id.in_(CASES))
)
"""How far the case has come after the weighing; whether anything was ever coded as grave; what is held of
what devices sent, and whether a field has several heads."""


def gather_facts(db: Session, inspection: Inspection, *, now: datetime) -> CaseFacts:
    """The facts of `inspection` (with its team) as the gates need them.

    Every page of a case asks this, so it reads columns and not whole rows.
    """
    return gather_facts_of(db, [inspection], now=now)[inspection.id]


def gather_facts_of(
    db: Session,
    inspections: Sequence[Inspection],
    *,
    now: datetime,
    accounts: Mapping[UUID, Sequence[Account]] | None = None,
) -> dict[UUID, CaseFacts]:
    """The same for several cases at once, by their id. `accounts`: their grave accounts, when at hand."""
    here = {"cases": [one.id for one in inspections]}
    held: defaultdict[UUID, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(_RECORDS, here):
        held[row.inspection_id][row.part].append(row)
    ways = {row.id: row for row in db.execute(_WAY, here)}
    if accounts is None:
        grave = [one for one in inspections if ways[one.id].grave]
        accounts = find_accounts_of(db, grave) if grave else {}
    return {
        one.id: _facts(db, one, held[one.id], ways[one.id], accounts.get(one.id, ()), now=now)
        for one in inspections
    }


def _facts(
    db: Session,
    inspection: Inspection,
    held: Mapping[str, list[Any]],
    way: Any,
    accounts: Iterable[Account],
    *,
    now: datetime,
) -> CaseFacts:
    pack = load_pack(inspection.pack)
    talks, findings = held["talk"], sorted(held["finding"], key=lambda row: row.place)
    children = sorted(held["child"], key=lambda row: row.place)
    marked = {row.name for row in held["marked"]}
    assessed = {row.name: bool(row.is_one) for row in held["assessed"]}
    deficiencies = [row for row in findings if row.kind == FindingKind.DEFICIENCY]
    team = inspection.team
    lacking, disputed = coding_left(db, inspection) if inspection.state is State.WEIGHING else ((), ())
    return CaseFacts(
        state=inspection.state,
        announced=inspection.announced,
        dnr=inspection.dnr,
        has_inspector=any(m.role is TeamRole.INSPECTOR for m in team),
        undeclared=tuple(m.name for m in team if m.user_id and m.declared_at is None),
        conflicted=tuple(m.name for m in team if m.has_conflict),
        information_given=frozenset(InformationItem(row.name) for row in held["told"]),
        residents=len(children),
        children_confirmed=inspection.children_confirmed_at is not None,
        without_outcome=tuple(row.name for row in children if row.is_one),
        overridden=bool(held["departed"]),
        acute=bool(held["acute"]),
        open_talks=tuple(talk.name for talk in talks if talk.is_one),
        staff_talks=sum(talk.kind == Informant.STAFF for talk in talks),
        manager_talks=sum(talk.kind == Informant.MANAGER for talk in talks),
        no_staff_reason=bool(inspection.no_staff_reason),
        unmarked=tuple(r.id for r in requirements_in_force(inspection) if r.id not in marked),
        unjudged=tuple(row.name for row in held["unjudged"]),
        without_second_coder=lacking,
        disputed=disputed,
        coders=sum(
            m.role in CODERS and m.declared_at is not None and not m.has_conflict for m in inspection.team
        ),
        areas_without_own_view=tuple(a.id for a in pack.areas if a.id not in assessed),
        areas_without_reasoning=tuple(a.id for a in pack.areas if not assessed.get(a.id)),
        weighed=bool(way.weighed),
        letter=way.letter,
        highest_level=max((row.level for row in findings), default=0),
        sanction=any(row.is_one for row in findings),
        lawyer_in_team=any(m.role is TeamRole.LAWYER and not m.has_conflict for m in team),
        lawyer_heard=bool(way.lawyer_heard),
        sanctions_open=tuple(dict.fromkeys(sorted(row.name for row in held["sanction"]))),
        communicated=way.communicated_at is not None,
        communication_skipped=way.skip_ground is not None,
        replied=way.replied_at is not None,
        reply_by_on=way.reply_by_on,
        points_left=way.points_left,
        meetings=way.meetings,
        decided=bool(way.decided),
        letter_sent=way.letter_sent_at is not None,
        deficiencies=tuple(row.name for row in deficiencies),
        not_followed_up=tuple(row.name for row in deficiencies if not row.is_other),
        accounts=tuple(accounts),
        field_conflicts=len(open_conflicts(db, inspection.id)) if way.several else 0,
        field_held=way.held,
        today=now.astimezone(SWEDEN).date(),
        talk_order=pack.gate,
    )

"""What the gates of the flow look at, as two questions to the database (services/gather_facts.py).

Built once: every page of a case asks them, and a first page asks them for all of its cases.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from ...models.among import among
from ...models.assessments import AreaAssessment, Check, Finding, WeighingRun
from ...models.codings import Coding, Passage
from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import FactStance
from ...models.field import ArrivedNotes, FieldHead, HeldOp, OpKind, QuarantinedOp
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
from ...models.vocabulary import TeamRole
from ..rules.weighing.configuration import GRAVE


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
    """One part of RECORDS_OF_CASES: the same columns whatever the part, texts and whole numbers only."""
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
RECORDS_OF_CASES = union_all(
    _part(
        "child",
        Resident.inspection_id,
        Resident.person,
        place=Resident.position,
        is_one=Resident.outcome.is_(None),
    ).where(among(Resident.inspection_id, "cases")),
    _part("told", InformationGiven.inspection_id, InformationGiven.item).where(
        among(InformationGiven.inspection_id, "cases")
    ),
    _part("departed", OrderOverride.inspection_id, literal("")).where(
        among(OrderOverride.inspection_id, "cases")
    ),
    _part("acute", AcuteStep.inspection_id, literal("")).where(among(AcuteStep.inspection_id, "cases")),
    _part(
        "talk",
        Interview.inspection_id,
        Interview.person,
        kind=Interview.informant,
        is_one=Interview.ended_at.is_(None),
    ).where(among(Interview.inspection_id, "cases")),
    _part("marked", Check.inspection_id, Check.requirement).where(among(Check.inspection_id, "cases")),
    _part("unjudged", Statement.inspection_id, Statement.label).where(
        among(Statement.inspection_id, "cases"),
        or_(Statement.severity.is_(None), Statement.theme.is_(None)),
        ~exists().where(Passage.statement_id == Statement.id),
    ),
    _part("unjudged", Passage.inspection_id, Passage.label).where(
        among(Passage.inspection_id, "cases"), Passage.severity.is_(None)
    ),
    _part(
        "assessed",
        AreaAssessment.inspection_id,
        AreaAssessment.area,
        is_one=AreaAssessment.reasoning_sealed.is_not(None),
    ).where(among(AreaAssessment.inspection_id, "cases")),
    _part(
        "finding",
        Finding.inspection_id,
        Finding.requirement,
        kind=Finding.kind,
        place=Finding.position,
        level=Finding.level,
        is_one=Finding.sanction,
        is_other=exists().where(Measure.finding_id == Finding.id, Measure.outcome.is_not(None)),
    ).where(among(Finding.inspection_id, "cases")),
    _part("sanction", Finding.inspection_id, Finding.requirement).where(
        among(Finding.inspection_id, "cases"),
        Finding.sanction,
        ~exists().where(SanctionMatter.finding_id == Finding.id),
    ),
    _part("sanction", SanctionMatter.inspection_id, SanctionMatter.requirement).where(
        among(SanctionMatter.inspection_id, "cases"), SanctionMatter.outcome.is_(None)
    ),
)


def _unsettled(table: type[HeldOp] | type[QuarantinedOp]) -> ScalarSelect[int]:
    """How much of what devices sent nobody has settled."""
    waiting = select(func.count(table.id)).where(
        table.inspection_id == Inspection.id, table.settlement.is_(None)
    )
    return waiting.correlate(Inspection).scalar_subquery()


WAYS_OF_CASES = (
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
        select(func.coalesce(func.sum(ArrivedNotes.last_seq - ArrivedNotes.first_seq + 1), 0))
        .where(ArrivedNotes.inspection_id == Inspection.id)
        .correlate(Inspection)
        .scalar_subquery()
        .label("arrived"),
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
    .where(among(Inspection.id, "cases"))
)
"""How far the case has come after the weighing; whether anything was ever coded as grave; what is held of
what devices sent, how many notes wait to be taken in, and whether a field has several heads."""

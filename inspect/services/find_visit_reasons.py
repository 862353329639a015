"""Which homes have which reason for a visit now: one question per reason, the same for a list and its filter.

What a reason comes from stands in the register or in cases; of a case only that there is such a thing is
told, never what. Nothing comes from a visit that is still secret (OSL 17 kap. 1 §), nor from a case in which
the reader has a conflict of interest (FL 17 §).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ...models.among import among
from ...models.assessments import Finding
from ...models.inspections import Inspection, SelfAssessment, TeamMember
from ...models.interviews import Statement
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Measure
from ...models.planning import Signal
from ...models.planning_words import SignalKind, VisitReason, Weight
from ...models.register import Home
from ...models.surveys import Survey, SurveyResult
from ...models.vocabulary import FindingKind, MeasureOutcome, Resolution, State
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.case_parts import BEFORE_THE_VISIT
from ..rules.lines_of_enquiry import NOT_SATISFIED
from ..rules.survey_results import FEWEST
from ..rules.visit_reasons import OF_SIGNAL, Found, Weighting
from ..rules.weighing.configuration import GRAVE
from ..rules.yearly_duty import earliest_within
from .find_inspection import is_no_secret
from .gather_enquiry import areas_of
from .list_deadlines import GOING_ON
from .read_survey import read_survey
from .register_signal import STANDS

AFTER_THE_DECISION = (State.FOLLOW_UP, State.CLOSED, State.ARCHIVED)
counted_since = func.coalesce(Home.last_visit_on, Home.opened_on)
"""From when the time to the next visit is counted, as SQL."""

_Going = aliased(Inspection)

Rows = Select[Any, Any, Any]
"""Rows of a home's id, how many, and a day or a moment, or None."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and what the authority's setting says."""

    actor: Actor
    weighting: Weighting
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(SWEDEN).date()

    def earliest(self, reason: VisitReason) -> date:
        """The earliest day that the reason reaches back to."""
        return earliest_within(self.today, self.weighting[reason].months)

    def since(self, reason: VisitReason) -> datetime:
        return datetime.combine(self.earliest(reason), time(), SWEDEN)


def _long_ago(asking: Asking) -> Rows:
    return select(Home.id, literal(1), Home.last_visit_on).where(
        counted_since < asking.earliest(VisitReason.LONG_AGO)
    )


def _grave_account(asking: Asking) -> Rows:
    return (
        select(Inspection.home_id, literal(1), func.max(Inspection.visit_started_at))
        .join(Statement, Statement.inspection_id == Inspection.id)
        .where(
            Statement.severity >= GRAVE,
            or_(Statement.resolution.is_(None), Statement.resolution != Resolution.REFUTED),
            Inspection.state.in_(AFTER_THE_DECISION),
            Inspection.visit_started_at >= asking.since(VisitReason.GRAVE_ACCOUNT),
            _open_to(asking.actor),
        )
        .group_by(Inspection.home_id)
    )


def _open_deficiencies(asking: Asking) -> Rows:
    remedied = select(Measure.id).where(
        Measure.finding_id == Finding.id, Measure.outcome == MeasureOutcome.REMEDIED
    )
    return (
        select(Inspection.home_id, func.count(Finding.id), func.min(Finding.due_on))
        .join(Finding, Finding.inspection_id == Inspection.id)
        .join(Letter, and_(Letter.inspection_id == Inspection.id, Letter.kind == LetterKind.FEEDBACK))
        .where(
            Finding.kind == FindingKind.DEFICIENCY,
            Letter.state == LetterState.SENT,
            Letter.sent_at >= asking.since(VisitReason.OPEN_DEFICIENCIES),
            # Twice, so that the few cases that go on are looked up first, and not all findings there are.
            Inspection.state.in_(GOING_ON),
            Finding.inspection_id.in_(select(_Going.id).where(_Going.state.in_(GOING_ON))),
            ~remedied.exists(),
            _open_to(asking.actor),
        )
        .group_by(Inspection.home_id)
    )


def _signals(kind: SignalKind) -> Callable[[Asking], Rows]:
    def rows(asking: Asking) -> Rows:
        return (
            select(Signal.home_id, func.count(Signal.id), func.max(Signal.came_on))
            .join(Home, Home.id == Signal.home_id)
            .where(Signal.kind == kind, Signal.came_on >= asking.earliest(OF_SIGNAL[kind]), STANDS)
            .group_by(Signal.home_id)
        )

    return rows


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """No secret, and no case in which the reader has a conflict of interest."""
    conflicts = select(TeamMember.inspection_id).where(
        TeamMember.user_id == actor.user_id, TeamMember.has_conflict
    )
    return and_(is_no_secret(), Inspection.id.not_in(conflicts))


ASKED: dict[VisitReason, Callable[[Asking], Rows]] = {
    VisitReason.LONG_AGO: _long_ago,
    VisitReason.GRAVE_ACCOUNT: _grave_account,
    VisitReason.OPEN_DEFICIENCIES: _open_deficiencies,
    **{reason: _signals(kind) for kind, reason in OF_SIGNAL.items()},
}
"""Reasons that the database can be asked for. The others lie sealed, and are read case by case."""


def _surveys(db: Session, asking: Asking, homes: Collection[UUID] | None) -> Iterable[tuple[UUID, Found]]:
    """Surveys before a visit that have closed with answers enough to be counted (five)."""
    chosen = (
        select(Inspection.home_id, Survey)
        .join(Survey, Survey.inspection_id == Inspection.id)
        .join(SurveyResult, SurveyResult.survey_id == Survey.id)
        .where(
            SurveyResult.answers >= FEWEST,
            Survey.children >= FEWEST,
            Survey.opened_at >= asking.since(VisitReason.SURVEY),
            *_before_a_visit(asking, homes),
        )
    )
    for home, survey in db.execute(chosen).all():
        voices = read_survey(db, survey, now=asking.now).voices.values()
        sad = sum(1 for voice in voices if voice.chosen and voice.sad > voice.happy)
        if sad:
            yield home, Found(VisitReason.SURVEY, sad)


def _own_pictures(
    db: Session, asking: Asking, homes: Collection[UUID] | None
) -> Iterable[tuple[UUID, Found]]:
    chosen = (
        select(Inspection.home_id, SelfAssessment)
        .join(SelfAssessment, SelfAssessment.inspection_id == Inspection.id)
        .where(
            SelfAssessment.sent_at >= asking.since(VisitReason.SELF_ASSESSMENT),
            *_before_a_visit(asking, homes),
        )
    )
    for home, written in db.execute(chosen).all():
        number = sum(1 for own in areas_of(written).values() if own.picture in NOT_SATISFIED)
        if number:
            yield home, Found(VisitReason.SELF_ASSESSMENT, number)


def _before_a_visit(asking: Asking, homes: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    """When the visit has begun, what was said before it has been taken to it."""
    said = [
        Inspection.state.in_(BEFORE_THE_VISIT),
        Inspection.visit_started_at.is_(None),
        _open_to(asking.actor),
    ]
    return said if homes is None else [*said, among(Inspection.home_id, list(homes))]


READ: dict[
    VisitReason, Callable[[Session, Asking, Collection[UUID] | None], Iterable[tuple[UUID, Found]]]
] = {
    VisitReason.SURVEY: _surveys,
    VisitReason.SELF_ASSESSMENT: _own_pictures,
}


def homes_with(db: Session, asking: Asking, reason: VisitReason) -> ColumnElement[bool]:
    """Whether a home has the reason, as a condition on homes; nobody has one that is not counted."""
    if asking.weighting[reason].weight is Weight.UNCOUNTED:
        return Home.id.in_([])
    if reason is VisitReason.LONG_AGO:
        return counted_since < asking.earliest(reason)
    if reason in READ:
        return Home.id.in_({home for home, _found in READ[reason](db, asking, None)})
    rows = ASKED[reason](asking)
    return Home.id.in_(rows.with_only_columns(rows.selected_columns[0]).group_by(None))


def find_reasons(db: Session, asking: Asking, homes: Collection[UUID]) -> Mapping[UUID, list[Found]]:
    """The reasons of each of these homes that the setting counts."""
    found: dict[UUID, list[Found]] = {home: [] for home in homes}
    counted = [r for r in VisitReason if asking.weighting[r].weight is not Weight.UNCOUNTED]
    for reason in counted if homes else ():
        if reason in READ:
            for home, one in READ[reason](db, asking, homes):
                found[home].append(one)
            continue
        rows = ASKED[reason](asking)
        for home, number, on in db.execute(rows.where(_home_of(reason).in_(list(homes)))):
            found[home].append(Found(reason, number, _day(on)))
    return found


def _home_of(reason: VisitReason) -> Any:
    if reason is VisitReason.LONG_AGO:
        return Home.id
    return Signal.home_id if reason in OF_SIGNAL.values() else Inspection.home_id


def _day(on: date | datetime | None) -> date | None:
    return on.astimezone(SWEDEN).date() if isinstance(on, datetime) else on

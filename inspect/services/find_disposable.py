"""Which cases a rule of disposal lets go today, and which it would but something stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.base import Base
from ...models.corrections import Correction
from ...models.field import ArrivedNotes, HeldOp, QuarantinedOp
from ...models.inspections import Inspection, StateChange
from ...models.letter_vocabulary import CorrectionState
from ...models.letters import Letter, Measure
from ...models.reached_rows import DISPOSABLE
from ...models.retention import (
    ArchivePackage,
    Disposal,
    DisposalCase,
    HoldKind,
    LeftBecause,
    LegalHold,
    RecordType,
    RetentionRule,
)
from ...models.sanctions import SanctionMatter, SanctionOutcome
from ...models.vocabulary import State
from ..outside.clock import SWEDEN
from ..outside.reach import reaching_also
from ..rules.deadlines import LAPSE_YEARS, same_day_in
from ..rules.disposal import DisposalFacts, goes_on, left_because
from .parts_of_case import has_something

FINISHED = (State.CLOSED, State.ARCHIVED)
AT_A_TIME = 500
"""Cases in one proposal, at most: what two people can look through."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that is old enough for the rule. `left`: why it stays all the same."""

    inspection_id: UUID
    dnr: str
    closed_on: date
    due_on: date
    left: LeftBecause | None


def find_disposable(db: Session, rule: RetentionRule, *, now: datetime) -> Sequence[Candidate]:
    """The cases whose time is up, the earliest closed first, at most AT_A_TIME; none under an ended rule."""
    if rule.ended_at is not None or rule.record_type is RecordType.SIGN_INS:
        return ()
    with reaching_also(db, DISPOSABLE):  # of each case no more than that something stands in the way
        return _found(db, rule, now)


def _found(db: Session, rule: RetentionRule, now: datetime) -> Sequence[Candidate]:
    today = now.astimezone(SWEDEN).date()
    latest = _latest_closing(rule, today)
    closed_at = _closed_at().label("closed_at")
    rows = db.execute(
        select(Inspection.id, Inspection.dnr, closed_at)
        .where(
            Inspection.state.in_(FINISHED),
            Inspection.disposed_at.is_(None),
            closed_at < latest,
            has_something(rule.record_type),
        )
        .order_by(closed_at, Inspection.id)
        .limit(AT_A_TIME)
    ).all()
    facts = find_facts(db, [row.id for row in rows], today=today)
    found = []
    for row in rows:
        closed_on = row.closed_at.astimezone(SWEDEN).date()
        due_on = goes_on(closed_on, rule.counted_from, rule.years)
        if due_on <= today:
            left = left_because(facts[row.id], after_archiving=rule.after_archiving)
            found.append(Candidate(row.id, row.dnr, closed_on, due_on, left))
    return found


def find_facts(
    db: Session, ids: Sequence[UUID], *, today: date, but_for: UUID | None = None
) -> dict[UUID, DisposalFacts]:
    """What stands in the way of each case; `but_for`: the disposal that asks, which is none of it."""
    here = Inspection.id
    # Two questions deep, it is said which case is meant: else any case's letters would be looked at.
    of_letters = select(Letter.id).where(Letter.inspection_id == here).correlate(Inspection)
    other = and_(Disposal.withdrawn_at.is_(None), Disposal.done_at.is_(None), Disposal.id != but_for)
    columns: dict[str, ColumnElement[bool]] = {
        "closed": Inspection.state.in_(FINISHED),
        "held": exists().where(LegalHold.inspection_id == here, LegalHold.lifted_at.is_(None)),
        "appealed": exists().where(
            LegalHold.inspection_id == here, LegalHold.lifted_at.is_(None), LegalHold.kind == HoldKind.APPEAL
        ),
        "measure_open": exists().where(Measure.letter_id.in_(of_letters), Measure.outcome.is_(None)),
        "sanction_open": exists().where(SanctionMatter.inspection_id == here, _sanction_open(today)),
        "correction_open": exists().where(
            Correction.letter_id.in_(of_letters), Correction.state == CorrectionState.PROPOSED
        ),
        "disclosure_open": _disclosure_open(),
        "notes_wait": or_(*notes_that_wait(here)),
        "archived": exists().where(
            ArchivePackage.inspection_id == here, ArchivePackage.taken_over_at.is_not(None)
        ),
        "proposed": exists().where(
            DisposalCase.inspection_id == here, DisposalCase.disposal_id == Disposal.id, other
        ),
        "disposed": Inspection.disposed_at.is_not(None),
    }
    asked = select(here, *(column.label(name) for name, column in columns.items())).where(here.in_(ids))
    return {
        row.id: DisposalFacts(**{name: bool(getattr(row, name)) for name in columns})
        for row in db.execute(asked)
    }


def notes_that_wait(case: InstrumentedAttribute[UUID]) -> tuple[ColumnElement[bool], ...]:
    """That a device sent something about the case which nobody has taken in or set aside."""
    return (
        exists().where(ArrivedNotes.inspection_id == case),
        exists().where(HeldOp.inspection_id == case, HeldOp.settlement.is_(None)),
        exists().where(QuarantinedOp.inspection_id == case, QuarantinedOp.settlement.is_(None)),
    )


def _latest_closing(rule: RetentionRule, today: date) -> datetime:
    """Nothing that was closed at or after this moment can have its time up."""
    return datetime.combine(same_day_in(today, -12 * rule.years), time(), SWEDEN)


def _closed_at() -> ColumnElement[datetime]:
    """When the case was closed; a case from elsewhere may have no step that says so."""
    last = (
        select(func.max(StateChange.at))
        .where(StateChange.inspection_id == Inspection.id, StateChange.to_state == State.CLOSED)
        .correlate(Inspection)
        .scalar_subquery()
    )
    return func.coalesce(last, Inspection.state_since, type_=Inspection.state_since.type)


def _sanction_open(today: date) -> ColumnElement[bool]:
    """Undecided, or a fee that is not final or can still be enforced (SoL 28 kap. 21 §)."""
    lapsed = same_day_in(today, -12 * LAPSE_YEARS)
    fee = SanctionMatter.outcome == SanctionOutcome.FEE
    still = or_(SanctionMatter.final_on.is_(None), SanctionMatter.final_on >= lapsed)
    return or_(SanctionMatter.outcome.is_(None), and_(fee, still))


def _disclosure_open() -> ColumnElement[bool]:
    requests = Base.metadata.tables.get("disclosure_requests")
    if requests is None:
        return false()
    return exists().where(requests.c.inspection_id == Inspection.id, requests.c.left_at.is_(None))

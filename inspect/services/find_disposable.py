"""Which cases a rule of disposal lets go today, and which it would but something stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.among import among
from ...models.base import Base
from ...models.corrections import Correction
from ...models.field import ArrivedNotes, HeldOp, QuarantinedOp
from ...models.inspections import Inspection, StateChange
from ...models.letter_vocabulary import CorrectionState
from ...models.letters import Letter, Measure
from ...models.reached_rows import DISPOSABLE
from ...models.retention import (
    ArchivePackage,
    CountedFrom,
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
from .long_lists import Column, Order, Paged
from .parts_of_case import has_something
from .turn_pages import FIRST, Place, counted, in_order_of, turn_to

FINISHED = (State.CLOSED, State.ARCHIVED)
AT_A_TIME = 500
"""Cases in one proposal, at most: what two people can look through."""
DUE_SORTED = ("closed", "number")
CLOSED_FIRST = Order("closed")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that is old enough for the rule. `left`: why it stays all the same."""

    inspection_id: UUID
    dnr: str
    closed_on: date
    due_on: date
    left: LeftBecause | None


@dataclass(frozen=True, slots=True)
class WantedDue:
    """Which cases of a rule are asked for. `free`: those that may go, those that stay (False), or both."""

    free: bool | None = None
    text: str = ""
    order: Order = CLOSED_FIRST


EVERY_DUE = WantedDue()


def find_disposable(
    db: Session, rule: RetentionRule, *, now: datetime, wanted: WantedDue = EVERY_DUE
) -> Sequence[Candidate]:
    """The cases whose time is up, the earliest closed first, at most AT_A_TIME; none under an ended rule."""
    if not _is_of_cases(rule):
        return ()
    with reaching_also(db, DISPOSABLE):  # of each case no more than that something stands in the way
        chosen = _chosen(rule, wanted, now).order_by(_closed_at(), Inspection.id)
        ids = db.scalars(chosen.limit(AT_A_TIME)).all()
        found = _candidates(db, rule, ids, now)
        return [found[id] for id in ids if id in found]


def list_disposable(
    db: Session, rule: RetentionRule, *, now: datetime, wanted: WantedDue = EVERY_DUE, place: Place = FIRST
) -> Paged[Candidate]:
    """One page of the same, however many they are."""
    if not _is_of_cases(rule):
        return Paged((), 0, 1)
    with reaching_also(db, DISPOSABLE):
        page = turn_to(db, _chosen(rule, wanted, now), wanted.order, _sorted(), place)
        return in_order_of(page, _candidates(db, rule, page.rows, now))


def count_disposable(db: Session, rule: RetentionRule, *, now: datetime) -> int:
    """How many the rule lets go today, COUNTED + 1 for all that is more."""
    if not _is_of_cases(rule):
        return 0
    with reaching_also(db, DISPOSABLE):
        return counted(db, _chosen(rule, WantedDue(free=True), now))


def _is_of_cases(rule: RetentionRule) -> bool:
    return rule.ended_at is None and rule.record_type is not RecordType.SIGN_INS


def _chosen(rule: RetentionRule, wanted: WantedDue, now: datetime) -> Select[UUID]:
    """Their ids. The database is asked what stands in the way: old cases that stay hide no others."""
    today = now.astimezone(SWEDEN).date()
    chosen = select(Inspection.id).where(
        Inspection.state.in_(FINISHED),
        Inspection.disposed_at.is_(None),
        _closed_at() < _latest_closing(rule, today),
        has_something(rule.record_type),
    )
    for word in wanted.text.split():
        chosen = chosen.where(Inspection.dnr.icontains(word, autoescape=True))
    if wanted.free is None:
        return chosen
    stays = _stays(rule, today)
    return chosen.where(not_(stays) if wanted.free else stays)


def _candidates(
    db: Session, rule: RetentionRule, ids: Sequence[UUID], now: datetime
) -> dict[UUID, Candidate]:
    today = now.astimezone(SWEDEN).date()
    facts = find_facts(db, ids, today=today)
    asked = select(Inspection.id, Inspection.dnr, _closed_at().label("closed_at"))
    found = {}
    for row in db.execute(asked.where(among(Inspection.id, ids))):
        closed_on = row.closed_at.astimezone(SWEDEN).date()
        due_on = goes_on(closed_on, rule.counted_from, rule.years)
        if due_on <= today:
            left = left_because(facts[row.id], after_archiving=rule.after_archiving)
            found[row.id] = Candidate(row.id, row.dnr, closed_on, due_on, left)
    return found


def _sorted() -> dict[str, tuple[Column, ...]]:
    return {"closed": (_closed_at(),), "number": (Inspection.dnr,)}


def _stays(rule: RetentionRule, today: date) -> ColumnElement[bool]:
    """As rules/disposal.py says it of one case, for a question about many."""
    asked = _asked(today)
    in_the_way = [asked[name] for name in asked if name not in ("closed", "archived")]
    return or_(*in_the_way, *([not_(asked["archived"])] if rule.after_archiving else []))


def find_facts(
    db: Session, ids: Sequence[UUID], *, today: date, but_for: UUID | None = None
) -> dict[UUID, DisposalFacts]:
    """What stands in the way of each case; `but_for`: the disposal that asks, which is none of it."""
    columns = _asked(today, but_for)
    asked = select(Inspection.id, *(column.label(name) for name, column in columns.items()))
    return {
        row.id: DisposalFacts(**{name: bool(getattr(row, name)) for name in columns})
        for row in db.execute(asked.where(among(Inspection.id, ids)))
    }


def _asked(today: date, but_for: UUID | None = None) -> dict[str, ColumnElement[bool]]:
    """What DisposalFacts says, by its names."""
    here = Inspection.id
    # Two questions deep, it is said which case is meant: else any case's letters would be looked at.
    of_letters = select(Letter.id).where(Letter.inspection_id == here).correlate(Inspection)
    other = and_(Disposal.withdrawn_at.is_(None), Disposal.done_at.is_(None), Disposal.id != but_for)
    return {
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


def notes_that_wait(case: InstrumentedAttribute[UUID]) -> tuple[ColumnElement[bool], ...]:
    """That a device sent something about the case which nobody has taken in or set aside."""
    return (
        exists().where(ArrivedNotes.inspection_id == case),
        exists().where(HeldOp.inspection_id == case, HeldOp.settlement.is_(None)),
        exists().where(QuarantinedOp.inspection_id == case, QuarantinedOp.settlement.is_(None)),
    )


def _latest_closing(rule: RetentionRule, today: date) -> datetime:
    """Of what was closed before this moment the time is up, and of nothing else."""
    day = same_day_in(today, -12 * rule.years)
    if rule.counted_from is CountedFrom.END_OF_YEAR:
        day = date(today.year - rule.years, 1, 1)
    return datetime.combine(day, time(), SWEDEN)


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

"""The lists of keeping and disposal: rules, proposals and receipts, holds, packages for the e-archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from sqlalchemy.orm import Session, joinedload

from ...models.inspections import Inspection
from ...models.retention import ArchivePackage, Disposal, DisposalCase, LegalHold, RetentionRule
from .long_lists import PER_PAGE, Column, Order, Paged, number_of, page_of, sorted_by

RULES_SORTED: dict[str, tuple[Column, ...]] = {
    "number": (RetentionRule.decision_number,),
    "decided": (RetentionRule.decided_on,),
    "years": (RetentionRule.years,),
}
DISPOSALS_SORTED: dict[str, tuple[Column, ...]] = {
    "proposed": (Disposal.proposed_at,),
    "number": (RetentionRule.decision_number,),
}
HOLDS_SORTED: dict[str, tuple[Column, ...]] = {"since": (LegalHold.placed_at,), "number": (Inspection.dnr,)}
PACKAGES_SORTED: dict[str, tuple[Column, ...]] = {
    "made": (ArchivePackage.made_at,),
    "number": (Inspection.dnr,),
}
BY_NUMBER = Order("number")
LATEST_PROPOSED, LATEST_HELD, LATEST_MADE = (
    Order(key, descending=True) for key in ("proposed", "since", "made")
)


class DisposalStep(StrEnum):
    """How far a disposal has come, to look for."""

    WAITS = "waits"
    APPROVED = "approved"
    DONE = "done"
    WITHDRAWN = "withdrawn"


STEPS: Mapping[DisposalStep, ColumnElement[bool]] = {
    DisposalStep.WAITS: and_(Disposal.approved_at.is_(None), Disposal.withdrawn_at.is_(None)),
    DisposalStep.APPROVED: and_(Disposal.approved_at.is_not(None), Disposal.done_at.is_(None)),
    DisposalStep.DONE: Disposal.done_at.is_not(None),
    DisposalStep.WITHDRAWN: Disposal.withdrawn_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """`cases`: how many there are in it, none of what is of no case."""

    disposal: Disposal
    cases: int


def list_rules(
    db: Session,
    *,
    text: str = "",
    in_force: bool | None = None,
    order: Order = BY_NUMBER,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Paged[RetentionRule]:
    """Rules with every word of `text` in the number of the decision; those in force first."""
    chosen = select(RetentionRule).where(_holds(RetentionRule.decision_number, text))
    if in_force is not None:
        chosen = chosen.where(
            RetentionRule.ended_at.is_(None) if in_force else RetentionRule.ended_at.is_not(None)
        )
    ended = RetentionRule.ended_at.is_not(None)
    chosen = chosen.order_by(ended, *sorted_by(order, RULES_SORTED, RetentionRule.id))
    return _page(db, chosen, RetentionRule.id, page, per_page)


def list_disposals(
    db: Session,
    *,
    text: str = "",
    step: DisposalStep | None = None,
    order: Order = LATEST_PROPOSED,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Paged[DisposalLine]:
    """Proposals and receipts, by the number of the decision or of one of the cases."""
    chosen = select(Disposal).join(Disposal.rule).where(true() if step is None else STEPS[step])
    for word in text.split():
        of_case = exists().where(
            DisposalCase.disposal_id == Disposal.id,
            DisposalCase.inspection_id == Inspection.id,
            Inspection.dnr.icontains(word, autoescape=True),
        )
        chosen = chosen.where(RetentionRule.decision_number.icontains(word, autoescape=True) | of_case)
    chosen = chosen.options(joinedload(Disposal.rule)).order_by(
        *sorted_by(order, DISPOSALS_SORTED, Disposal.id)
    )
    found = _page(db, chosen, Disposal.id, page, per_page)
    counted = db.execute(
        select(DisposalCase.disposal_id, func.count().label("cases"))
        .where(DisposalCase.disposal_id.in_([one.id for one in found.rows]))
        .group_by(DisposalCase.disposal_id)
    )
    cases = {row.disposal_id: row.cases for row in counted}
    rows = tuple(DisposalLine(one, cases.get(one.id, 0)) for one in found.rows)
    return Paged(rows, found.total, found.number, per_page)


def cases_of_disposal(
    db: Session, disposal: Disposal, *, text: str = "", page: int = 1
) -> Paged[DisposalCase]:
    """The cases of one disposal, the earliest closed first, by number."""
    chosen = (
        select(DisposalCase)
        .join(DisposalCase.inspection)
        .where(DisposalCase.disposal_id == disposal.id, _holds(Inspection.dnr, text))
        .options(joinedload(DisposalCase.inspection))
        .order_by(DisposalCase.closed_on, DisposalCase.id)
    )
    return _page(db, chosen, DisposalCase.id, page, PER_PAGE)


def list_holds(
    db: Session, *, text: str = "", order: Order = LATEST_HELD, page: int = 1, per_page: int = PER_PAGE
) -> Paged[LegalHold]:
    """The holds in force, with their cases, by the number of the case. Never by why: that is sealed."""
    chosen = (
        select(LegalHold)
        .join(LegalHold.inspection)
        .where(LegalHold.lifted_at.is_(None), _holds(Inspection.dnr, text))
        .options(joinedload(LegalHold.inspection))
        .order_by(*sorted_by(order, HOLDS_SORTED, LegalHold.id))
    )
    return _page(db, chosen, LegalHold.id, page, per_page)


def list_packages(
    db: Session, *, text: str = "", order: Order = LATEST_MADE, page: int = 1, per_page: int = PER_PAGE
) -> Paged[ArchivePackage]:
    """The packages that the e-archive has not confirmed, with their cases, by the number of the case."""
    chosen = (
        select(ArchivePackage)
        .join(ArchivePackage.inspection)
        .where(ArchivePackage.taken_over_at.is_(None), _holds(Inspection.dnr, text))
        .options(joinedload(ArchivePackage.inspection))
        .order_by(*sorted_by(order, PACKAGES_SORTED, ArchivePackage.id))
    )
    return _page(db, chosen, ArchivePackage.id, page, per_page)


def _holds(column: Column, text: str) -> ColumnElement[bool]:
    """Every word of `text` is in the column."""
    return and_(true(), *(column.icontains(word, autoescape=True) for word in text.split()))


def _page(db: Session, chosen: Select, key: Column, page: int, per_page: int) -> Paged:  # type: ignore[type-arg]
    """The page asked for, or the nearest there is."""
    found = page_of(db, chosen, key, page, per_page)
    nearest = number_of(page, found.total, per_page)
    return found if nearest == page else page_of(db, chosen, key, nearest, per_page)

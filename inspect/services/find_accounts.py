"""Find the grave accounts of a case: what they are about and what is left to do, never what was said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.among import among
from ...models.assessments import Check
from ...models.codings import Coding, Passage
from ...models.grave_accounts import Investigation
from ...models.inspections import AcuteStep, Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import N_, Resolution, StatementStatus
from ...models.vocabulary import CheckResult as MarkedResult
from ..errors import NotFound
from ..rules.grave_accounts import (
    Account,
    AcuteDone,
    Inquired,
    Judgement,
    grave_judgement,
    support_of,
)
from ..rules.weighing import ActiveCoding, CheckResult, Perspective, Status
from ..rules.weighing import Check as WeighedCheck
from ..rules.weighing import Coding as WeighedCoding
from ..rules.weighing import Resolution as WeighedResolution
from ..rules.weighing.configuration import GRAVE
from ..rules.weighing.severity import active_codings, checked_requirements
from .weighing_catalogue import catalogue_of

Line = Any
"""A row of one of the questions below, read by its columns' names."""


_GRAVE = select(Coding.unit_id).where(among(Coding.inspection_id, "cases"), Coding.severity >= GRAVE)
_COUNTS = 2
"""From this severity on something can support an account (method §2.3, S4); less is not read."""

# Built once: every page of a case with an account asks these.
_STATEMENTS = (
    select(
        Statement.inspection_id,
        Statement.id.label("statement_id"),
        Statement.label,
        Statement.theme,
        Statement.severity,
        Statement.resolution,
        Statement.status,
        Statement.firsthand,
        Statement.recorded_at,
        Statement.recorded_by_id,
        Interview.informant,
        Interview.by_id.label("led_by_id"),
        Interview.person.label("teller"),
        Evidence.kind,
        Evidence.by_id.label("noted_by_id"),
        Evidence.person.label("source"),
    )
    .outerjoin(Interview, Interview.id == Statement.interview_id)
    .outerjoin(Evidence, Evidence.id == Statement.evidence_id)
    .where(
        among(Statement.inspection_id, "cases"),
        or_(
            Statement.severity >= _COUNTS,
            Statement.id.in_(_GRAVE),
            Statement.id.in_(
                select(Passage.statement_id).where(
                    among(Passage.inspection_id, "cases"),
                    or_(Passage.severity >= _COUNTS, Passage.id.in_(_GRAVE)),
                )
            ),
        ),
    )
    .order_by(Statement.position, Statement.id)
)
_PASSAGES = (
    select(
        Passage.id,
        Passage.statement_id,
        Passage.label,
        Passage.theme,
        Passage.severity,
        Passage.resolution,
        Passage.marked_at,
    )
    .where(among(Passage.inspection_id, "cases"), or_(Passage.severity >= _COUNTS, Passage.id.in_(_GRAVE)))
    .order_by(Passage.begins, Passage.id)
)
_CODINGS = select(Coding.unit_id, Coding.severity, Coding.coded_at, Coding.part, Coding.theme).where(
    among(Coding.inspection_id, "cases"), Coding.unit_id.in_(_GRAVE)
)
_CHECKS = select(
    Check.inspection_id,
    Check.requirement,
    Check.result,
    Check.consequence,
    Check.extent,
    Check.repeated,
    Check.fixed,
    Check.self_reported,
).where(among(Check.inspection_id, "cases"), Check.result == MarkedResult.DEVIATION)
_STEPS = (
    select(AcuteStep.statement_id, AcuteStep.reported_to, AcuteStep.at, AcuteStep.by_id, AcuteStep.told_child)
    .where(among(AcuteStep.inspection_id, "cases"), AcuteStep.statement_id.is_not(None))
    .order_by(AcuteStep.at, AcuteStep.id)
)
_INQUIRIES = (
    select(
        Investigation.id,
        Investigation.statement_id,
        Investigation.passage_id,
        Investigation.by_id,
        Investigation.at,
        Investigation.countersigned_at,
        Investigation.returned_at,
    )
    .where(among(Investigation.inspection_id, "cases"))
    .order_by(Investigation.at, Investigation.id)
)


def find_accounts(db: Session, inspection: Inspection) -> list[Account]:
    """The grave accounts of `inspection`, the gravest first and then the oldest.

    Those that are resolved are among them: `is_open` says which the method waits for, `is_flagged`
    which the pages still tell of.
    """
    return find_accounts_of(db, [inspection])[inspection.id]


def find_account(db: Session, inspection: Inspection, label: str) -> Account:
    """The account with that label. Raises NotFound when the case has no such account."""
    for account in find_accounts(db, inspection):
        if account.label == label:
            return account
    raise NotFound(N_("There is no such grave account in this case."))


def find_accounts_of(db: Session, inspections: Sequence[Inspection]) -> dict[UUID, list[Account]]:
    """The same for several cases at once, by their id."""
    cases = {"cases": [one.id for one in inspections]}
    found: dict[UUID, list[Account]] = {one.id: [] for one in inspections}
    if not found:
        return found
    judged = _by(db, _CODINGS, cases, "unit_id")
    passages = _by(db, _PASSAGES, cases, "statement_id")
    units: dict[UUID, list[_Unit]] = defaultdict(list)
    for row in db.execute(_STATEMENTS, cases):
        units[row.inspection_id].append(_Unit(row, None, judged.get(row.statement_id, ())))
        units[row.inspection_id] += (
            _Unit(row, passage, judged.get(passage.id, ())) for passage in passages.get(row.statement_id, ())
        )
    if not any(unit.grave for of_case in units.values() for unit in of_case):
        return found
    steps = _by(db, _STEPS, cases, "statement_id")
    inquiries = _by(db, _INQUIRIES, cases, "statement_id")
    checks = _by(db, _CHECKS, cases, "inspection_id")
    for inspection in inspections:
        mine = units[inspection.id]
        pack = load_pack(inspection.pack)
        support = _Support(pack, units[inspection.id], checks.get(inspection.id, ()))
        found[inspection.id] = sorted(
            (
                unit.account(
                    *unit.grave,
                    pack,
                    support,
                    steps.get(unit.statement_id, ()),
                    inquiries.get(unit.statement_id, ()),
                )
                for unit in mine
                if unit.grave
            ),
            key=lambda one: (-one.severity, one.first_coded_at, one.label),
        )
    return found


def _by(
    db: Session, query: Select[*tuple[Any, ...]], cases: dict[str, list[UUID]], name: str
) -> dict[UUID, list[Line]]:
    rows: dict[UUID, list[Line]] = defaultdict(list)
    for row in db.execute(query, cases):
        rows[getattr(row, name)].append(row)
    return rows


class _Unit:
    """A statement, or a passage of it, with the judgements of it."""

    def __init__(self, said: Line, passage: Line | None, judged: Iterable[Line]) -> None:
        own = passage or said
        self.said = said
        self.statement_id: UUID = said.statement_id
        self.passage_id: UUID | None = passage.id if passage else None
        self.label: str = own.label
        self.severity: int | None = own.severity
        self.resolution: Resolution | None = own.resolution
        self.perspective = Perspective((said.informant or said.kind).value)
        self.source: str = said.teller or said.source
        judgements = [Judgement(row.severity, row.coded_at, row.part, row.theme) for row in judged]
        self.theme: str = own.theme or next((one.theme for one in judgements if one.theme), "")
        self.grave = grave_judgement(
            own.severity, judgements, recorded_at=passage.marked_at if passage else said.recorded_at
        )

    def coding(self) -> WeighedCoding:
        return WeighedCoding(
            id=self.label,
            source=self.source,
            perspective=self.perspective,
            theme=self.theme,
            severity=self.severity or 0,
            firsthand=self.said.firsthand,
            status=Status(self.said.status.value),
            resolution=WeighedResolution(self.resolution.value) if self.resolution else None,
        )

    def account(
        self,
        severity: int,
        since: datetime,
        pack: Pack,
        support: "_Support",
        steps: Iterable[Line],
        inquiries: Iterable[Line],
    ) -> Account:
        active = support.active.get(self.label)
        return Account(
            label=self.label,
            statement_id=self.statement_id,
            passage_id=self.passage_id,
            perspective=self.perspective,
            source=self.source,
            theme=self.theme,
            area=next((theme.area for theme in pack.themes if theme.id == self.theme), ""),
            severity=severity,
            standing=self.severity,
            first_coded_at=since,
            resolution=self.resolution,
            withdrawn=self.said.status is StatementStatus.WITHDRAWN,
            corroborated=active is not None and active.corroborated,
            supported_by=support.of(active) if active else (),
            ceiling=active.at_most if active and active.is_grave else None,
            steps=tuple(AcuteDone(row.reported_to, row.at, row.by_id, row.told_child) for row in steps),
            inquiries=tuple(
                Inquired(
                    row.id, row.by_id, row.at, row.countersigned_at is not None, row.returned_at is not None
                )
                for row in inquiries
                if row.passage_id == self.passage_id
            ),
            led_by_id=self.said.led_by_id or self.said.noted_by_id,
            recorded_by_id=self.said.recorded_by_id,
        )


class _Support:
    """What corroborates the accounts of one case, by the method's own rules (S3, S4)."""

    def __init__(self, pack: Pack, units: Iterable[_Unit], checks: Iterable[Line]) -> None:
        catalogue = catalogue_of(pack)
        checked = checked_requirements(
            WeighedCheck(
                requirement=row.requirement,
                result=CheckResult(row.result.value),
                consequence=row.consequence,
                extent=row.extent,
                repeated=row.repeated,
                fixed=row.fixed,
                self_reported=row.self_reported,
            )
            for row in checks
            if row.requirement in catalogue.requirements
        )
        codings = [unit.coding() for unit in units if unit.severity is not None and unit.theme]
        self.requirements = tuple(checked.values())
        self.covered = catalogue.requirements
        self.active: dict[str, ActiveCoding] = {
            one.coding.id: one for one in active_codings(catalogue, codings, checked)
        }
        # An account is supported within its theme: a case can have thousands of codings in forty themes.
        self.by_theme: dict[str, list[ActiveCoding]] = defaultdict(list)
        for one in self.active.values():
            if one.effective >= _COUNTS:
                self.by_theme[one.coding.theme].append(one)

    def of(self, active: ActiveCoding) -> tuple[str, ...]:
        return support_of(active, self.by_theme[active.coding.theme], self.requirements, self.covered)

"""The evidence of a case as lines to read: who told or showed what, and what was checked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import EvidenceKind, Informant


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement with its source. `source_kind` is the informant or the kind of evidence."""

    label: str
    person: str
    source_kind: Informant | EvidenceKind
    source: Interview | Evidence
    statement: Statement

    @property
    def text(self) -> str:
        return self.statement.text


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source of a case with its statements: talks in order, then observations and documents."""

    talks: tuple[Interview, ...]
    evidence: tuple[Evidence, ...]


def find_all_sources(db: Session, inspection: Inspection) -> Sources:
    talks = db.scalars(
        select(Interview)
        .where(Interview.inspection_id == inspection.id)
        .options(selectinload(Interview.statements))
        .order_by(Interview.started_at, Interview.id)
    )
    evidence = db.scalars(
        select(Evidence)
        .where(Evidence.inspection_id == inspection.id)
        .options(selectinload(Evidence.statements))
        .order_by(Evidence.id)
    )
    return Sources(tuple(talks), tuple(evidence))


def statement_lines(sources: Sources) -> tuple[StatementLine, ...]:
    """All statements, each with who told or what showed it."""
    return (
        *(
            StatementLine(statement.label, talk.person, talk.informant, talk, statement)
            for talk in sources.talks
            for statement in talk.statements
        ),
        *(
            StatementLine(statement.label, item.person, item.kind, item, statement)
            for item in sources.evidence
            for statement in item.statements
        ),
    )


def requirement_lines(db: Session, inspection: Inspection) -> dict[str, Check]:
    """The marks of the case, by requirement."""
    rows = db.scalars(select(Check).where(Check.inspection_id == inspection.id))
    return {row.requirement: row for row in rows}

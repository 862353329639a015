"""The evidence of a case as lines to read: who told or showed what, and what was checked."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

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


_HERE: BindParameter[UUID] = bindparam("inspection_id")
# Built once: the weighing and every letter ask these.
_TALKS = (
    select(Interview).where(Interview.inspection_id == _HERE).order_by(Interview.started_at, Interview.id)
)
_EVIDENCE = select(Evidence).where(Evidence.inspection_id == _HERE).order_by(Evidence.id)
_STATEMENTS = (
    select(Statement).where(Statement.inspection_id == _HERE).order_by(Statement.position, Statement.id)
)
_CHECKS = select(Check).where(Check.inspection_id == _HERE)


def find_all_sources(db: Session, inspection: Inspection) -> Sources:
    here = {"inspection_id": inspection.id}
    talks, evidence = db.scalars(_TALKS, here).all(), db.scalars(_EVIDENCE, here).all()
    below: defaultdict[UUID | None, list[Statement]] = defaultdict(list)
    for statement in db.scalars(_STATEMENTS, here):
        below[statement.interview_id or statement.evidence_id].append(statement)
    for source in (*talks, *evidence):
        set_committed_value(source, "statements", below[source.id])
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
    rows = db.scalars(_CHECKS, {"inspection_id": inspection.id})
    return {row.requirement: row for row in rows}

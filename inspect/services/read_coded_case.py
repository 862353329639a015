"""The coded case as an export needs it: talks, observations and documents with statements, passages,
judgements and memos, read column by column. A case can have thousands of each."""

from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.codings import Coding, Memo, Passage
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.people import User
from ...models.sealed import opened
from ..rules.access import Actor
from ..rules.interview_order import RECORDING
from ..rules.two_coders import Judged, judged, may_see_coding
from .raw_ids import Raw, guid, raw, time_of

_STATEMENT, _CODING, _MEMO = Statement.__tablename__, Coding.__tablename__, Memo.__tablename__
CASE: BindParameter[UUID] = bindparam("inspection_id")

_TALKS = (
    select(
        raw(Interview.id), Interview.informant, Interview.person, Interview.guide, Interview.guide_version,
        Interview.started_at, Interview.ended_at, Interview.age_band, Interview.language,
        Interview.interpreter, Interview.chose_company, Interview.own_recording, Interview.read_back,
        Interview.deviation, Interview.before_children, raw(Interview.by_id),
    )
    .where(Interview.inspection_id == CASE)
    .order_by(Interview.started_at, Interview.person, Interview.id)
)  # fmt: skip
_EVIDENCE = (
    select(
        raw(Evidence.id), Evidence.kind, Evidence.person, Evidence.title, Evidence.produced,
        Evidence.noted_at, raw(Evidence.by_id),
    )
    .where(Evidence.inspection_id == CASE)
    .order_by(Evidence.kind.desc(), Evidence.noted_at, Evidence.person)
)  # fmt: skip
_STATEMENTS = (
    select(
        raw(Statement.id), raw(Statement.interview_id), raw(Statement.evidence_id), Statement.label,
        Statement.question, Statement.own_question, Statement.theme, Statement.severity,
        Statement.own_words, Statement.prompted, Statement.important, Statement.concrete,
        Statement.firsthand, raw(Statement.wish), raw(Statement.status), time_of(Statement.recorded_at),
        raw(Statement.recorded_by_id), time_of(Statement.changed_at), Statement.text_sealed,
    )
    .where(Statement.inspection_id == CASE)
    .order_by(Statement.position, Statement.id)
)  # fmt: skip
_PASSAGES = (
    select(
        raw(Passage.id), raw(Passage.statement_id), Passage.label, Passage.begins, Passage.ends,
        Passage.theme, Passage.severity, Passage.foreign_codes, time_of(Passage.marked_at),
        raw(Passage.marked_by_id),
    )
    .where(Passage.inspection_id == CASE)
    .order_by(Passage.begins, Passage.ends, Passage.label)
)  # fmt: skip
_CODINGS = (
    select(
        raw(Coding.id), raw(Coding.unit_id), Coding.part, Coding.number, Coding.theme, Coding.severity,
        raw(Coding.coder_id), time_of(Coding.coded_at), Coding.code_book, Coding.reason_sealed,
    )
    .where(Coding.inspection_id == CASE)
    .order_by(Coding.coded_at, Coding.part, Coding.number)
)  # fmt: skip
_MEMOS = (
    select(
        raw(Memo.id), raw(Memo.statement_id), raw(Memo.passage_id), Memo.theme, raw(Memo.by_id), Memo.at,
        Memo.changed_at, Memo.text_sealed,
    )
    .where(Memo.inspection_id == CASE)
    .order_by(Memo.at, Memo.id)
)  # fmt: skip


def _rows(db: Session, question: Select[Any], here: dict[str, UUID]) -> Iterator[Any]:
    """The answers as named tuples, whose values are found ten times faster than those of rows.

    They are asked of the connection: no row becomes an object of the session.
    """
    answer = db.connection().execute(question, here)
    return map(_kind_of_row(tuple(answer.keys()))._make, answer.all())


@cache
def _kind_of_row(names: tuple[str, ...]) -> Any:
    return namedtuple("row", names)


@dataclass(slots=True)
class Unit:
    """A statement or a passage: its guid and row, and what of its judgements whoever asks may see.

    `hidden`: others have judged it and the blind rule keeps it from this person; then `codings` is empty.
    """

    guid: str
    row: Any
    codings: Sequence[Any] = ()
    judged: Judged | None = None
    hidden: bool = False
    memos: tuple[str, ...] = ()


@dataclass(slots=True)
class CodedStatement(Unit):
    text: str = ""
    passages: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class CodedSource:
    guid: str
    row: Any
    is_talk: bool
    statements: list[CodedStatement] = field(default_factory=list)


@dataclass(slots=True)
class CodedMemo:
    guid: str
    row: Any
    text: str


@dataclass(slots=True)
class CodedCase:
    """`reasons`: those that codings have, by the coding's id as the database gives it.

    `people`: guid and name of all who are referred to, by id likewise.
    """

    sources: list[CodedSource]
    memos: list[CodedMemo]
    reasons: dict[Raw, str]
    people: dict[Raw, tuple[str, str]]

    def person(self, id: Raw | None) -> str | None:
        """The guid of somebody."""
        return None if id is None else self.people[id][0]


def read_coded_case(db: Session, inspection: Inspection, actor: Actor | None) -> CodedCase:
    """The case as `actor` may see it; None sees all.

    The second coder does not see the first (method §2.19), here as little as on the page.
    """
    db.flush()
    here = {"inspection_id": inspection.id}
    sources = {row.id: CodedSource(guid(row.id), row, is_talk=True) for row in _rows(db, _TALKS, here)}
    sources |= {row.id: CodedSource(guid(row.id), row, is_talk=False) for row in _rows(db, _EVIDENCE, here)}
    statements: dict[Raw, CodedStatement] = {}
    for told in _rows(db, _STATEMENTS, here):
        id = guid(told.id)
        made = CodedStatement(id, told, text=opened(_STATEMENT, "text_sealed", id, told.text_sealed))
        statements[told.id] = made
        sources[told.interview_id or told.evidence_id].statements.append(made)
    passages: dict[Raw, Unit] = {}
    for marked in _rows(db, _PASSAGES, here):
        passages[marked.id] = Unit(guid(marked.id), marked)
        statements[marked.statement_id].passages.append(passages[marked.id])
    units: dict[Raw, Unit] = {**statements, **passages}
    reasons = _give_codings(db, here, units, actor, is_over=inspection.state not in RECORDING)
    memos = _give_memos(db, here, units, actor)
    people = _people(db, sources.values(), units.values(), memos)
    return CodedCase(list(sources.values()), memos, reasons, people)


def _give_codings(
    db: Session, here: dict[str, UUID], units: dict[Raw, Unit], actor: Actor | None, *, is_over: bool
) -> dict[Raw, str]:
    rows: dict[Raw, list[Any]] = {}
    for row in _rows(db, _CODINGS, here):
        rows.setdefault(row.unit_id, []).append(row)
    reasons: dict[Raw, str] = {}
    person = _raw_id(db, actor.user_id) if actor is not None else None
    for unit_id, given in rows.items():
        unit = units[unit_id]
        if person is not None or len(given) > 1:
            unit.judged = judged(given)
            if person is not None and not may_see_coding(unit.judged, person, is_over=is_over):
                unit.hidden = True
                continue
        unit.codings = given
        for row in given:
            if row.reason_sealed:
                reasons[row.id] = opened(_CODING, "reason_sealed", guid(row.id), row.reason_sealed)
    return reasons


def _raw_id(db: Session, id: UUID) -> Any:
    """The id as the columns above give it."""
    return id.hex if db.get_bind().dialect.name == "sqlite" else id


def _give_memos(
    db: Session, here: dict[str, UUID], units: dict[Raw, Unit], actor: Actor | None
) -> list[CodedMemo]:
    mine = _raw_id(db, actor.user_id) if actor is not None else None
    kept = []
    for row in _rows(db, _MEMOS, here):
        unit = units.get(row.passage_id or row.statement_id)
        if unit is not None and unit.hidden and row.by_id != mine:
            continue
        id = guid(row.id)
        kept.append(CodedMemo(id, row, opened(_MEMO, "text_sealed", id, row.text_sealed)))
        if unit is not None:
            unit.memos = (*unit.memos, id)
    return kept


def _people(
    db: Session, sources: Iterable[CodedSource], units: Iterable[Unit], memos: Iterable[CodedMemo]
) -> dict[Raw, tuple[str, str]]:
    """Everybody whom the export names, with the display name and nothing else, in order of their guids."""
    wanted = {source.row.by_id for source in sources} | {memo.row.by_id for memo in memos}
    for unit in units:
        wanted.add(unit.row.recorded_by_id if isinstance(unit, CodedStatement) else unit.row.marked_by_id)
        for coding in unit.codings:
            wanted.add(coding.coder_id)
    wanted.discard(None)
    ids = sorted(UUID(guid(one)) for one in wanted)
    found = db.execute(select(raw(User.id), User.name).where(among(User.id, ids)).order_by(User.id))
    return {row.id: (guid(row.id), row.name) for row in found}

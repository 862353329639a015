"""Write what an import of coded texts has planned."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.codings import Coding, Memo, Passage
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import EvidenceKind, Informant
from ..exchange.refi_qda_model import Project
from ..rules.access import Actor
from ..rules.code_exchange import Meaning
from ..rules.coded_selections import GivenCodes, GivenJudgement
from ..rules.exchange_marks import SourceMarks, code_book_in
from ..rules.two_coders import judged, standing
from .add_evidence import LETTER, MAX_TITLE
from .code_statement import code_book_of
from .exchange_ids import ExchangeIds, as_uuid
from .import_memos import memos_of
from .next_name import next_name
from .planned_code_import import (
    Added,
    CodeImportPlan,
    PlannedPassage,
    PlannedSource,
    PlannedStatement,
    earliest,
)


def save_code_import(
    db: Session,
    *,
    actor: Actor | None,
    inspection: Inspection,
    project: Project,
    plan: CodeImportPlan,
    ids: ExchangeIds,
    known: dict[str, Meaning],
    unknown_users: tuple[str, ...],
    language: str,
    now: datetime,
) -> Added:
    """Add the rows. The plan has no faults."""
    saving = _Saving(db, actor, inspection, project, ids, now)
    for planned in plan.sources:
        saving.source(planned)
    db.flush()
    placed = {id: place for planned in plan.sources for id, place in _places(planned)}
    memos = memos_of(
        project, plan, ids, known, placed, saving.users, unknown_users=unknown_users, language=language
    )
    for memo in memos:
        # What the import itself remarks is of whoever imports; a stranger's note is nobody's.
        by = memo.by_id or (actor.user_id if actor is not None and memo.is_ours else None)
        at = memo.at or now
        db.add(
            Memo(
                id=memo.id,
                inspection_id=inspection.id,
                statement_id=memo.statement_id,
                passage_id=memo.passage_id,
                theme=memo.theme,
                by_id=by,
                at=at,
                changed_at=memo.changed_at or at,
                text=memo.text,
            )
        )
        saving.added.memos += 1
    db.flush()
    return saving.added


def _places(planned: PlannedSource) -> Iterable[tuple[UUID, tuple[UUID, UUID | None]]]:
    """Statement and passage of every unit that notes may be about."""
    for statement in planned.statements:
        yield statement.id, (statement.id, None)
        for passage in statement.passages:
            yield passage.id, (statement.id, passage.id)


class _Saving:
    """One import while it is written."""

    def __init__(
        self,
        db: Session,
        actor: Actor | None,
        inspection: Inspection,
        project: Project,
        ids: ExchangeIds,
        now: datetime,
    ) -> None:
        self.db, self.actor, self.inspection, self.ids, self.now = db, actor, inspection, ids, now
        self.added = Added()
        self.book = code_book_in(project.description) or code_book_of(load_pack(inspection.pack))
        self.made = project.created_at
        self.users = {member.user_id for member in inspection.team if member.user_id is not None}
        self.labels = set(_all(db, Statement.label, inspection)) | set(_all(db, Passage.label, inspection))
        self.persons = set(_all(db, Evidence.person, inspection))
        self.position = max(_all(db, Statement.position, inspection), default=-1)

    def user(self, guid: str | None) -> UUID | None:
        """Somebody of the team whom the file names; nobody else gets words put in their mouth."""
        found = as_uuid(guid) if guid else None
        return found if found in self.users else None

    # --- Sources ---------------------------------------------------------------------------

    def source(self, planned: PlannedSource) -> None:
        if planned.is_new:
            marks = planned.marks
            if marks is not None and isinstance(marks.perspective, Informant):
                self.db.add(self._talk(planned, marks, marks.perspective))
            else:
                self.db.add(self._evidence(planned, marks))
            self.db.flush()
            self.added.sources += 1
        for statement in planned.statements:
            if statement.is_new:
                self._statement(planned, statement)
            label = self._label_of(statement)
            for passage in statement.passages:
                self._passage(statement, passage, label)
        self.db.flush()

    def _talk(self, planned: PlannedSource, marks: SourceMarks, informant: Informant) -> Interview:
        child = next((one for one in self.inspection.residents if one.person == marks.person), None)
        return Interview(
            id=planned.id,
            inspection_id=self.inspection.id,
            resident_id=child.id if child is not None and informant is Informant.CHILD else None,
            informant=informant,
            person=marks.person,
            started_at=marks.times["started_at"],
            ended_at=marks.times.get("ended_at"),
            by_id=self.user(planned.source.user),
            **marks.texts,
            **marks.flags,
        )

    def _evidence(self, planned: PlannedSource, marks: SourceMarks | None) -> Evidence:
        """An observation or document of ours; any other text is a document under the name it had."""
        kind = EvidenceKind.DOCUMENT
        person, title = "", planned.source.name
        noted_at = planned.source.created_at or self.now
        if marks is not None and isinstance(marks.perspective, EvidenceKind):
            kind, person, title = marks.perspective, marks.person, marks.title
            noted_at = marks.times.get("noted_at") or noted_at
        if not person or person in self.persons:
            person = next_name(LETTER[kind], self.persons)
        self.persons.add(person)
        by = self.user(planned.source.user) if marks is not None else None
        return Evidence(
            id=planned.id,
            inspection_id=self.inspection.id,
            kind=kind,
            person=person,
            title=" ".join(title.split())[:MAX_TITLE],
            produced=marks is None or marks.produced,
            noted_at=noted_at,
            by_id=by or (self.actor.user_id if self.actor is not None and marks is None else None),
        )

    # --- Statements and passages -----------------------------------------------------------

    def _statement(self, planned: PlannedSource, given: PlannedStatement) -> None:
        marks, selection = given.marks, given.selection
        is_talk = planned.marks is not None and isinstance(planned.marks.perspective, Informant)
        self.position += 1
        label = self._free(marks.label if marks is not None else "", "u")
        theme, severity = self._standing(given.codes, marks.stands if marks is not None else None)
        recorded_at = earliest(
            selection.created_at if selection else None, planned.source.created_at, self.now
        )
        by = self.user(selection.user) if selection is not None else None
        told: dict[str, Any] = {}
        if marks is not None:
            told = {
                "wish": marks.wish,
                "status": marks.status,
                "question": marks.question,
                "own_question": marks.own_question,
                **marks.flags,
            }
        self.db.add(
            Statement(
                id=given.id,
                inspection_id=self.inspection.id,
                interview_id=planned.id if is_talk else None,
                evidence_id=None if is_talk else planned.id,
                label=label,
                position=self.position,
                text=given.text,
                theme=theme,
                severity=severity,
                recorded_at=recorded_at,
                recorded_by_id=by,
                changed_at=(selection.changed_at if selection else None) or recorded_at,
                **told,
            )
        )
        self.db.flush()
        self.added.statements += 1
        self._codings(given.codes, given.id, given.id, None)

    def _label_of(self, statement: PlannedStatement) -> str:
        if not statement.passages:
            return ""
        return self.db.get_one(Statement, statement.id).label

    def _passage(self, statement: PlannedStatement, given: PlannedPassage, label: str) -> None:
        marks, selection = given.marks, given.selection
        theme, severity = self._standing(given.codes, marks.stands if marks is not None else None)
        self.db.add(
            Passage(
                id=given.id,
                inspection_id=self.inspection.id,
                statement_id=statement.id,
                label=self._free(marks.label if marks is not None else "", f"{label[:34]}."),
                begins=given.begins,
                ends=given.ends,
                theme=theme,
                severity=severity,
                foreign_codes="\n".join(" ".join(name.split()) for name in given.codes.foreign),
                marked_at=earliest(selection.created_at, self.made, self.now),
                marked_by_id=self.user(selection.user or given.codes.user),
            )
        )
        self.db.flush()
        self.added.passages += 1
        self._codings(given.codes, given.id, statement.id, given.id)

    def _free(self, wanted: str, stem: str) -> str:
        """The short name of the file when it is free here, else the next."""
        name = wanted if wanted and wanted not in self.labels else ""
        if not name:
            number = 1
            while f"{stem}{number}" in self.labels:
                number += 1
            name = f"{stem}{number}" if stem.endswith(".") else next_name(stem, self.labels)
        self.labels.add(name)
        return name

    # --- Judgements ------------------------------------------------------------------------

    def _standing(
        self, codes: GivenCodes, stands: tuple[str | None, int | None] | None
    ) -> tuple[str | None, int | None]:
        if stands is not None:
            theme, severity = stands
            known = {one.id for one in load_pack(self.inspection.pack).themes}
            return (theme if theme in known else None), severity
        if not codes.judgements:
            return codes.theme, codes.severity
        found = standing(judged([self._row(one) for one in codes.judgements]))
        return (found.theme, found.severity) if found is not None else (codes.theme, codes.severity)

    def _row(self, given: GivenJudgement) -> Coding:
        """The judgement as a row that belongs to nothing yet."""
        book = given.mark.code_book
        return Coding(
            id=self.ids.of(given.guid) if given.guid is not None else None,
            part=given.mark.part,
            number=given.mark.number,
            theme=given.theme,
            severity=given.severity,
            coder_id=self.user(given.user),
            coded_at=earliest(given.at, self.made, self.now),
            code_book=self.book if book is None else book,
            reason_sealed=None,
        )

    def _codings(self, codes: GivenCodes, unit: UUID, statement: UUID, passage: UUID | None) -> None:
        seen = set()
        for given in codes.judgements:
            row = self._row(given)
            while (row.part, row.number) in seen:
                row.number += 1
            seen.add((row.part, row.number))
            row.inspection_id, row.statement_id = self.inspection.id, statement
            row.passage_id, row.unit_id = passage, unit
            if given.mark.reason:
                row.reason = given.mark.reason
            self.db.add(row)
            self.added.codings += 1


def _all(db: Session, column: Any, inspection: Inspection) -> list[Any]:
    return list(db.scalars(select(column).where(column.class_.inspection_id == inspection.id)))

"""The records of a case as documents of the field: which there are, whether they changed, what they say.

Written in the shapes of rules/field_documents.py; services/apply_field.py goes the other way.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Check
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import AcuteStep, Inspection, Resident
from ...models.interviews import Evidence, Interview, Statement
from ...models.uploads import Upload
from ...models.vocabulary import CheckResult
from ..rules.field_documents import check_id
from ..rules.interview_order import BEFORE_VISIT
from .describe_upload import about_of
from .hold_interview import Conditions
from .keep_ops import stamp
from .save_statement import NAMES

WRITERS: dict[EventKind, str] = {
    EventKind.STATEMENT_RECORDED: "statement",
    EventKind.STATEMENT_CHANGED: "statement",
    EventKind.INTERVIEW_STARTED: "interview",
    EventKind.INTERVIEW_CHANGED: "interview",
    EventKind.INTERVIEW_ENDED: "interview",
    EventKind.CODED: "unit",
    EventKind.CHILD_ADDED: "resident",
}
"""The lines of the log that tell who wrote in a record, and which of their details names it."""


def _columns(table: Any, *names: str) -> Select[Any]:
    """Those columns of the rows of one case."""
    return select(*(table.c[name] for name in names)).where(table.c.inspection_id == bindparam("inspection"))


# Built once: every sync and every fetch asks these.
_TALKS = _columns(Interview.__table__, "id", "version", "ended_at", "read_back", "by_id")
_STATEMENTS = _columns(Statement.__table__, "id", "version", "theme", "severity", "status")
_EVIDENCE = _columns(Evidence.__table__, "id")
_CHECKS = _columns(Check.__table__, "requirement", "version")
_UPLOADS = _columns(Upload.__table__, "id", "media_type")


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says, field by field, and who wrote it last and when, as far as that is known."""

    values: dict[str, Any]
    author: UUID | None
    at: datetime | None


def stamps_of(db: Session, inspection: Inspection) -> dict[UUID, tuple[str, str]]:
    """Kind and stamp of every record that a device can hold. A stamp changes when its record does."""
    return {key: (kind, told[:200]) for key, kind, told in _stamps(db, inspection)}


def _stamps(db: Session, inspection: Inspection) -> Iterator[tuple[UUID, str, str]]:
    key = inspection.id
    asked = {"inspection": key}
    overrides = ",".join(sorted(str(one.id)[-8:] for one in inspection.overrides))
    begun = inspection.state not in BEFORE_VISIT
    yield key, "visit", f"{begun}|{inspection.children_confirmed_at is not None}|{overrides}"
    for child in inspection.residents:
        yield child.id, "child", f"{child.outcome}|{child.outcome_at}"
    for row in db.execute(_TALKS, asked):
        yield row.id, "talk", f"{row.version}|{row.ended_at}|{row.read_back}|{row.by_id}"
    for said in db.execute(_STATEMENTS, asked):
        yield said.id, "statement", f"{said.version}|{said.theme}|{said.severity}|{said.status}"
    for (evidence,) in db.execute(_EVIDENCE, asked):
        yield evidence, "evidence", ""
    for mark in db.execute(_CHECKS, asked):
        yield check_id(key, mark.requirement), "check", str(mark.version)
    for step in inspection.acute_steps:
        yield step.id, "acute", ""
    for file in db.execute(_UPLOADS, asked):
        yield file.id, "recording" if file.media_type.value.startswith("audio/") else "photo", ""


def tell(db: Session, inspection: Inspection, wanted: Collection[UUID]) -> dict[UUID, Told]:
    """What these records say. Those that are gone are left out."""
    if not wanted:
        return {}
    asked = frozenset(wanted)
    writers = _writers(db, inspection)
    return dict([*_in_the_case(db, inspection, asked, writers), *_beside_it(db, inspection, asked, writers)])


def _in_the_case(
    db: Session, inspection: Inspection, wanted: frozenset[UUID], writers: dict[str, UUID | None]
) -> Iterator[tuple[UUID, Told]]:
    """Those that are loaded with the case."""
    if inspection.id in wanted:
        yield inspection.id, _visit(db, inspection)
    for child in inspection.residents:
        if child.id in wanted:
            yield child.id, _child(child, writers)
    for step in inspection.acute_steps:
        if step.id in wanted:
            yield step.id, _acute(step)


def _beside_it(
    db: Session, inspection: Inspection, wanted: frozenset[UUID], writers: dict[str, UUID | None]
) -> Iterator[tuple[UUID, Told]]:
    key = inspection.id
    for talk in _rows(db, Interview, key, wanted):
        yield talk.id, _talk(talk, writers)
    for statement in _rows(db, Statement, key, wanted):
        yield statement.id, _statement(statement, writers)
    for evidence in _rows(db, Evidence, key, wanted):
        yield evidence.id, _evidence(evidence)
    for upload in _rows(db, Upload, key, wanted):
        yield upload.id, Told({"about": about_of(upload)}, upload.by_id, upload.made_at)
    for check in db.scalars(select(Check).where(Check.inspection_id == key)):
        if check_id(key, check.requirement) in wanted:
            yield check_id(key, check.requirement), _check(check)


def _rows(db: Session, table: Any, inspection_id: UUID, wanted: frozenset[UUID]) -> Iterator[Any]:
    """The rows of `table` among those wanted, whole, in the order in which they were made."""
    ids = sorted(wanted)
    for first in range(0, len(ids), 500):
        yield from db.scalars(
            select(table)
            .where(table.inspection_id == inspection_id, among(table.id, ids[first : first + 500]))
            .order_by(table.id)
        )


def _writers(db: Session, inspection: Inspection) -> dict[str, UUID | None]:
    rows = db.execute(
        select(Event.kind, Event.details, Event.actor_id)
        .where(Event.inspection_id == inspection.id, Event.kind.in_(WRITERS))
        .order_by(Event.at, Event.id)
    )
    return {str(row.details.get(WRITERS[row.kind])): row.actor_id for row in rows}


def _visit(db: Session, inspection: Inspection) -> Told:
    last = db.execute(
        select(Event.actor_id, Event.at)
        .where(
            Event.inspection_id == inspection.id,
            Event.kind.in_(
                (EventKind.STATE_CHANGED, EventKind.INSPECTION_CHANGED, EventKind.ORDER_OVERRIDDEN)
            ),
        )
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(1)
    ).one_or_none()
    values = {
        "started": inspection.state not in BEFORE_VISIT,
        "children_confirmed": inspection.children_confirmed_at is not None,
    }
    return Told(values, last.actor_id if last else None, last.at if last else None)


def _child(child: Resident, writers: dict[str, UUID | None]) -> Told:
    outcome = child.outcome and {"outcome": child.outcome.value, "note": child.outcome_note}
    values = {"added": max(0, child.position), "outcome": outcome}
    return Told(values, child.outcome_by_id or writers.get(str(child.id)), child.outcome_at)


def _talk(talk: Interview, writers: dict[str, UUID | None]) -> Told:
    values: dict[str, Any] = {
        "start": {
            "informant": talk.informant.value,
            "resident": str(talk.resident_id) if talk.resident_id else None,
            "person": talk.person,
            "guide": talk.guide,
            "started_at": stamp(talk.started_at),
        },
        **{name: getattr(talk, name) for name in Conditions.__dataclass_fields__},
        "read_back": talk.read_back,
        "feedback_channel": talk.feedback_channel,
        "end": talk.ended_at and {"ended_at": stamp(talk.ended_at), "how": "done"},
        "lead": talk.by_id and str(talk.by_id),
    }
    return Told(values, writers.get(str(talk.id), talk.by_id), None if talk.version > 1 else talk.started_at)


def _statement(statement: Statement, writers: dict[str, UUID | None]) -> Told:
    owner = (
        {"talk": str(statement.interview_id)}
        if statement.interview_id
        else {"evidence": str(statement.evidence_id)}
    )
    values: dict[str, Any] = {
        "source": {**owner, "position": max(0, statement.position)},
        **{name: getattr(statement, name) for name in NAMES},
    }
    values |= {"wish": statement.wish.value, "status": statement.status.value}
    return Told(values, writers.get(str(statement.id), statement.recorded_by_id), statement.changed_at)


def _evidence(evidence: Evidence) -> Told:
    about = {
        "kind": evidence.kind.value,
        "title": evidence.title,
        "produced": evidence.produced,
        "noted_at": evidence.noted_at and stamp(evidence.noted_at),
    }
    return Told({"about": about}, evidence.by_id, evidence.noted_at)


def _check(check: Check) -> Told:
    deviates = check.result is CheckResult.DEVIATION
    mark = {
        "result": check.result.value,
        "note": check.note,
        "consequence": check.consequence if deviates else None,
        "extent": check.extent if deviates else None,
        "repeated": deviates and check.repeated,
        "fixed": deviates and check.fixed,
        "self_reported": deviates and check.self_reported,
    }
    return Told({"requirement": check.requirement, "mark": mark}, check.marked_by_id, check.marked_at)


def _acute(step: AcuteStep) -> Told:
    value = {
        "reported_to": step.reported_to.value,
        "told_child": step.told_child,
        "told_child_what": step.told_child_what,
        "note": step.note,
        "statement": str(step.statement_id) if step.statement_id else None,
        "at": stamp(step.at),
    }
    return Told({"step": value}, step.by_id, step.at)

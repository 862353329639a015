"""Take in the talks, the evidence and the marked requirements of an inspection file that has no faults."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import Check
from ...models.inspections import Inspection, Resident
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import CheckResult, EvidenceKind, Informant, Resolution, StatementStatus, Wish
from ..rules.inspection_file import moment
from .import_codings import take_in_codings


def take_in_talks(db: Session, *, inspection: Inspection, data: dict[str, Any], now: datetime) -> None:
    """Add the talks, the evidence, their statements and how they are coded; the residents are there."""
    residents = {
        row.person: row for row in db.scalars(select(Resident).where(Resident.inspection_id == inspection.id))
    }
    waiting = any(row.outcome is None for row in residents.values())
    waits = load_pack(inspection.pack).gate.before
    number = 0
    sources: list[Interview | Evidence] = []
    statements: list[Statement] = []
    told: list[tuple[UUID, dict[str, Any]]] = []
    for talk in data["interviews"]:
        informant = Informant(talk["kind"])
        child = residents.get(talk["person"]) if informant is Informant.CHILD else None
        interview = Interview(
            inspection_id=inspection.id,
            resident_id=child.id if child else None,
            informant=informant,
            person=talk["person"],
            started_at=moment(talk["started_at"]),
            ended_at=moment(talk["ended_at"]) if "ended_at" in talk else None,
            guide=talk.get("guide", ""),
            guide_version=talk.get("guide_version", ""),
            age_band=talk.get("age_band", ""),
            language=talk.get("language", "sv"),
            interpreter=talk.get("interpreter", False),
            chose_company=talk.get("chose_company", False),
            own_recording=talk.get("own_recording", False),
            read_back=talk.get("read_back", False),
            deviation=talk.get("deviation", False),
            before_children=waiting and talk["kind"] in waits,
            place=talk.get("place", ""),
            feedback_channel=talk.get("feedback_channel", ""),
            note=talk.get("note", ""),
        )
        sources.append(interview)
        for statement in talk["statements"]:
            number += 1
            is_answer = bool(statement.get("question") or statement.get("own_question"))
            stamp = interview.guide_version if is_answer else ""
            made = _statement(
                inspection, statement, number, now, interview_id=interview.id, guide_version=stamp
            )
            statements.append(made)
            told.append((made.id, statement))
    for item in data["evidence"]:
        evidence = Evidence(
            inspection_id=inspection.id,
            kind=EvidenceKind(item["kind"]),
            person=item["person"],
            title=item.get("title", ""),
            produced=item.get("produced", True),
            noted_at=moment(item["noted_at"]) if "noted_at" in item else None,
        )
        sources.append(evidence)
        for statement in item["statements"]:
            number += 1
            made = _statement(inspection, statement, number, now, evidence_id=evidence.id)
            statements.append(made)
            told.append((made.id, statement))
    for rows in (sources, statements):  # those that others point at first, each kind at once
        db.add_all(rows)
        db.flush()
    take_in_codings(db, inspection=inspection, told=told, now=now)


def _statement(
    inspection: Inspection, given: dict[str, Any], position: int, now: datetime, **source: Any
) -> Statement:
    return Statement(
        inspection_id=inspection.id,
        **source,
        label=given["id"],
        position=position,
        text=given["text"],
        theme=given["theme"],
        severity=given["severity"],
        own_words=given["own_words"],
        prompted=given["prompted"],
        important=given["important"],
        concrete=given["concrete"],
        firsthand=given["firsthand"],
        wish=Wish(given["wish"]),
        status=StatementStatus(given.get("status", "active")),
        resolution=Resolution(given["resolution"]) if given.get("resolution") else None,
        question=given.get("question"),
        own_question=given.get("own_question", ""),
        recorded_at=now,
        changed_at=now,
    )


def take_in_checks(db: Session, *, inspection: Inspection, data: dict[str, Any], now: datetime) -> None:
    """Add what came of each requirement that the file marks."""
    db.add_all(
        Check(
            inspection_id=inspection.id,
            requirement=given["requirement"],
            position=position,
            result=CheckResult(given["result"]),
            consequence=given.get("consequence", 0),
            extent=given.get("extent", 0),
            repeated=given.get("repeated", False),
            fixed=given.get("fixed", False),
            self_reported=given.get("self_reported", False),
            note=given.get("note", ""),
            marked_at=now,
        )
        for position, given in enumerate(data["checks"])
    )
    db.flush()

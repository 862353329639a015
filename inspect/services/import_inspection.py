"""Take in one inspection from a file of the format tillsyn-inspection/1, whole or not at all."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import available_packs, load_pack
from ...models.assessments import Check
from ...models.inspections import (
    InformationGiven,
    Inspection,
    OrderOverride,
    Resident,
    SelfAssessment,
    TeamMember,
)
from ...models.interviews import Evidence, Interview, Statement
from ...models.people import User
from ...models.register import Home, Provider
from ...models.vocabulary import (
    N_,
    CheckResult,
    ChildOutcome,
    EventKind,
    EvidenceKind,
    HomeKind,
    Informant,
    InformationItem,
    ProviderKind,
    Resolution,
    State,
    StatementStatus,
    TeamRole,
    Wish,
)
from ..errors import Conflict, Invalid
from ..rules.access import Actor
from ..rules.inspection_file import FileFault, faults_of_file, moment
from ..rules.inspection_flow import WAY
from .find_inspection import find_inspection
from .gather_facts import gather_facts
from .record_event import record_event

MAX_BYTES = 20 * 1024 * 1024


class UnusableFile(Invalid):
    """The file cannot be imported; `faults` says why, each with its path."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__(N_("The file cannot be imported."))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Imported:
    inspection: Inspection
    is_new: bool


def read_inspection_file(content: bytes) -> Any:
    """The parsed JSON of a file. Raises UnusableFile when it is not JSON in UTF-8, or too large."""
    if len(content) > MAX_BYTES:
        raise UnusableFile((FileFault("(file)", N_("larger than 20 MB")),))
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        text = N_("is not UTF-8: byte %(byte)s at position %(place)s. Save the file as UTF-8 and try again")
        byte = f"0x{content[fault.start]:02X}"
        raise UnusableFile((FileFault("(file)", text, {"byte": byte, "place": fault.start}),)) from None
    except (json.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", 0)
        raise UnusableFile((FileFault("(file)", N_("is not JSON: line %(line)s"), {"line": line}),)) from None


def digest_of(data: Any) -> str:
    """SHA-256 of the canonical JSON: the same inspection has the same digest however it is written."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def import_inspection(db: Session, *, actor: Actor | None, data: Any, now: datetime) -> Imported:
    """Create the inspection in `data`. The same file again changes nothing.

    `actor`, when given, joins the team as responsible inspector. Raises UnusableFile with all
    faults, or Conflict when the number is taken by another content.
    """
    faults = faults_of_file(data, {name: load_pack(name) for name in available_packs()})
    if faults:
        raise UnusableFile(faults)
    digest = digest_of(data)
    existing = db.scalar(select(Inspection).where(Inspection.dnr == data["dnr"]))
    if existing is not None:
        if existing.imported_from == digest:
            return Imported(find_inspection(db, existing.dnr), is_new=False)
        text = N_(
            "There is already a case with the number %(dnr)s, and its content differs. Nothing was changed."
        )
        raise Conflict(text, {"dnr": data["dnr"]})
    inspection = _inspection(db, data, digest, now)
    db.add(inspection)
    db.flush()
    _add_people(db, inspection, data, actor, now)
    _add_talks(db, inspection, data, now)
    _add_checks(db, inspection, data, now)
    record_event(
        db, EventKind.INSPECTION_IMPORTED, actor=actor, now=now, inspection_id=inspection.id, digest=digest
    )
    db.flush()
    db.expire(inspection)
    whole = find_inspection(db, data["dnr"])
    _go_as_far_as_gates_allow(db, whole, now)
    return Imported(whole, is_new=True)


def _inspection(db: Session, data: dict[str, Any], digest: str, now: datetime) -> Inspection:
    visit = data["visit"]
    return Inspection(
        dnr=data["dnr"],
        title=data["title"],
        home_id=_home(db, data, now).id,
        pack=data.get("pack", "hvb"),
        announced=data["announced"],
        state=State.CHILDREN,
        planned_on=date.fromisoformat(data["planned_on"]) if "planned_on" in data else None,
        focus_areas=data.get("focus_areas", []),
        risk_note=data.get("risk_note", ""),
        visit_started_at=moment(visit["started_at"]),
        visit_ended_at=moment(visit["ended_at"]) if "ended_at" in visit else None,
        children_confirmed_at=now,
        imported_from=digest,
        note=data.get("note", ""),
        arrangements=data.get("arrangements", ""),
        created_at=now,
        state_since=now,
    )


def _home(db: Session, data: dict[str, Any], now: datetime) -> Home:
    given, number = data["provider"], data["provider"]["organisation_number"]
    provider = db.scalar(select(Provider).where(Provider.organisation_number == number))
    if provider is None:
        provider = Provider(
            name=given["name"], organisation_number=number, kind=ProviderKind(given["kind"]), created_at=now
        )
        db.add(provider)
        db.flush()
    place = data["home"]
    home = db.scalar(select(Home).where(Home.provider_id == provider.id, Home.name == place["name"]))
    if home is None:
        home = Home(
            provider_id=provider.id,
            name=place["name"],
            kind=HomeKind(place["kind"]),
            municipality=place["municipality"],
            places=place["places"],
            target_group=place.get("target_group", ""),
            created_at=now,
        )
        db.add(home)
        db.flush()
    return home


def _add_people(
    db: Session, inspection: Inspection, data: dict[str, Any], actor: Actor | None, now: datetime
) -> None:
    accounts = {user.name: user.id for user in db.scalars(select(User))}
    rows: list[Any] = [
        TeamMember(
            inspection_id=inspection.id,
            user_id=accounts.get(member["name"]),
            name=member["name"],
            role=TeamRole(member["role"]),
            position=position,
        )
        for position, member in enumerate(data["team"])
    ]
    if actor is not None and all(row.user_id != actor.user_id for row in rows):
        rows.append(
            TeamMember(
                inspection_id=inspection.id,
                user_id=actor.user_id,
                name=actor.name,
                role=TeamRole.INSPECTOR,
                position=len(rows),
            )
        )
    rows += [
        InformationGiven(inspection_id=inspection.id, item=InformationItem(item), at=now)
        for item in data["information_given"]
    ]
    rows += [
        Resident(
            inspection_id=inspection.id,
            person=child["person"],
            position=position,
            outcome=ChildOutcome(child["outcome"]) if child["outcome"] else None,
            outcome_at=now if child["outcome"] else None,
            outcome_note=child.get("note", ""),
        )
        for position, child in enumerate(data["residents"])
    ]
    rows += [
        OrderOverride(
            inspection_id=inspection.id,
            reason=item["reason"],
            at=moment(item["at"]),
            by_id=actor.user_id if actor else None,
        )
        for item in data.get("order_overrides", ())
    ]
    if "self_assessment" in data:
        given = data["self_assessment"]
        rows.append(
            SelfAssessment(
                inspection_id=inspection.id,
                strengths=given["strengths"],
                worries=given["worries"],
                sent_at=now,
            )
        )
    db.add_all(rows)
    db.flush()


def _add_talks(db: Session, inspection: Inspection, data: dict[str, Any], now: datetime) -> None:
    residents = {
        row.person: row for row in db.scalars(select(Resident).where(Resident.inspection_id == inspection.id))
    }
    waiting = any(row.outcome is None for row in residents.values())
    number = 0
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
            before_children=informant is not Informant.CHILD and waiting,
            place=talk.get("place", ""),
            feedback_channel=talk.get("feedback_channel", ""),
            note=talk.get("note", ""),
        )
        db.add(interview)
        db.flush()
        for statement in talk["statements"]:
            number += 1
            db.add(_statement(inspection, statement, number, now, interview_id=interview.id))
    for item in data["evidence"]:
        evidence = Evidence(
            inspection_id=inspection.id,
            kind=EvidenceKind(item["kind"]),
            person=item["person"],
            title=item.get("title", ""),
            noted_at=moment(item["noted_at"]) if "noted_at" in item else None,
        )
        db.add(evidence)
        db.flush()
        for statement in item["statements"]:
            number += 1
            db.add(_statement(inspection, statement, number, now, evidence_id=evidence.id))
    db.flush()


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


def _add_checks(db: Session, inspection: Inspection, data: dict[str, Any], now: datetime) -> None:
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


def _go_as_far_as_gates_allow(db: Session, inspection: Inspection, now: datetime) -> None:
    """The visit is over: the case stands at the first step that still lacks something, at most weighing."""
    while inspection.state is not State.WEIGHING:
        step = WAY[inspection.state][0]
        if step.gate(gather_facts(db, inspection, now=now)):
            return
        inspection.state = step.to

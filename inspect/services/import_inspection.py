"""Take in one inspection from a file of the format tillsyn-inspection/1, whole or not at all."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import available_packs, default_pack, load_pack
from ...models.event_kinds import EventKind
from ...models.inspections import (
    InformationGiven,
    Inspection,
    OrderOverride,
    Resident,
    SelfAssessment,
    TeamMember,
)
from ...models.people import User
from ...models.reached_rows import NUMBERS
from ...models.register import Home, Provider
from ...models.vocabulary import N_, ChildOutcome, InformationItem, ProviderKind, State, TeamRole
from ..errors import Conflict, Invalid
from ..outside.reach import reaching_also
from ..rules.access import Actor
from ..rules.inspection_file import FileFault, faults_of_file, moment
from ..rules.inspection_flow import WAY
from .find_inspection import find_inspection
from .gather_facts import gather_facts
from .import_talks import take_in_checks, take_in_talks
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
    named = data.get("pack", default_pack()) if isinstance(data, dict) else None
    faults = faults_of_file(data, {name: load_pack(name) for name in available_packs() if name == named})
    if faults:
        raise UnusableFile(faults)
    digest = digest_of(data)
    with reaching_also(db, NUMBERS):
        there = select(Inspection.imported_from).where(Inspection.dnr == data["dnr"])
        existing = db.execute(there).one_or_none()
    if existing is not None:
        if existing.imported_from == digest:
            return Imported(find_inspection(db, data["dnr"]), is_new=False)
        text = N_(
            "There is already a case with the number %(dnr)s, and its content differs. Nothing was changed."
        )
        raise Conflict(text, {"dnr": data["dnr"]})
    inspection = _inspection(db, data, digest, now)
    db.add(inspection)
    db.flush()
    _add_people(db, inspection, data, actor, now)
    take_in_talks(db, inspection=inspection, data=data, now=now)
    take_in_checks(db, inspection=inspection, data=data, now=now)
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
        pack=data.get("pack", default_pack()),
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
            kind=place["kind"],
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
    accounts = {row.name: row.id for row in db.execute(select(User.name, User.id))}
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


def _go_as_far_as_gates_allow(db: Session, inspection: Inspection, now: datetime) -> None:
    """The visit is over: the case stands at the first step that still lacks something, at most weighing."""
    facts = gather_facts(db, inspection, now=now)
    while inspection.state is not State.WEIGHING:
        step = WAY[inspection.state][0]
        if step.gate(replace(facts, state=inspection.state)):
            return
        inspection.state = step.to

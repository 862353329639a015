"""Talks: begin, and note the conditions. The children come first; the gate is asked here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.content import Guide
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, Resident
from ...models.interviews import Interview
from ...models.vocabulary import N_, ChildOutcome, Informant, Role
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import is_before_children, may_record_talk, refused_talk
from .find_guides import guide_version, keep_version, offered_guides
from .gather_facts import gather_facts
from .next_name import hold_case, next_name
from .record_children import resident_of
from .record_event import record_event

MAX_NOTE = 20_000
LETTER = {Informant.STAFF: "p", Informant.MANAGER: "l", Informant.OTHER: "a"}
"""How adults are named in the case; a child has the name of its row in the list of children."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a talk is held. `deviation`: disturbed, overheard or cut short."""

    age_band: str = ""
    language: str = "sv"
    interpreter: bool = False
    place: str = ""
    chose_company: bool = False
    own_recording: bool = False
    deviation: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """A talk that began where there is no network: when by our clock, with which version of its guide, and
    whether the children had not all been offered theirs by then (rules/talk_order.py)."""

    at: datetime
    guide_version: str
    before_children: bool


def find_interview(db: Session, inspection: Inspection, interview_id: UUID) -> Interview:
    """The talk with its statements. Raises NotFound when this case has no such talk."""
    talk = db.scalar(
        select(Interview)
        .where(Interview.id == interview_id, Interview.inspection_id == inspection.id)
        .options(selectinload(Interview.statements), selectinload(Interview.resident))
        .execution_options(populate_existing=True)
    )
    if talk is None:
        raise NotFound(N_("There is no such talk in this case."))
    return talk


def list_interviews(db: Session, inspection: Inspection) -> list[Interview]:
    """All talks of the case in the order in which they began."""
    return list(
        db.scalars(
            select(Interview)
            .where(Interview.inspection_id == inspection.id)
            .options(selectinload(Interview.statements))
            .order_by(Interview.started_at, Interview.id)
        )
    )


def begin_recording(db: Session, actor: Actor, inspection: Inspection, informant: Informant) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    shut = may_record_talk(inspection.state, informant)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    hold_case(db, inspection)


def start_interview(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    informant: Informant,
    guide: str,
    resident_id: UUID | None = None,
    person: str = "",
    conditions: Conditions = Conditions(),
    interview_id: UUID | None = None,
    began: Began | None = None,
    now: datetime,
) -> Interview:
    """Begin a talk, or note one that `began` in a home without network.

    `person` names an adult who has been talked with before (the same source, method §2.2).

    The same `interview_id` again gives the talk that was begun with it: sending twice is safe.
    The talk keeps the version of the guide that is offered on the day, whatever is published later.
    Raises NotPossibleNow with the gate's reason while the children come first. A talk that has been held is
    not refused for its order: it is kept, and flagged when it was out of it.
    """
    begin_recording(db, actor, inspection, informant)
    if interview_id is not None:
        begun = db.get(Interview, interview_id)
        if begun is not None:
            return find_interview(db, inspection, interview_id)
    if began is None:
        shut = refused_talk(gather_facts(db, inspection, now=now), informant)
        if shut:
            raise NotPossibleNow(shut[0].text, shut[0].values)
    support = _guide(db, inspection, informant, guide, began, now)
    _check(conditions)
    resident = _resident(inspection, informant, resident_id)
    talks = db.scalars(select(Interview).where(Interview.inspection_id == inspection.id)).all()
    name = resident.person if resident else _adult(informant, person, talks)
    if began is None and any(talk.person == name and talk.ended_at is None for talk in talks):
        raise NotPossibleNow(
            N_("A talk with %(person)s is already under way. Go on with that one."), {"person": name}
        )
    talk = Interview(
        id=interview_id,
        inspection_id=inspection.id,
        resident_id=resident.id if resident else None,
        informant=informant,
        person=name,
        guide=support.id,
        guide_version=keep_version(db, inspection.pack, support, now=now),
        started_at=began.at if began else now,
        before_children=began.before_children
        if began
        else is_before_children(gather_facts(db, inspection, now=now), informant),
        by_id=actor.user_id,
    )
    _apply(talk, conditions)
    db.add(talk)
    record_event(
        db,
        EventKind.INTERVIEW_STARTED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        interview=talk.id,
        informant=informant.value,
        before_children=talk.before_children,
    )
    db.flush()
    return talk


def _guide(
    db: Session, inspection: Inspection, informant: Informant, guide: str, began: Began | None, now: datetime
) -> Guide:
    taken_along = guide_version(db, inspection.pack, guide, began.guide_version) if began else None
    if taken_along is not None:
        return taken_along
    today = (began.at if began else now).astimezone(SWEDEN).date()
    for found in offered_guides(db, inspection.pack, informant.value, on=today):
        if found.id == guide:
            return found
    raise Invalid(N_("Choose a guide for this kind of talk."), {"field": "guide"})


def _resident(inspection: Inspection, informant: Informant, resident_id: UUID | None) -> Resident | None:
    if informant is not Informant.CHILD:
        return None
    if resident_id is None:
        raise Invalid(N_("Choose which child you talk with."), {"field": "resident"})
    resident = resident_of(inspection, resident_id)
    if resident.outcome is ChildOutcome.NOT_HEARD_HARM:
        raise NotPossibleNow(
            N_("%(person)s is assessed as possibly harmed by being heard. Change that assessment first."),
            {"person": resident.person},
        )
    return resident


def _adult(informant: Informant, person: str, talks: Sequence[Interview]) -> str:
    if not person:
        return next_name(LETTER[informant], (talk.person for talk in talks))
    if not any(talk.person == person and talk.informant is informant for talk in talks):
        raise Invalid(N_("Nobody in this case is called %(person)s."), {"person": person, "field": "person"})
    return person


def _check(conditions: Conditions) -> None:
    for name, limit in (("place", 500), ("note", MAX_NOTE), ("language", 10), ("age_band", 10)):
        text = getattr(conditions, name)
        if len(text) > limit:
            raise Invalid(
                N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
                {"num": len(text), "limit": limit, "field": name},
            )


def _apply(talk: Interview, conditions: Conditions) -> None:
    talk.age_band = conditions.age_band
    talk.language = conditions.language
    talk.interpreter = conditions.interpreter
    talk.chose_company = conditions.chose_company
    talk.own_recording = conditions.own_recording
    talk.deviation = conditions.deviation
    talk.place = conditions.place
    talk.note = conditions.note


def conditions_of(talk: Interview) -> Conditions:
    return Conditions(
        age_band=talk.age_band,
        language=talk.language,
        interpreter=talk.interpreter,
        place=talk.place,
        chose_company=talk.chose_company,
        own_recording=talk.own_recording,
        deviation=talk.deviation,
        note=talk.note,
    )


def change_interview(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    talk: Interview,
    version: int,
    conditions: Conditions,
    now: datetime,
) -> Interview:
    """Save the conditions of a talk. Raises Conflict with what stands when `version` is stale."""
    begin_recording(db, actor, inspection, talk.informant)
    db.refresh(talk)
    standing = conditions_of(talk)
    if standing == conditions:
        return talk
    _check(conditions)
    if version != talk.version:
        theirs = {name: getattr(standing, name) for name in Conditions.__dataclass_fields__}
        raise Conflict(
            N_("Somebody else has changed the conditions of this talk in the meantime. Both are shown."),
            theirs=theirs,
            version=talk.version,
            by=name_of(inspection, talk.by_id),
        )
    _apply(talk, conditions)
    note_change(db, actor, inspection, talk, now)
    return talk


def hand_over_interview(
    db: Session, *, actor: Actor, inspection: Inspection, talk: Interview, to: UUID, now: datetime
) -> Interview:
    """Let another inspector of the case lead the talk from here on. Raises Invalid for anybody else."""
    begin_recording(db, actor, inspection, talk.informant)
    if talk.by_id == to:
        return talk
    takes_over = Actor(user_id=to, name="", roles=frozenset({Role.INSPECTOR}))
    if not may(takes_over, Permission.RECORD_IN_INSPECTION, inspection):
        raise Invalid(N_("Only the inspectors of the case record in it."), {"field": "lead"})
    talk.by_id = to
    note_change(db, actor, inspection, talk, now)
    return talk


def note_change(db: Session, actor: Actor, inspection: Inspection, talk: Interview, now: datetime) -> None:
    talk.version += 1
    record_event(
        db,
        EventKind.INTERVIEW_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        interview=talk.id,
        version=talk.version,
    )


def name_of(inspection: Inspection, user_id: UUID | None) -> str:
    """The name of a team member, or nothing for others."""
    return next((member.name for member in inspection.team if member.user_id == user_id), "")

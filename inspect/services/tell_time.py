"""How long it took a provider: asked for in one number for each thing they have done for us."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ...models.asked_of_provider import DocumentRequest, ProviderTime, TimeFor
from ...models.decisions import Communication
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, SelfAssessment
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound
from ..rules.access import Actor
from .ask_for_documents import AskedCase, cases_asking, find_requests
from .record_event import record_event

MOST_HOURS = 500


def asked_of(db: Session, actor: Actor) -> list[AskedCase]:
    """What each case asks of the actor's side; cases that ask for nothing and were given nothing left out."""
    found = []
    for case in cases_asking(db, actor):
        requests = find_requests(db, case.id)
        minutes = minutes_told(db, actor, case)
        if requests or minutes:
            found.append(AskedCase(case, requests, minutes))
    return found


def minutes_told(db: Session, actor: Actor, case: Inspection) -> dict[TimeFor, int | None]:
    """For each thing that was done in the case: the minutes that the actor has told of, None if not told."""
    done = db.execute(
        select(
            *(
                exists().where(condition).label(part.value)
                for part, condition in {
                    TimeFor.SELF_ASSESSMENT: (SelfAssessment.inspection_id == case.id)
                    & SelfAssessment.sent_at.is_not(None),
                    TimeFor.DOCUMENTS: (DocumentRequest.inspection_id == case.id)
                    & DocumentRequest.answered_at.is_not(None),
                    TimeFor.REPLY: (Communication.inspection_id == case.id)
                    & Communication.replied_at.is_not(None),
                    TimeFor.ANSWERS: (Letter.inspection_id == case.id) & Letter.answers_sent_at.is_not(None),
                }.items()
            )
        )
    ).one()
    told: Mapping[TimeFor, int] = dict(
        iter(
            db.execute(
                select(ProviderTime.spent_on, ProviderTime.minutes).where(
                    ProviderTime.inspection_id == case.id, ProviderTime.user_id == actor.user_id
                )
            )
        )
    )
    return {part: told.get(part) for part, is_done in zip(TimeFor, done, strict=True) if is_done}


def find_done(db: Session, actor: Actor, inspection_id: UUID, part: TimeFor) -> Inspection:
    """The case in which the actor's side has done this. Raises NotFound."""
    case = next((one for one in cases_asking(db, actor) if one.id == inspection_id), None)
    if case is None or part not in minutes_told(db, actor, case):
        raise NotFound(N_("There is nothing to tell the time of."))
    return case


def tell_time(
    db: Session, *, actor: Actor, inspection_id: UUID, part: TimeFor, hours: float, now: datetime
) -> ProviderTime:
    """The actor tells how long it took. Told again, the new number stands. Raises NotFound, Invalid."""
    case = find_done(db, actor, inspection_id, part)
    if not 0 < hours <= MOST_HOURS:
        raise Invalid(N_("Write a number of hours, for example 1.5."), {"field": "hours"})
    told = db.scalar(
        select(ProviderTime).where(
            ProviderTime.inspection_id == case.id,
            ProviderTime.user_id == actor.user_id,
            ProviderTime.spent_on == part,
        )
    )
    if told is None:
        told = ProviderTime(inspection_id=case.id, user_id=actor.user_id, spent_on=part)
        db.add(told)
    told.minutes, told.told_at = max(1, round(hours * 60)), now
    record_event(
        db,
        EventKind.PROVIDER_TIME_TOLD,
        actor=actor,
        now=now,
        inspection_id=case.id,
        part=part.value,
    )
    return told

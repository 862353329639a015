"""How long it took a provider: asked for in one number for each thing they have done for us."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, contains_eager

from ...models.asked_of_provider import DocumentRequest, ProviderTime, TimeFor
from ...models.decisions import Communication
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, SelfAssessment
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound
from ..rules.access import Actor
from .ask_for_documents import may_know_what_is_asked
from .record_event import record_event

MOST_HOURS = 500


WAS_DONE: Mapping[TimeFor, ColumnElement[bool]] = {
    TimeFor.SELF_ASSESSMENT: exists().where(
        SelfAssessment.inspection_id == Inspection.id, SelfAssessment.sent_at.is_not(None)
    ),
    TimeFor.DOCUMENTS: exists().where(
        DocumentRequest.inspection_id == Inspection.id, DocumentRequest.answered_at.is_not(None)
    ),
    TimeFor.REPLY: exists().where(
        Communication.inspection_id == Inspection.id, Communication.replied_at.is_not(None)
    ),
    TimeFor.ANSWERS: exists().where(
        Letter.inspection_id == Inspection.id, Letter.answers_sent_at.is_not(None)
    ),
}
"""Of a case: what a provider's side does for us, and that it has been done."""


def minutes_told(db: Session, actor: Actor, cases: Collection[UUID]) -> dict[UUID, dict[TimeFor, int | None]]:
    """By case, for each thing done in it: the minutes that the actor has told of, None if not told."""
    parts = {part: done.label(part.value) for part, done in WAS_DONE.items()}
    found = db.execute(select(Inspection.id, *parts.values()).where(Inspection.id.in_(cases))).mappings()
    done = {row["id"]: [part for part in parts if row[part.value]] for row in found}
    told = {
        (row.inspection_id, row.spent_on): row.minutes
        for row in db.execute(
            select(ProviderTime.inspection_id, ProviderTime.spent_on, ProviderTime.minutes).where(
                ProviderTime.inspection_id.in_(cases), ProviderTime.user_id == actor.user_id
            )
        )
    }
    return {id: {part: told.get((id, part)) for part in done.get(id, ())} for id in cases}


def find_done(db: Session, actor: Actor, inspection_id: UUID, part: TimeFor) -> Inspection:
    """The case in which the actor's side has done this. Raises NotFound."""
    case = db.scalar(
        select(Inspection)
        .join(Inspection.home)
        .where(Inspection.id == inspection_id, may_know_what_is_asked(actor), WAS_DONE[part])
        .options(contains_eager(Inspection.home))
    )
    if case is None:
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

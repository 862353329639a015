"""What waits for the provider's side on its first page: facts, documents, times for a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.asked_of_provider import DocumentRequest
from ...models.decisions import Communication
from ...models.dialogue import MeetingTime
from ...models.inspections import Inspection
from ...models.register import Home
from ..rules.access import Actor
from .ask_for_documents import cases_asking
from .communicate_facts import REPLIES_ARE_READ
from .provider_homes import homes_of

SHOWN = 20


@dataclass(frozen=True, slots=True)
class FactsCard:
    """Facts that can still be replied to: about which home, and by when."""

    communication_id: UUID
    home: str
    reply_by_on: date | None


@dataclass(frozen=True, slots=True)
class AskedCard:
    """How many documents one case asks for that nobody has answered, and the first day."""

    home: str
    documents: int
    due_on: date


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """How many times we have proposed for a dialogue meeting, and the first."""

    inspection_id: UUID
    home: str
    times: int
    first_at: datetime


def facts_to_reply_to(db: Session, actor: Actor) -> Sequence[FactsCard]:
    """FL 25 §: sent to the actor's own provider and not replied to, the soonest day first."""
    rows = db.execute(
        select(Communication.id, Home.name, Communication.reply_by_on)
        .join(Inspection, Inspection.id == Communication.inspection_id)
        .join(Home, Home.id == Inspection.home_id)
        .where(
            Communication.sent_at.is_not(None),
            Communication.replied_at.is_(None),
            Inspection.state.in_(REPLIES_ARE_READ),
            homes_of(actor),
        )
        .order_by(Communication.reply_by_on, Communication.id)
        .limit(SHOWN)
    )
    return [FactsCard(key, home, by) for key, home, by in rows]


def times_to_choose_from(db: Session, actor: Actor, *, now: datetime) -> Sequence[MeetingCard]:
    """Times to come that the authority has proposed and nobody has agreed to, by case, the soonest first."""
    first = func.min(MeetingTime.starts_at)
    rows = db.execute(
        select(Inspection.id, Home.name, func.count(), first)
        .select_from(MeetingTime)
        .join(Inspection, Inspection.id == MeetingTime.inspection_id)
        .join(Home, Home.id == Inspection.home_id)
        .where(
            MeetingTime.starts_at > now,
            MeetingTime.by_provider.is_(False),
            MeetingTime.agreed_at.is_(None),
            MeetingTime.withdrawn_at.is_(None),
            homes_of(actor),
        )
        .group_by(Inspection.id, Home.name)
        .order_by(first, Inspection.id)
        .limit(SHOWN)
    )
    return [MeetingCard(key, home, number, at) for key, home, number, at in rows]


def documents_to_send(db: Session, actor: Actor) -> Sequence[AskedCard]:
    """Requests to the actor's own side that have no answer, by home, the soonest day first."""
    asking = [case.id for case in cases_asking(db, actor)]
    first = func.min(DocumentRequest.due_on)
    rows = db.execute(
        select(Home.name, func.count(), first)
        .select_from(DocumentRequest)
        .join(Inspection, Inspection.id == DocumentRequest.inspection_id)
        .join(Home, Home.id == Inspection.home_id)
        .where(
            DocumentRequest.inspection_id.in_(asking),
            DocumentRequest.answer.is_(None),
            DocumentRequest.settled_at.is_(None),
        )
        .group_by(Home.id, Home.name)
        .order_by(first, Home.name)
        .limit(SHOWN)
    )
    return [AskedCard(home, number, due) for home, number, due in rows]

"""What waits for the provider's side: on its first page, and on the page of all that is asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from ...models.asked_of_provider import DocumentRequest, TimeFor
from ...models.decisions import Communication
from ...models.dialogue import MeetingTime
from ...models.inspections import Inspection
from ...models.register import Home
from ..rules.access import Actor
from .ask_for_documents import may_know_what_is_asked
from .communicate_facts import REPLIES_ARE_READ
from .long_lists import Paged, number_of, page_of
from .provider_homes import homes_of
from .tell_time import WAS_DONE, minutes_told
from .wanted_letters import WantedLetters

SHOWN = 20
CASES_A_PAGE = 10
"""Each with the forms of what it asks."""


@dataclass(frozen=True, slots=True)
class AskedCase:
    """What one case asks of the actor's side: its documents, and the time told for each thing they did."""

    inspection: Inspection
    requests: Sequence[DocumentRequest]
    minutes: dict[TimeFor, int | None]


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
    first = func.min(DocumentRequest.due_on)
    rows = db.execute(
        select(Home.name, func.count(), first)
        .select_from(DocumentRequest)
        .join(Inspection, Inspection.id == DocumentRequest.inspection_id)
        .join(Home, Home.id == Inspection.home_id)
        .where(
            may_know_what_is_asked(actor),
            DocumentRequest.answer.is_(None),
            DocumentRequest.settled_at.is_(None),
        )
        .group_by(Home.id, Home.name)
        .order_by(first, Home.name)
        .limit(SHOWN)
    )
    return [AskedCard(home, number, due) for home, number, due in rows]


def list_asked(
    db: Session, actor: Actor, *, text: str = "", page: int = 1, only: UUID | None = None
) -> Paged[AskedCase]:
    """What each case asks of the actor's side, and what was done in it; cases with neither are left out.

    Where a document waits stands first, the soonest day before others; then the latest case. Each word of
    `text` is in the number of the case, or in the name or municipality of its home. `only`: that case alone.
    """
    waits = (
        select(func.min(DocumentRequest.due_on))
        .where(
            DocumentRequest.inspection_id == Inspection.id,
            DocumentRequest.answer.is_(None),
            DocumentRequest.settled_at.is_(None),
        )
        .correlate(Inspection)
        .scalar_subquery()
    )
    asked = exists().where(DocumentRequest.inspection_id == Inspection.id)
    chosen = (
        select(Inspection)
        .join(Inspection.home)
        .where(
            may_know_what_is_asked(actor), WantedLetters(text).about(), or_(asked, *WAS_DONE.values()),
        )
        .options(contains_eager(Inspection.home))
        .order_by(waits.is_(None), waits, Inspection.created_at.desc(), Inspection.id)
    )  # fmt: skip
    if only is not None:
        chosen = chosen.where(Inspection.id == only)
    found = page_of(db, chosen, Inspection.id, page, CASES_A_PAGE)
    nearest = number_of(page, found.total, CASES_A_PAGE)
    if nearest != page:
        found = page_of(db, chosen, Inspection.id, nearest, CASES_A_PAGE)
    ids = [case.id for case in found.rows]
    by_case: dict[UUID, list[DocumentRequest]] = {}
    for one in db.scalars(
        select(DocumentRequest)
        .where(DocumentRequest.inspection_id.in_(ids))
        .order_by(DocumentRequest.asked_at, DocumentRequest.id)
    ):
        by_case.setdefault(one.inspection_id, []).append(one)
    minutes = minutes_told(db, actor, ids)
    rows = tuple(AskedCase(case, by_case.get(case.id, []), minutes[case.id]) for case in found.rows)
    return Paged(rows, found.total, nearest, CASES_A_PAGE)

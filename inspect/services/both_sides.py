"""The two sides of a case as they meet: who is on which, what they may arrange, and whom it concerns."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.notices import NoticeKind
from ...models.register import Home
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .communicate_facts import find_communication
from .note_dialogue import MEETINGS_IN, may_note
from .provider_homes import homes_of, is_for_home
from .read_letter import NO_LETTER
from .tell import tell
from .whom_to_tell import at_provider

SPEAKS_NOT = N_(
    "Those who are responsible for the answers agree to times and confirm notes. You can propose times, and"
    " add to the agenda."
)


def is_provider_of(actor: Actor, inspection: Inspection) -> bool:
    """Has an account of the provider for this home: all of its homes, or this one."""
    return is_for_home(actor, inspection.home)


def case_of_provider(db: Session, actor: Actor, inspection_id: UUID) -> Inspection:
    """The case that something has been sent to the actor's provider in. Raises NotFound for every other."""
    inspection = db.scalar(
        select(Inspection)
        .join(Inspection.home)
        .where(Inspection.id == inspection_id, homes_of(actor))
        .options(joinedload(Inspection.home).joinedload(Home.provider), selectinload(Inspection.team))
    )
    if inspection is None or not is_known(db, inspection):
        raise NotFound(NO_LETTER)
    return inspection


def is_known(db: Session, inspection: Inspection) -> bool:
    """Whether the provider has got the facts or the letter: before that there is no case for it."""
    communication = find_communication(db, inspection)
    if communication is not None and communication.sent_at is not None:
        return True
    sent = select(Letter.id).where(
        Letter.inspection_id == inspection.id,
        Letter.kind == LetterKind.FEEDBACK,
        Letter.state == LetterState.SENT,
    )
    return db.scalar(sent.limit(1)) is not None


def why_not_arrange(db: Session, actor: Actor, inspection: Inspection) -> NotAllowed | NotPossibleNow | None:
    """Why this actor cannot propose or agree to times now; None when they can."""
    if not (may_note(actor, inspection) or is_provider_of(actor, inspection)):
        return NotAllowed(N_("Those who inspect or decide in the case arrange its meetings."))
    if inspection.state not in MEETINGS_IN or not is_known(db, inspection):
        return NotPossibleNow(
            N_("A meeting is arranged when the provider has the facts or the letter to talk about.")
        )
    return None


def only_helps(actor: Actor, inspection: Inspection) -> bool:
    """Helps at the provider with the answers, and binds it to no time and to no note."""
    return is_provider_of(actor, inspection) and not may(actor, Permission.SEND_ANSWERS)


def allow_speaking_for(actor: Actor, inspection: Inspection) -> None:
    """Raises NotAllowed to whoever only helps."""
    if only_helps(actor, inspection):
        raise NotAllowed(SPEAKS_NOT)


def allow_arranging(db: Session, actor: Actor, inspection: Inspection) -> None:
    refused = why_not_arrange(db, actor, inspection)
    if refused is not None:
        raise refused


def tell_other_side(
    db: Session, inspection: Inspection, kind: NoticeKind, *, by_provider: bool, now: datetime
) -> None:
    users = team_of(inspection) if by_provider else at_provider(db, inspection.home_id)
    tell(db, users=users, kind=kind, inspection=inspection.id, now=now)


def team_of(inspection: Inspection) -> set[UUID]:
    return {one.user_id for one in inspection.team if one.user_id is not None and not one.has_conflict}

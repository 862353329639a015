"""Send the approved letter: from then on the provider sees it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Decision
from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.vocabulary import N_, EventKind, LetterState, State
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..settings import AuthorityDetails
from .complete_letter import complete_letter
from .find_letter import the_letter
from .record_event import record_event


def why_not_send(actor: Actor, inspection: Inspection, letter: Letter) -> NotAllowed | NotPossibleNow | None:
    """Why the letter cannot be sent now; None when it can."""
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        return NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    if letter.state is LetterState.SENT:
        return NotPossibleNow(N_("The letter is sent already."))
    if letter.state is not LetterState.APPROVED:
        return NotPossibleNow(N_("The letter must be approved before it is sent."))
    if inspection.state is not State.DECISION:
        return NotPossibleNow(
            N_("The letter is sent with the decision. First the provider has the right to reply (FL 25 §).")
        )
    return None


def send_letter(
    db: Session, *, actor: Actor, inspection: Inspection, authority: AuthorityDetails, now: datetime
) -> Letter:
    """Open the letter to the provider, with the reply and the decision in it.

    Raises NotAllowed, or NotPossibleNow: not approved, not yet decided, sent already.
    """
    letter = the_letter(db, inspection)
    fault = why_not_send(actor, inspection, letter)
    if fault is not None:
        raise fault
    if db.scalar(select(Decision.id).where(Decision.inspection_id == inspection.id)) is None:
        raise NotPossibleNow(N_("Record the decision first: the letter tells of it."))
    complete_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)
    letter.state = LetterState.SENT
    letter.sent_at = now
    db.flush()
    record_event(
        db, EventKind.LETTER_SENT, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    return letter

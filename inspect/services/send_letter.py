"""Send the approved letter: from then on the provider sees it."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.vocabulary import N_, EventKind, LetterState, State
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
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


def send_letter(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> Letter:
    """Open the letter to the provider. Raises NotAllowed or NotPossibleNow."""
    letter = the_letter(db, inspection)
    fault = why_not_send(actor, inspection, letter)
    if fault is not None:
        raise fault
    letter.state = LetterState.SENT
    letter.sent_at = now
    db.flush()
    record_event(
        db, EventKind.LETTER_SENT, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    return letter

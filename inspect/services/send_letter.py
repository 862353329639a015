"""Send an approved letter: from then on its reader sees it. The feedback letter takes others with it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Decision
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.vocabulary import N_, State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS
from ..settings import AuthorityDetails
from .children_to_answer import children_without_letter
from .complete_letter import complete_letter
from .find_letter import NOT_ITS_TIME, find_letter, the_letter
from .issue_letter import issue_with, mark_sent
from .record_event import record_event
from .time_letters import has_own_decision

CHILD_WITHOUT_LETTER = N_(
    "Somebody who talked with us has no approved letter: %(who)s. "
    "Write it first, or write why it is not needed."
)
LEAST_REASON = 10


def why_not_send(actor: Actor, inspection: Inspection, letter: Letter) -> NotAllowed | NotPossibleNow | None:
    """Why the approved letter cannot be sent now; None when it can. Any reviewed kind."""
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        return NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    if letter.state is LetterState.SENT:
        return NotPossibleNow(N_("The letter is sent already."))
    if not KINDS[letter.kind].reviewed:
        return NotPossibleNow(N_("This letter is not reviewed; it is issued as it stands."))
    if letter.state is not LetterState.APPROVED:
        return NotPossibleNow(N_("The letter must be approved before it is sent."))
    return _not_its_time(inspection, letter.kind)


def _not_its_time(inspection: Inspection, kind: LetterKind) -> NotPossibleNow | None:
    if kind is LetterKind.FEEDBACK and inspection.state is not State.DECISION:
        return NotPossibleNow(
            N_("The letter is sent with the decision. First the provider has the right to reply (FL 25 §).")
        )
    if kind in FOR_CHILDREN_KINDS and inspection.state is not State.FOLLOW_UP:
        return NotPossibleNow(N_("This letter goes when the feedback letter is sent."))
    return None if inspection.state in KINDS[kind].states else NotPossibleNow(NOT_ITS_TIME)


def send_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    authority: AuthorityDetails,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
    without_child_letter: str = "",
) -> Letter:
    """Open the letter to its reader.

    The feedback letter is brought up to the reply and the decision, and takes with it the children's letters
    and, where there is one, the decision document. `without_child_letter`: why it goes though a child who was
    heard has no letter that is approved. Raises NotAllowed; NotPossibleNow: not approved, not yet decided,
    sent already, a child without a letter; Invalid: a reason that is too short.
    """
    letter = the_letter(db, inspection, kind)
    fault = why_not_send(actor, inspection, letter)
    if fault is not None:
        raise fault
    if kind is LetterKind.FEEDBACK:
        if db.scalar(select(Decision.id).where(Decision.inspection_id == inspection.id)) is None:
            raise NotPossibleNow(N_("Record the decision first: the letter tells of it."))
        _ask_for_children(db, actor, inspection, letter, without_child_letter.strip(), now)
        complete_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)
    mark_sent(db, letter, actor=actor, now=now)
    if kind is LetterKind.FEEDBACK:
        _send_along(db, actor, inspection, authority, now)
    return letter


def _ask_for_children(
    db: Session, actor: Actor, inspection: Inspection, letter: Letter, reason: str, now: datetime
) -> None:
    left = children_without_letter(db, inspection)
    if not left:
        return
    if not reason:
        who = ", ".join(one.person for one in left)
        raise NotPossibleNow(CHILD_WITHOUT_LETTER, {"who": who})
    if len(reason) < LEAST_REASON:
        raise Invalid(
            N_("Write why, in a sentence, so that others understand."), {"field": "without_child_letter"}
        )
    letter.without_child_letter = reason
    record_event(
        db, EventKind.CHILD_LETTER_WAIVED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )


def _send_along(
    db: Session, actor: Actor, inspection: Inspection, authority: AuthorityDetails, now: datetime
) -> None:
    if has_own_decision(db, inspection, now=now):
        issue_with(
            db, actor=actor, inspection=inspection, kind=LetterKind.DECISION, authority=authority, now=now
        )
    for kind in FOR_CHILDREN_KINDS:
        to_children = find_letter(db, inspection, kind)
        if to_children is not None and to_children.state is LetterState.APPROVED:
            mark_sent(db, to_children, actor=actor, now=now)

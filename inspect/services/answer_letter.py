"""The provider answers a letter, point by point: saved as it is written, sent together, then unchanged."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.letter_vocabulary import Stance
from ...models.letters import MAX_PARAGRAPH, Answer, Letter
from ...models.notices import NoticeKind
from ...models.people import User
from ...models.vocabulary import N_, TeamRole
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.answer_gaps import can_be_sent
from .communicate_facts import TOO_LONG
from .read_letter import find_letter, find_point, points_of
from .record_event import record_event
from .tell import tell
from .whom_to_tell import INSPECTORS, in_team

SENT_ALREADY = N_(
    "Your answer has been sent and stands as it is. Call the inspector if something must be added."
)


WHO_SENDS = N_("You help to write. The answer is sent by a colleague who is responsible for it.")


def open_for_answers(db: Session, actor: Actor, letter_id: UUID) -> Letter:
    """The letter, if it is the actor's to answer and not yet answered. Raises NotFound, NotPossibleNow."""
    letter = find_letter(db, actor, letter_id)
    if letter.answers_sent_at is not None:
        raise NotPossibleNow(SENT_ALREADY)
    return letter


def save_answer(
    db: Session,
    *,
    actor: Actor,
    letter_id: UUID,
    finding_id: UUID,
    version: int,
    stance: Stance | None,
    text: str,
    now: datetime,
) -> Answer:
    """Save the answer to one point; `version` is the one it was written from, 0 for the first.

    What stands already is no change, whatever the version: a page may send again what saved itself.

    Raises NotFound, NotPossibleNow (sent already), Invalid (too long), Conflict with the other text
    when a colleague has written in the meantime.
    """
    letter = open_for_answers(db, actor, letter_id)
    answer = find_point(db, letter, finding_id).answer
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "text", "num": len(text), "most": MAX_PARAGRAPH})
    if answer is not None and (answer.stance, answer.text) == (stance, text.strip()):
        return answer
    if answer is None:
        answer = Answer(letter_id=letter.id, finding_id=finding_id, version=0)
    elif answer.version != version:
        writer = db.get(User, answer.by_id)
        raise Conflict(
            N_("Somebody else has written here since you opened the page. Both texts are kept below."),
            theirs={"stance": answer.stance.value if answer.stance else None, "text": answer.text},
            version=answer.version,
            by=writer.name if writer else "",
        )
    answer.stance = stance
    answer.saved_at = now
    answer.by_id = actor.user_id
    answer.version += 1
    db.add(answer)
    db.flush()
    answer.text = text.strip()
    record_event(
        db,
        EventKind.ANSWER_SAVED,
        actor=actor,
        now=now,
        inspection_id=letter.inspection_id,
        finding=finding_id,
        version=answer.version,
    )
    return answer


def send_answers(db: Session, *, actor: Actor, letter_id: UUID, now: datetime) -> Letter:
    """Send all answers and measures. Raises NotFound, NotPossibleNow (sent, or something is lacking), or
    NotAllowed for whoever helps to write and does not send."""
    letter = open_for_answers(db, actor, letter_id)
    if not may(actor, Permission.SEND_ANSWERS):
        raise NotAllowed(WHO_SENDS)
    if not can_be_sent(point.as_answered for point in points_of(db, letter)):
        raise NotPossibleNow(N_("Something is still lacking in the answer. It is listed on the page."))
    letter.answers_sent_at = now
    letter.answers_sent_by_id = actor.user_id
    record_event(
        db, EventKind.ANSWERS_SENT, actor=actor, now=now, inspection_id=letter.inspection_id, letter=letter.id
    )
    tell(
        db,
        users=in_team(db, letter.inspection_id, (*INSPECTORS, TeamRole.DECISION_MAKER)),
        kind=NoticeKind.ANSWERS_SENT,
        inspection=letter.inspection_id,
        now=now,
    )
    return letter

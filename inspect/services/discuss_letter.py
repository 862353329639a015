"""What is said about the paragraphs of a letter: remarks, answers to them, and that they are dealt with.

A thread is a remark and the answers to it. It is resolved at its head, and opened again by an answer of
somebody who reviews. Nothing that was said is changed or taken away.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Remark
from ...models.notices import NoticeKind
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .find_letter import paragraph_of, the_letter
from .record_event import record_event
from .tell import tell

MAX_REMARK = 5_000
OVER = frozenset({LetterState.APPROVED, LetterState.SENT})
"""A letter that is approved is no longer talked about: it is taken back first."""


def make_remark(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    text: str,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Remark:
    """Say something about one paragraph of a letter in review. Raises NotAllowed, NotPossibleNow, Invalid."""
    letter = the_letter(db, inspection, kind)
    if letter.state is not LetterState.IN_REVIEW:
        raise NotPossibleNow(N_("The letter is not in review."))
    if not may(actor, Permission.REMARK_ON_LETTER, inspection):
        raise NotAllowed(N_("Remarks are made by those who review: decision-maker, peer reviewer, lawyer."))
    paragraph = paragraph_of(letter, paragraph_id)
    remark = Remark(paragraph_id=paragraph.id, text=_text(text), at=now, by_id=actor.user_id)
    paragraph.remarks.append(remark)
    db.flush()
    record_event(
        db, EventKind.REMARK_MADE, actor=actor, now=now, inspection_id=inspection.id,
        paragraph=paragraph.id, remark=remark.id,
    )  # fmt: skip
    tell(
        db, users={letter.author_id} - {actor.user_id}, kind=NoticeKind.REMARK_MADE,
        inspection=inspection.id, letter=letter.id, now=now,
    )  # fmt: skip
    return remark


def answer_remark(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    remark_id: UUID,
    text: str,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Remark:
    """Answer in the thread of a remark, for as long as the letter is not approved.

    An answer by somebody who reviews opens a thread that was dealt with again. Raises NotAllowed, NotFound,
    NotPossibleNow, Invalid.
    """
    letter = the_letter(db, inspection, kind)
    head = _head(letter, remark_id)
    reviews = may(actor, Permission.REMARK_ON_LETTER, inspection)
    if not (reviews or may(actor, Permission.WRITE_LETTER, inspection)):
        raise NotAllowed(N_("Remarks are answered by those who write the letter and those who review it."))
    if letter.state in OVER:
        raise NotPossibleNow(N_("The letter is approved. Take it back first, if it must be changed."))
    answer = Remark(
        paragraph_id=head.paragraph_id, answers_id=head.id, text=_text(text), at=now, by_id=actor.user_id
    )
    paragraph_of(letter, head.paragraph_id).remarks.append(answer)
    db.flush()
    record_event(
        db, EventKind.REMARK_ANSWERED, actor=actor, now=now, inspection_id=inspection.id,
        remark=answer.id, answers=head.id,
    )  # fmt: skip
    tell(
        db, users={letter.author_id, head.by_id} - {actor.user_id}, kind=NoticeKind.REMARK_MADE,
        inspection=inspection.id, letter=letter.id, now=now,
    )  # fmt: skip
    if reviews and head.resolved_at is not None:
        head.resolved_at = head.resolved_by_id = None
        record_event(
            db, EventKind.REMARK_OPENED_AGAIN, actor=actor, now=now, inspection_id=inspection.id,
            remark=head.id,
        )  # fmt: skip
    return answer


def resolve_remark(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    remark_id: UUID,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Remark:
    """Note that a thread is dealt with; by an author, or by whoever began it. Gives its head."""
    letter = the_letter(db, inspection, kind)
    remark = _head(letter, remark_id)
    if not (may(actor, Permission.WRITE_LETTER, inspection) or remark.by_id == actor.user_id):
        raise NotAllowed(N_("A remark is resolved by the inspectors of the case, or by whoever made it."))
    if remark.resolved_at is None:
        remark.resolved_at = now
        remark.resolved_by_id = actor.user_id
        record_event(
            db, EventKind.REMARK_RESOLVED, actor=actor, now=now, inspection_id=inspection.id, remark=remark.id
        )
    return remark


def is_open(remark: Remark) -> bool:
    """Whether it is the head of a thread that nobody has dealt with."""
    return remark.answers_id is None and remark.resolved_at is None


def open_threads(remarks: Iterable[Remark]) -> int:
    return sum(is_open(one) for one in remarks)


def _head(letter: Letter, remark_id: UUID) -> Remark:
    every = {one.id: one for paragraph in letter.paragraphs for one in paragraph.remarks}
    remark = every.get(remark_id)
    if remark is None:
        raise NotFound(N_("There is no such remark."))
    return every[remark.answers_id] if remark.answers_id else remark


def _text(text: str) -> str:
    if not text.strip():
        raise Invalid(N_("Write what should be looked at again."), {"field": "text"})
    if len(text) > MAX_REMARK:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "text", "num": len(text), "most": MAX_REMARK},
        )
    return text.strip()

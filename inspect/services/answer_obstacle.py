"""Answer, with a reason, what a letter lacks and will go on lacking."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_history import ObstacleAnswer
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Actor
from ..rules.letter_gaps import Gap
from .answer_divergence import LEAST_WORDS, MAX_REASON
from .find_gaps import gap_grounds, gaps_of
from .find_letter import may_write, name_of, the_letter
from .record_event import record_event
from .view_case import view_case


def answer_obstacle(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    key: str,
    version: int,
    reason: str,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> ObstacleAnswer:
    """Say why the letter may go although this is missing. `version` is 0 for the first answer.

    An answer about sentences holds for them as they stand now. Raises NotFound when the letter lacks no such
    thing; Invalid when the reason is no sentence; Conflict when somebody has answered since `version`.
    """
    letter = the_letter(db, inspection, kind)
    may_write(actor, inspection, letter)
    gap = find_gap(db, inspection, letter, key)
    reason = reason.strip()
    if len(reason.split()) < LEAST_WORDS:
        raise Invalid(N_("Write the reason as a sentence: the reviewer reads it."), {"field": "reason"})
    if len(reason) > MAX_REASON:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "reason", "num": len(reason), "most": MAX_REASON},
        )
    row = find_obstacle_answer(db, letter, key)
    if (row.version if row else 0) != version:
        raise Conflict(
            N_("Somebody else has written here since you opened the page. Both texts are kept below."),
            theirs={"reason": row.reason} if row else {},
            version=row.version if row else 0,
            by=name_of(db, row.by_id) if row else "",
        )
    if row is None:
        row = ObstacleAnswer(letter_id=letter.id, key=key, version=0)
        db.add(row)
    row.reason = reason
    row.about = json.dumps(gap.sentences, ensure_ascii=False) if gap.sentences else ""
    row.by_id, row.at = actor.user_id, now
    row.version += 1
    db.flush()
    record_event(
        db, EventKind.OBSTACLE_ANSWERED, actor=actor, now=now, inspection_id=inspection.id,
        answer=row.id, version=row.version,
    )  # fmt: skip
    return row


def find_gap(db: Session, inspection: Inspection, letter: Letter, key: str) -> Gap:
    """What is missing under that key, answered or not; NotFound when it is not missing."""
    grounds = gap_grounds(db, inspection, view_case(db, inspection))
    for gap in gaps_of(letter, letter.paragraphs, grounds):
        if gap.key == key:
            return gap
    raise NotFound(N_("The letter does not lack this any more."))


def find_obstacle_answer(db: Session, letter: Letter, key: str) -> ObstacleAnswer | None:
    return db.scalar(
        select(ObstacleAnswer).where(ObstacleAnswer.letter_id == letter.id, ObstacleAnswer.key == key)
    )

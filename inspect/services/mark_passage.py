"""Mark a stretch of a statement that is about a theme of its own, and take the mark away again."""

from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.codings import Coding, Memo, Passage
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from ..rules.weighing.configuration import GRAVE
from .code_unit import may_code, refuse_when_shut
from .next_name import hold_case
from .record_event import record_event


def mark_passage(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    statement_id: UUID,
    passage_id: UUID,
    begins: int,
    ends: int,
    now: datetime,
) -> Passage:
    """Mark the characters `begins` to `ends` (not included) of the statement. Stretches may overlap.

    The id is made by whoever marks, so that sending the same twice makes one passage. White space at
    either end is left out. Raises Invalid when nothing is left, or the stretch lies outside the text.
    """
    may_code(db, actor, inspection)
    hold_case(db, inspection)
    statement = db.get(Statement, statement_id)
    if statement is None or statement.inspection_id != inspection.id:
        raise NotFound(N_("There is no such statement or passage in this case."))
    refuse_when_shut(db, inspection, statement)
    standing = db.get(Passage, passage_id)
    if standing is not None:
        if standing.statement_id != statement_id:
            raise NotFound(N_("There is no such statement or passage in this case."))
        return standing
    text = statement.text
    if not 0 <= begins < ends <= len(text) or not text[begins:ends].strip():
        raise Invalid(N_("Select some words of the statement first."), {"field": "words"})
    while text[begins].isspace():
        begins += 1
    while text[ends - 1].isspace():
        ends -= 1
    passage = Passage(
        id=passage_id,
        inspection_id=inspection.id,
        statement_id=statement_id,
        label=_next_label(db, inspection, statement),
        begins=begins,
        ends=ends,
        marked_at=now,
        marked_by_id=actor.user_id,
    )
    db.add(passage)
    record_event(
        db,
        EventKind.PASSAGE_MARKED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        statement=statement_id,
        passage=passage.id,
    )
    db.flush()
    return passage


def _next_label(db: Session, inspection: Inspection, statement: Statement) -> str:
    """The statement's short name with a number: one that no statement and no passage of the case has."""
    stem = statement.label[:34] + "."
    taken = {
        label
        for table in (Passage, Statement)
        for label in db.scalars(
            select(table.label).where(
                table.inspection_id == inspection.id, table.label.startswith(stem, autoescape=True)
            )
        )
    }
    return next(name for name in (f"{stem}{number}" for number in count(1)) if name not in taken)


def place_of_words(text: str, words: str) -> tuple[int, int]:
    """Where `words` stand in `text`, for somebody who types or pastes them. Raises Invalid if they do not."""
    wanted = words.strip()
    begins = text.find(wanted) if wanted else -1
    if begins < 0:
        raise Invalid(
            N_("These words do not stand in the statement. Copy them exactly as they stand."),
            {"field": "words"},
        )
    return begins, begins + len(wanted)


def remove_passage(
    db: Session, *, actor: Actor, inspection: Inspection, passage_id: UUID, now: datetime
) -> None:
    """Take a mark away, with the actor's own coding of it.

    Raises NotPossibleNow when somebody else has coded the passage or written about it, or when
    anybody has ever judged it as grave: such an account is investigated, and what it was judged as is kept.
    """
    may_code(db, actor, inspection)
    hold_case(db, inspection)
    passage = db.get(Passage, passage_id)
    if passage is None or passage.inspection_id != inspection.id:
        raise NotFound(N_("There is no such statement or passage in this case."))
    refuse_when_shut(db, inspection, db.get_one(Statement, passage.statement_id))
    was_grave = db.scalar(
        select(Coding.id).where(Coding.passage_id == passage_id, Coding.severity >= GRAVE).limit(1)
    )
    others = {actor.user_id, *db.scalars(select(Coding.coder_id).where(Coding.passage_id == passage_id))}
    others |= set(db.scalars(select(Memo.by_id).where(Memo.passage_id == passage_id)))
    if others != {actor.user_id}:
        raise NotPossibleNow(N_("Somebody else has coded this passage or written about it. It stays."))
    if passage.marked_by_id not in (actor.user_id, None):
        raise NotPossibleNow(N_("Somebody else has marked this passage. Only they take the mark away."))
    if (passage.severity or 0) >= GRAVE or was_grave:
        raise NotPossibleNow(
            N_("A grave account is not removed. If it was misjudged, change the coding and say why.")
        )
    db.delete(passage)
    record_event(
        db,
        EventKind.PASSAGE_REMOVED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        statement=passage.statement_id,
        passage=passage_id,
    )
    db.flush()

"""The agenda of a dialogue meeting: open questions of the letter, and what either side adds. Both see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.dialogue import AgendaItem
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from .both_sides import allow_arranging, is_provider_of
from .communicate_facts import TOO_LONG
from .record_event import record_event

MOST_ITEM = 1000
MOST_ITEMS = 40
ASIDE = frozenset({"questions.intro", "questions.meeting"})
"""What introduces the questions, and invites to the meeting."""


@dataclass(frozen=True, slots=True)
class Question:
    """An open question of the letter that may be put on the agenda. `key`: its paragraph."""

    key: str
    text: str


def agenda(db: Session, inspection: Inspection, *, meeting_id: UUID | None = None) -> Sequence[AgendaItem]:
    """What waits for the next meeting, in the order it was added; or what that meeting took up."""
    return db.scalars(
        select(AgendaItem)
        .where(
            AgendaItem.inspection_id == inspection.id,
            AgendaItem.meeting_id.is_(None) if meeting_id is None else AgendaItem.meeting_id == meeting_id,
        )
        .order_by(AgendaItem.added_at, AgendaItem.id)
    ).all()


def open_questions(db: Session, inspection: Inspection) -> Sequence[Question]:
    """The questions of the Swedish letter that no agenda has had yet."""
    taken = set(db.scalars(select(AgendaItem.source).where(AgendaItem.inspection_id == inspection.id)).all())
    rows = db.scalars(
        select(Paragraph)
        .join(Letter, Letter.id == Paragraph.letter_id)
        .where(
            Letter.inspection_id == inspection.id,
            Letter.kind == LetterKind.FEEDBACK,
            Paragraph.language == "sv",
            Paragraph.section == "questions",
            ~Paragraph.removed,
        )
        .order_by(Paragraph.position)
    )
    return [
        Question(one.key, one.text)
        for one in rows
        if one.key not in taken and one.key not in ASIDE and one.text.strip()
    ]


def add_to_agenda(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    text: str = "",
    questions: Collection[str] = (),
    now: datetime,
) -> Sequence[AgendaItem]:
    """Put the open questions with these keys, and an own matter, on the agenda; both sides see it.

    Raises NotAllowed, NotPossibleNow, Invalid (nothing chosen or written, too long).
    """
    allow_arranging(db, actor, inspection)
    by_provider = is_provider_of(actor, inspection)
    if len(text) > MOST_ITEM:
        raise Invalid(TOO_LONG, {"field": "text", "num": len(text), "most": MOST_ITEM})
    known = {one.key: one.text for one in open_questions(db, inspection)} if not by_provider else {}
    wanted = [(key, known[key]) for key in questions if key in known]
    if text.strip():
        wanted.append(("", text.strip()))
    if not wanted:
        raise Invalid(N_("Write what you want to talk about."), {"field": "text"})
    if len(agenda(db, inspection)) + len(wanted) > MOST_ITEMS:
        raise Invalid(
            N_("The agenda is long already. Gather matters that belong together."), {"field": "text"}
        )
    made = []
    for source, words in wanted:
        item = AgendaItem(
            inspection_id=inspection.id, source=source, by_provider=by_provider, added_at=now,
            by_id=actor.user_id,
        )  # fmt: skip
        db.add(item)
        db.flush()
        item.text = words
        made.append(item)
        _record(db, actor, inspection, now, item=item.id, change="added")
    return made


def remove_from_agenda(
    db: Session, *, actor: Actor, inspection: Inspection, item_id: UUID, now: datetime
) -> None:
    """Take away what one's own side has put on the agenda. Raises NotAllowed, NotFound, NotPossibleNow."""
    allow_arranging(db, actor, inspection)
    item = next((one for one in agenda(db, inspection) if one.id == item_id), None)
    if item is None:
        raise NotFound(N_("It is not on the agenda any more."))
    if item.by_provider != is_provider_of(actor, inspection):
        raise NotPossibleNow(N_("The other side has put this on the agenda. It stays."))
    _record(db, actor, inspection, now, item=item.id, change="removed")
    db.delete(item)
    db.flush()


def _record(db: Session, actor: Actor, inspection: Inspection, now: datetime, **details: object) -> None:
    record_event(db, EventKind.AGENDA_CHANGED, actor=actor, now=now, inspection_id=inspection.id, **details)

"""Change one paragraph of the letter: edit, take the fresh text, remove, restore."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH, Paragraph
from ...models.vocabulary import N_, EventKind
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Actor
from ..rules.letter_obstacles import ParagraphLike
from .find_letter import may_write, name_of, paragraph_of, the_letter
from .record_event import record_event

FIXED_PARTS = frozenset({"word", "level", "due", "sources"})
"""Parts that follow from the finding or the weighing, and are changed there."""


def is_fixed(paragraph: ParagraphLike) -> bool:
    """Whether the text follows from a decision elsewhere and is not edited in the letter."""
    part = paragraph.key.rsplit(".", 1)[1]
    return part in FIXED_PARTS or (paragraph.section == "assessment" and part == "title")


def edit_paragraph(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    text: str,
    now: datetime,
) -> Paragraph:
    """Keep what a person wrote.

    Raises Conflict with the other's text when somebody has written since `version`; Invalid when too long.
    """
    paragraph = _open(db, actor, inspection, paragraph_id, version)
    if is_fixed(paragraph):
        raise NotPossibleNow(N_("This follows from the finding or the weighing. Change it there."))
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "text", "num": len(text), "most": MAX_PARAGRAPH},
        )
    text = text.replace("\r\n", "\n").strip()
    if text != paragraph.text:
        paragraph.text = text
        paragraph.edited = text != paragraph.composed
        _changed(db, actor, inspection, paragraph, now)
    return paragraph


def take_composed(
    db: Session, *, actor: Actor, inspection: Inspection, paragraph_id: UUID, version: int, now: datetime
) -> Paragraph:
    """Put the text made from the data in the place of what was edited."""
    paragraph = _open(db, actor, inspection, paragraph_id, version)
    paragraph.text = paragraph.composed
    paragraph.edited = False
    _changed(db, actor, inspection, paragraph, now)
    return paragraph


def remove_paragraph(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    removed: bool,
    now: datetime,
) -> Paragraph:
    """Leave a paragraph out of the letter, or put it back (`removed=False`). Its text is kept."""
    paragraph = _open(db, actor, inspection, paragraph_id, version)
    if removed and (paragraph.finding_id is not None or is_fixed(paragraph)):
        raise NotPossibleNow(N_("This is a part of a finding. Remove the finding instead."))
    paragraph.removed = removed
    _changed(db, actor, inspection, paragraph, now)
    return paragraph


def _open(db: Session, actor: Actor, inspection: Inspection, paragraph_id: UUID, version: int) -> Paragraph:
    letter = the_letter(db, inspection)
    may_write(actor, inspection, letter)
    paragraph = paragraph_of(letter, paragraph_id)
    db.refresh(paragraph, with_for_update=True)
    if paragraph.version != version:
        raise Conflict(
            N_("Somebody else has changed this paragraph since you opened it. Both texts are shown."),
            theirs={"text": paragraph.text},
            version=paragraph.version,
            by=name_of(db, paragraph.edited_by_id),
        )
    return paragraph


def _changed(db: Session, actor: Actor, inspection: Inspection, paragraph: Paragraph, now: datetime) -> None:
    paragraph.version += 1
    paragraph.edited_at = now
    paragraph.edited_by_id = actor.user_id
    record_event(
        db,
        EventKind.PARAGRAPH_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        paragraph=paragraph.id,
        version=paragraph.version,
    )

"""Change one paragraph of a letter: edit it, choose its text, leave it out, put an earlier text back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, TextChange
from ...models.letters import MAX_PARAGRAPH, Letter, Paragraph
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from ..rules.letter_obstacles import ParagraphLike
from ..rules.paragraph_life import Standing
from .find_letter import may_write, name_of, paragraph_of, the_letter
from .keep_text import keep_text, kept_texts, texts_of
from .merge_paragraphs import stand, standing_of
from .record_event import record_event

FIXED_PARTS = frozenset({"word", "level", "due", "sources"})
"""Parts that follow from the finding or the weighing, and are changed there."""


def is_fixed(paragraph: ParagraphLike) -> bool:
    """Whether the text follows from a decision elsewhere and is not edited in the letter."""
    part = paragraph.key.rsplit(".", 1)[-1]
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
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Keep what a person wrote.

    Raises Conflict with the other's text when somebody has written since `version`; Invalid when too long.
    """
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    if is_fixed(paragraph):
        raise NotPossibleNow(N_("This follows from the finding or the weighing. Change it there."))
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "text", "num": len(text), "most": MAX_PARAGRAPH},
        )
    text = text.replace("\r\n", "\n").strip()
    if text != paragraph.text:
        _let_stand(
            db, actor, inspection, letter, paragraph, TextChange.EDITED, lambda one: one.written(text), now
        )
    return paragraph


def take_composed(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Put the text made from the data in the place of what was edited, which is kept."""
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    _let_stand(db, actor, inspection, letter, paragraph, TextChange.TAKEN, Standing.taken, now)
    return paragraph


def take_merged(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Take what the person wrote and what the data changed in one text, where they do not meet."""
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    if standing_of(paragraph).both is None:
        raise NotPossibleNow(
            N_("You and the data have changed the same sentence. Choose one text, or write a third.")
        )
    _let_stand(db, actor, inspection, letter, paragraph, TextChange.MERGED, Standing.joined, now)
    return paragraph


def keep_edited(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Stay with what was written, having seen what the data give now. Asked again when they change."""
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    _let_stand(db, actor, inspection, letter, paragraph, TextChange.EDITED, Standing.kept, now)
    return paragraph


def restore_text(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    number: int,
    step: int = 0,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Put an earlier text back, as a new one. `step`: how far back in its run (0 is its last text)."""
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    if is_fixed(paragraph):
        raise NotPossibleNow(N_("This follows from the finding or the weighing. Change it there."))
    kept = next((one for one in kept_texts(db, letter, paragraph) if one.number == number), None)
    texts = texts_of(kept) if kept else []
    if not 0 <= step < len(texts):
        raise NotFound(N_("There is no such earlier text."))
    _let_stand(
        db, actor, inspection, letter, paragraph, TextChange.RESTORED,
        lambda one: one.written(texts[step]), now,
    )  # fmt: skip
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
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Leave a paragraph out of the letter, or put it back (`removed=False`). Its text is kept."""
    _letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    if removed and (paragraph.finding_id is not None or is_fixed(paragraph)):
        raise NotPossibleNow(N_("This is a part of a finding. Remove the finding instead."))
    paragraph.removed = removed
    _changed(db, actor, inspection, paragraph, now)
    return paragraph


def open_paragraph(
    db: Session, actor: Actor, inspection: Inspection, kind: LetterKind, paragraph_id: UUID, version: int
) -> tuple[Letter, Paragraph]:
    """The letter and its paragraph, locked, if `actor` may write in it and has seen what stands there.

    Raises Conflict with the other's text when somebody has changed it since `version`.
    """
    letter = the_letter(db, inspection, kind)
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
    return letter, paragraph


def _let_stand(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    paragraph: Paragraph,
    change: TextChange,
    turn: Callable[[Standing], Standing],
    now: datetime,
) -> None:
    was = paragraph.text
    if stand(paragraph, turn(standing_of(paragraph))):
        keep_text(db, letter=letter, paragraph=paragraph, was=was, change=change, by=actor.user_id, now=now)
    _changed(db, actor, inspection, paragraph, now)


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

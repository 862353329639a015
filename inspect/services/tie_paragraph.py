"""Tie a paragraph of a letter to the evidence it rests on; and read what can be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Check, Finding
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import N_, Wish
from ..errors import Invalid
from ..rules.access import Actor
from .edit_paragraph import open_paragraph
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class Choices:
    """Labels of statements and ids of requirements that a paragraph can be tied to, by area.

    `area`: the one that the paragraph is about; None when it is about the case as a whole. What is about no
    area stands under "".
    """

    area: str | None
    by_area: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for names in self.by_area.values() for name in names)


def tie_paragraph(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    paragraph_id: UUID,
    version: int,
    chosen: Iterable[str],
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Paragraph:
    """Let the paragraph, as its text stands, rest on `chosen`; nothing chosen unties it.

    Raises Conflict when somebody has changed the paragraph since `version`; Invalid when a piece is not the
    case's, or was told by somebody who wants it told to nobody (METHOD 2.17).
    """
    letter, paragraph = open_paragraph(db, actor, inspection, kind, paragraph_id, version)
    names = list(dict.fromkeys(chosen))
    choices = choices_for(db, inspection, paragraph)
    if not set(names) <= set(choices.names):
        raise Invalid(N_("Choose among the evidence of the case."), {"field": "chosen"})
    for one in _same_place(letter, paragraph):
        one.tied = names
        one.vouched = one.text if names else ""
    paragraph.version += 1
    paragraph.edited_at = now
    paragraph.edited_by_id = actor.user_id
    record_event(
        db, EventKind.PARAGRAPH_TIED, actor=actor, now=now, inspection_id=inspection.id,
        paragraph=paragraph.id, number=len(names),
    )  # fmt: skip
    return paragraph


def choices_for(db: Session, inspection: Inspection, paragraph: Paragraph) -> Choices:
    """All evidence of the case but what must be told to nobody."""
    pack = load_pack(inspection.pack)
    rows = db.execute(
        select(Statement.label, Statement.theme)
        .where(Statement.inspection_id == inspection.id, Statement.wish != Wish.NOT_AT_ALL)
        .order_by(Statement.recorded_at, Statement.id)
    )
    marked = set(db.scalars(select(Check.requirement).where(Check.inspection_id == inspection.id)))
    found: dict[str, list[str]] = {area: [] for area in (*(one.id for one in pack.areas), "")}
    for row in rows:
        found[pack.theme(row.theme).area if row.theme else ""].append(row.label)
    for rule in pack.requirements:
        if rule.id in marked:
            for area in {pack.theme(theme).area: None for theme in rule.themes} or {"": None}:
                found[area].append(rule.id)
    return Choices(
        _area_of(db, paragraph, pack), {area: tuple(names) for area, names in found.items() if names}
    )


def _area_of(db: Session, paragraph: Paragraph, pack: Pack) -> str | None:
    """The area that the paragraph is about; None when it is about the case as a whole."""
    if paragraph.finding_id is not None:
        return db.scalar(select(Finding.area).where(Finding.id == paragraph.finding_id))
    parts = {part.removeprefix("area-") for part in paragraph.key.split(".")}
    return next((area.id for area in pack.areas if area.id in parts), None)


def _same_place(letter: Letter, paragraph: Paragraph) -> Sequence[Paragraph]:
    """The paragraph in every language: a translation rests on what its original rests on."""
    return [one for one in letter.paragraphs if one.key == paragraph.key]

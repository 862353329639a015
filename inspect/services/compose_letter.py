"""Compose the letter from the data, first and again; what a person wrote is never lost."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...models.inspections import Inspection
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import EventKind, LetterState
from ...reports.wording import wording
from ..i18n import LANGUAGES
from ..rules.access import Actor
from ..rules.case_view import CaseView
from ..rules.letter_composition import Composed, compose
from .find_letter import find_letter, may_write
from .propose_findings import phrases_of
from .record_event import record_event
from .view_case import view_case


def on_day(day: date) -> Text:
    return Text(wording("sv").on(day), wording("en").on(day))


def fresh_paragraphs(view: CaseView) -> tuple[Composed, ...]:
    """What the letter says if it is composed now, in both languages."""
    return compose(view, phrases_of(view), on_day)


def compose_letter(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> Letter:
    """Make the letter, or bring it up to date.

    A paragraph that nobody has edited follows the data. An edited one keeps its text and has the new
    text beside it. A paragraph that the data no longer gives goes, unless somebody has edited it or
    remarked on it; then it stays, last in its section, with nothing beside it.
    """
    letter = find_letter(db, inspection)
    may_write(actor, inspection, letter)
    if letter is None:
        letter = Letter(
            inspection_id=inspection.id, author_id=actor.user_id, composed_at=now,
            state=LetterState.DRAFT, paragraphs=[], reviews=[], versions=[],
        )  # fmt: skip
        db.add(letter)
    fresh = fresh_paragraphs(view_case(db, inspection))
    for language in LANGUAGES:
        _bring_up_to_date(letter, language, fresh)
    letter.composed_at = now
    db.flush()
    record_event(
        db, EventKind.LETTER_COMPOSED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    return letter


def _bring_up_to_date(letter: Letter, language: str, fresh: tuple[Composed, ...]) -> None:
    known = {one.key: one for one in letter.paragraphs if one.language == language}
    for position, made in enumerate(fresh):
        text = made.text.in_language(language)
        paragraph = known.pop(made.key, None)
        if paragraph is None:
            paragraph = Paragraph(
                letter_id=letter.id, language=language, key=made.key, section=made.section,
                position=position, text=text, composed=text, remarks=[],
            )  # fmt: skip
            letter.paragraphs.append(paragraph)
        elif paragraph.composed != text:
            paragraph.composed = text
            if not paragraph.edited:
                paragraph.text = text
                paragraph.version += 1
        paragraph.section = made.section
        paragraph.position = position
        paragraph.evidence = list(made.evidence)
        paragraph.finding_id = made.finding_id
    for paragraph in known.values():
        if paragraph.edited or paragraph.remarks:
            paragraph.composed = ""
            paragraph.position = _after_its_section(paragraph, fresh)
        else:
            letter.paragraphs.remove(paragraph)


def _after_its_section(paragraph: Paragraph, fresh: tuple[Composed, ...]) -> int:
    in_section = [at for at, made in enumerate(fresh) if made.section == paragraph.section]
    return max(in_section, default=len(fresh))

"""Data that have changed meet what people wrote: paragraph by paragraph, and nothing is lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.letter_vocabulary import TextChange
from ...models.letters import Letter, Paragraph
from ..rules.letter_phrases import Composed
from ..rules.paragraph_life import Standing
from .keep_text import keep_text


def standing_of(paragraph: Paragraph) -> Standing:
    """The paragraph as rules/paragraph_life.py sees it."""
    return Standing(paragraph.text, paragraph.composed, paragraph.base, paragraph.edited)


def stand(paragraph: Paragraph, now_is: Standing) -> bool:
    """Let the paragraph stand so. Whether its text became another."""
    was = standing_of(paragraph)
    if now_is.text != was.text:
        paragraph.text = now_is.text
    if now_is.composed != was.composed:
        paragraph.composed = now_is.composed
    if now_is.base != was.base:
        paragraph.base = now_is.base
    paragraph.edited = now_is.edited
    return now_is.text != was.text


def merge_paragraphs(
    db: Session,
    *,
    letter: Letter,
    language: str,
    fresh: Sequence[Composed],
    by: UUID | None,
    now: datetime,
) -> None:
    """Bring the paragraphs of one language up to date with what the data give now.

    A paragraph that nobody has edited follows the data. An edited one keeps its text and has the new text
    beside it. One that the data no longer give goes, unless somebody has edited it or remarked
    on it; then it stays, last in its section, with nothing beside it. Every text that stood is kept.
    """

    def keep(paragraph: Paragraph, was: str, change: TextChange) -> None:
        keep_text(db, letter=letter, paragraph=paragraph, was=was, change=change, by=by, now=now)

    known = {one.key: one for one in letter.paragraphs if one.language == language}
    for position, made in enumerate(fresh):
        text = made.text.in_language(language)
        paragraph = known.pop(made.key, None)
        if paragraph is None:
            paragraph = Paragraph(
                letter_id=letter.id, language=language, key=made.key, section=made.section,
                position=position, text=text, composed=text, base="", tied=[], vouched="", remarks=[],
            )  # fmt: skip
            letter.paragraphs.append(paragraph)
        elif paragraph.composed != text:
            was = paragraph.text
            if stand(paragraph, standing_of(paragraph).recomposed(text)):
                paragraph.version += 1
                keep(paragraph, was, TextChange.COMPOSED)
        paragraph.section = made.section
        paragraph.position = position
        paragraph.evidence = list(made.evidence)
        paragraph.finding_id = made.finding_id
    for paragraph in known.values():
        if paragraph.edited or paragraph.remarks:
            stand(paragraph, standing_of(paragraph).gone())
            paragraph.position = _after_its_section(paragraph, fresh)
        else:
            keep(paragraph, paragraph.text, TextChange.GONE)
            letter.paragraphs.remove(paragraph)


def _after_its_section(paragraph: Paragraph, fresh: Iterable[Composed]) -> int:
    places = list(enumerate(fresh))
    return max((at for at, made in places if made.section == paragraph.section), default=len(places))

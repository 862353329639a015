"""Bring the approved letter up to the decision: what came after the review, and nothing else.

Between approval and sending the provider replies and the decision is recorded. The sections that tell
of that follow the data, unless a person has edited them; what was reviewed stands as it was approved.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, Paragraph
from ..i18n import LANGUAGES
from ..rules.access import Actor
from ..rules.letter_composition import Composed
from ..settings import AuthorityDetails
from .compose_letter import fresh_paragraphs
from .freeze_letter import freeze_letter
from .view_case import view_case

AFTER_REVIEW = frozenset({"your_view", "decision", "legal"})
"""The sections that tell of the reply (FL 25 §), the decision (FL 31–33 §§) and how to appeal."""

AFTER_REVIEW_PART = ".your_view"
"""The part of each deficiency that tells of the reply."""


def complete_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    authority: AuthorityDetails,
    now: datetime,
) -> None:
    """Let those sections follow the data and freeze the letter anew, dated today; older versions are kept."""
    fresh = fresh_paragraphs(view_case(db, inspection))
    for language in LANGUAGES:
        _bring_up(letter, language, fresh)
    db.flush()
    freeze_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)


def comes_after_review(section: str, key: str) -> bool:
    return section in AFTER_REVIEW or key.endswith(AFTER_REVIEW_PART)


def _bring_up(letter: Letter, language: str, fresh: tuple[Composed, ...]) -> None:
    known = {one.key: one for one in letter.paragraphs if one.language == language}
    for position, made in enumerate(fresh):
        paragraph = known.pop(made.key, None)
        if paragraph is not None:
            paragraph.position = position
        if not comes_after_review(made.section, made.key):
            continue
        text = made.text.in_language(language)
        if paragraph is None:
            letter.paragraphs.append(
                Paragraph(
                    letter_id=letter.id,
                    language=language,
                    key=made.key,
                    section=made.section,
                    position=position,
                    finding_id=made.finding_id,
                    evidence=list(made.evidence),
                    text=text,
                    composed=text,
                    remarks=[],
                )
            )
        elif not paragraph.edited and paragraph.text != text:
            paragraph.text = paragraph.composed = text
            paragraph.version += 1
    for left in known.values():
        if comes_after_review(left.section, left.key) and not left.edited:
            left.removed = True

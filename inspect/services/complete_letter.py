"""Bring the approved letter up to the decision: what came after the review, and nothing else.

Between approval and sending the provider replies and the decision is recorded. The sections that tell
of that follow the data, unless a person has edited them; what was reviewed stands as it was approved.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letter_vocabulary import TextChange
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import N_
from ..errors import NotPossibleNow
from ..i18n import LANGUAGES
from ..rules.access import Actor
from ..rules.letter_phrases import Composed
from ..settings import AuthorityDetails
from .check_identities import open_marks, words_of
from .compose_letter import fresh_paragraphs
from .corrected_facts import corrected_facts, corrected_text, is_of_corrected
from .freeze_letter import freeze_letter
from .keep_text import keep_text
from .view_case import view_case

Changed = tuple[Paragraph, str, TextChange]
"""A paragraph with the text that it had, and how that became another."""

AFTER_REVIEW = frozenset({"your_view", "decision", "legal"})
"""The sections that tell of the reply (FL 25 §), the decision (FL 31–33 §§) and how to appeal."""

AFTER_REVIEW_PARTS = (".your_view", ".achieve")
"""The parts of each deficiency that tell of the reply, and that refer to an order where there is one."""

AFTER_REVIEW_KEY = "summary.lead"
"""What the letter begins with: whether there is a separate decision too."""

NOT_LOOKED_AT = N_(
    "What the letter tells of the reply and the decision has words that may tell who somebody is: %(words)s."
    " Correct the record of the decision: write otherwise, or say there that they do not."
)


def complete_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    authority: AuthorityDetails,
    now: datetime,
) -> None:
    """Let those sections follow the data and freeze the letter anew, dated today.

    Older versions are kept, and of each paragraph the text that stood.

    Raises NotPossibleNow when they hold words that may tell who somebody is, and nobody has looked at them.
    """
    fresh = fresh_paragraphs(view_case(db, inspection))
    corrected = corrected_facts(db, inspection)
    changed = []
    for language in LANGUAGES:
        for paragraph, was, change in _bring_up(letter, language, fresh, corrected):
            keep_text(
                db, letter=letter, paragraph=paragraph, was=was, change=change, by=actor.user_id, now=now
            )
            changed.append(paragraph)
    db.flush()
    left = open_marks(db, inspection, letter, changed)
    if left:
        raise NotPossibleNow(NOT_LOOKED_AT, {"words": words_of(left)})
    freeze_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)


def comes_after_review(section: str, key: str) -> bool:
    return section in AFTER_REVIEW or key.endswith(AFTER_REVIEW_PARTS) or key == AFTER_REVIEW_KEY


def _bring_up(
    letter: Letter, language: str, fresh: tuple[Composed, ...], corrected: dict[UUID, str]
) -> Iterator[Changed]:
    """Those that say something else than when the letter was approved, or nothing any more.

    A fact that was corrected after the reply stands in place of what somebody wrote about it by hand.
    """
    known = {one.key: one for one in letter.paragraphs if one.language == language}
    for position, made in enumerate(fresh):
        paragraph = known.pop(made.key, None)
        if paragraph is not None:
            paragraph.position = position
        is_corrected = is_of_corrected(made.key, made.finding_id, corrected)
        if not (comes_after_review(made.section, made.key) or is_corrected):
            continue
        text = made.text.in_language(language)
        if is_corrected:
            text = corrected_text(made.key, made.finding_id, language, text, corrected)
        if paragraph is None:
            paragraph = Paragraph(
                letter_id=letter.id, language=language, key=made.key, section=made.section,
                position=position, finding_id=made.finding_id, evidence=list(made.evidence),
                text=text, composed=text, remarks=[],
            )  # fmt: skip
            letter.paragraphs.append(paragraph)
            yield paragraph, "", TextChange.COMPOSED
        elif (is_corrected or not paragraph.edited) and paragraph.text != text:
            was, paragraph.text, paragraph.composed = paragraph.text, text, text
            paragraph.edited = False
            paragraph.version += 1
            yield paragraph, was, TextChange.COMPOSED
    for left in known.values():
        if comes_after_review(left.section, left.key) and not (left.edited or left.removed):
            left.removed = True
            yield left, left.text, TextChange.GONE

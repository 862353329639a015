"""What keeps a letter from being submitted, approved or issued: asked of the case as it is now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph
from ..rules.case_view import CaseView
from ..rules.letter_decision import unstated_measures
from ..rules.letter_kinds import KINDS
from ..rules.letter_obstacles import Obstacle, is_orphan, obstacles
from .answer_divergence import find_register
from .check_identities import open_marks
from .compose_letter import fresh_paragraphs, on_day, view_for
from .find_gaps import gap_grounds, open_gaps
from .gather_facts import gather_facts
from .letter_passages import Passage
from .propose_findings import phrases_of


def obstacles_of(
    db: Session, inspection: Inspection, letter: Letter, *, now: datetime
) -> tuple[Obstacle, ...]:
    """What keeps the letter from being submitted, approved or issued.

    What the case itself lacks keeps the feedback letter only; of every other kind the text is asked.
    """
    view = view_for(db, inspection, letter.kind, on=letter.composed_at)
    if letter.kind is not LetterKind.FEEDBACK:
        gaps = open_gaps(db, letter, letter.paragraphs)
        return obstacles_of_text(
            letter.paragraphs, stale=is_stale(view, letter), gaps=gaps,
            open_marks=len(open_marks(db, inspection, letter)), unstated=unstated_of(view, letter.kind),
        )  # fmt: skip
    facts = gather_facts(db, inspection, now=now)
    register = find_register(db, inspection)
    return obstacles(
        findings=view.findings,
        marks=view.marks,
        paragraphs=letter.paragraphs,
        unjudged=facts.unjudged,
        areas_without_reasoning=len(facts.areas_without_reasoning),
        stale=is_stale(view, letter),
        unanswered=[entry.key for entry in register.left],
        proposed_saw=phrases_of(view).proposed_saw(),
        gaps=open_gaps(db, letter, letter.paragraphs, gap_grounds(db, inspection, view, register)),
        open_marks=len(open_marks(db, inspection, letter)),
    )


def unstated_of(view: CaseView, kind: LetterKind) -> Mapping[UUID, Text]:
    """The measures that nobody has written, where the letter is the order itself (SoL 28 kap. 9 §)."""
    if kind is not LetterKind.DECISION:
        return {}
    return unstated_measures(view, phrases_of(view), on_day)


def obstacles_of_text(
    paragraphs: Sequence[Paragraph] | Sequence[Passage],
    *,
    stale: bool,
    gaps: Sequence[Obstacle] = (),
    open_marks: int = 0,
    unstated: Mapping[UUID, Text] | None = None,
) -> tuple[Obstacle, ...]:
    """Those that any kind of letter can have: data that have changed, an empty paragraph, a bare sentence."""
    return obstacles(
        findings=(), marks=(), paragraphs=paragraphs, unjudged=(), areas_without_reasoning=0, stale=stale,
        gaps=gaps, open_marks=open_marks, unstated=unstated,
    )  # fmt: skip


def is_stale(view: CaseView, letter: Letter) -> bool:
    """Whether composing again would give other paragraphs than those the letter was last composed of."""
    fresh = {
        (language, made.key): made.text.in_language(language)
        for made in fresh_paragraphs(view, letter.kind)
        for language in KINDS[letter.kind].languages
    }
    known = {
        (one.language, one.key): one.composed
        for one in letter.paragraphs
        if one.composed and not is_orphan(one)
    }
    return known != {key: text for key, text in fresh.items() if text}

"""What keeps a letter from review, as its pages show it: composed anew only when the case has changed.

Submitting and approving ask services/find_obstacles.py, which always composes. A page is read far more
often than a case is changed, so what the case gives is kept until the log tells of another change.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ..rules.case_view import FindingView, Marked
from ..rules.inspection_flow import CaseFacts
from ..rules.letter_gaps import GapGrounds
from ..rules.letter_obstacles import Obstacle, obstacles
from .answer_divergence import find_register
from .check_identities import open_marks
from .compose_letter import view_for
from .find_gaps import AnsweredGap, gap_grounds, gaps_and_answers
from .find_letter import the_letter
from .find_obstacles import is_stale, obstacles_of_text, unstated_of
from .last_change import last_change
from .letter_passages import Passage
from .propose_findings import phrases_of

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Grounds:
    findings: tuple[FindingView, ...]
    marks: tuple[Marked, ...]
    stale: bool
    unanswered: tuple[str, ...]
    proposed_saw: tuple[str, ...]
    gaps: GapGrounds
    unstated: Mapping[UUID, Text]


_kept: OrderedDict[Hashable, _Grounds] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Seen:
    """What keeps a letter from review, and what it lacks and was answered for with a reason."""

    obstacles: tuple[Obstacle, ...]
    answered: tuple[AnsweredGap, ...]


def see_obstacles(
    db: Session, inspection: Inspection, letter: Letter, passages: Sequence[Passage], facts: CaseFacts
) -> Seen:
    """As find_obstacles.obstacles_of, for a page."""
    grounds = _grounds(db, inspection, letter)
    gaps, answered = gaps_and_answers(db, letter, passages, grounds.gaps)
    left = len(open_marks(db, inspection, letter, passages))
    if letter.kind is not LetterKind.FEEDBACK:
        found = obstacles_of_text(
            passages, stale=grounds.stale, gaps=gaps, open_marks=left, unstated=grounds.unstated
        )
        return Seen(found, answered)
    found = obstacles(
        findings=grounds.findings,
        marks=grounds.marks,
        paragraphs=passages,
        unjudged=facts.unjudged,
        areas_without_reasoning=len(facts.areas_without_reasoning),
        stale=grounds.stale,
        unanswered=grounds.unanswered,
        proposed_saw=grounds.proposed_saw,
        gaps=gaps,
        open_marks=left,
    )
    return Seen(found, answered)


def _grounds(db: Session, inspection: Inspection, letter: Letter) -> _Grounds:
    key = _key(db, inspection, letter)
    if key not in _kept:
        view = view_for(db, inspection, letter.kind, on=letter.composed_at)
        register = find_register(db, inspection)
        _kept[key] = _Grounds(
            view.findings,
            view.marks,
            is_stale(view, the_letter(db, inspection, letter.kind)),
            tuple(entry.key for entry in register.left),
            phrases_of(view).proposed_saw(),
            gap_grounds(db, inspection, view, register),
            unstated_of(view, letter.kind),
        )
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _key(db: Session, inspection: Inspection, letter: Letter) -> Hashable:
    """The same as long as nothing has been done in the case, and nobody in it has another name."""
    last = last_change(db, inspection.id)
    people = tuple((member.name, member.role) for member in inspection.team)
    return letter.id, last, letter.composed_at, inspection.home.name, people

"""What keeps a letter from review, as its pages show it: composed anew only when the case has changed.

Submitting and approving ask services/review_letter.py, which always composes. A page is read far more
often than a case is changed, so what the case gives is kept until the log tells of another change.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.vocabulary import EventKind
from ..rules.case_view import FindingView, Marked
from ..rules.inspection_flow import CaseFacts
from ..rules.letter_obstacles import Obstacle, obstacles
from .find_letter import the_letter
from .letter_passages import Passage
from .review_letter import is_stale
from .view_case import view_case

SAYS_NOTHING_NEW = (
    EventKind.INSPECTION_READ,
    EventKind.INSPECTION_EXPORTED,
    EventKind.PARAGRAPH_CHANGED,
    EventKind.REMARK_MADE,
    EventKind.REMARK_RESOLVED,
    EventKind.LETTER_RENDERED,
    EventKind.LETTER_OPENED,
    EventKind.LOG_READ,
)
"""What is logged of a case without changing anything a letter is composed from."""

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Grounds:
    findings: tuple[FindingView, ...]
    marks: tuple[Marked, ...]
    stale: bool


_kept: OrderedDict[Hashable, _Grounds] = OrderedDict()


def see_obstacles(
    db: Session, inspection: Inspection, letter: Letter, passages: Sequence[Passage], facts: CaseFacts
) -> tuple[Obstacle, ...]:
    """As review_letter.obstacles_of, for a page."""
    grounds = _grounds(db, inspection, letter)
    return obstacles(
        findings=grounds.findings,
        marks=grounds.marks,
        paragraphs=passages,
        unjudged=facts.unjudged,
        areas_without_reasoning=len(facts.areas_without_reasoning),
        stale=grounds.stale,
    )


def _grounds(db: Session, inspection: Inspection, letter: Letter) -> _Grounds:
    key = _key(db, inspection, letter)
    if key not in _kept:
        view = view_case(db, inspection)
        _kept[key] = _Grounds(view.findings, view.marks, is_stale(view, the_letter(db, inspection)))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _key(db: Session, inspection: Inspection, letter: Letter) -> Hashable:
    """The same as long as nothing has been done in the case, and nobody in it has another name."""
    last = db.scalar(
        select(Event.id)
        .where(Event.inspection_id == inspection.id, Event.kind.not_in(SAYS_NOTHING_NEW))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(1)
    )
    people = tuple((member.name, member.role) for member in inspection.team)
    return letter.id, last, letter.composed_at, inspection.home.name, people

"""May a decision be appealed, and by what law: derived from what is decided, never chosen.

What the law says of each kind of decision stands in the pack: `appeal` in its letter.yaml.
"""

from collections.abc import Iterable

from ...interview_guides.letter_wording import AppealWording, LetterWording
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import FindingKind, LegalLevel
from .case_view import CaseView


def appeal_of(kind: DecisionKind, wording: LetterWording) -> AppealWording:
    """What the law of the pack says about appealing a decision of this kind."""
    return wording.appeals[kind.value]


def decision_of(view: CaseView) -> DecisionKind:
    """What is decided: as it is recorded, and before that what the deficiencies lead to."""
    if view.course.decided is not None:
        return view.course.decided.kind
    return kind_decided(one.level for one in view.findings if one.kind is FindingKind.DEFICIENCY)


def kind_decided(levels: Iterable[int]) -> DecisionKind:
    """What the levels of the deficiencies lead to: an order from malpractice up, else criticism."""
    gravest = max(levels, default=LegalLevel.WORKS_WELL)
    if gravest >= LegalLevel.MALPRACTICE:
        return DecisionKind.ORDER
    if gravest > LegalLevel.DEVELOPMENT:
        return DecisionKind.CRITICISM
    return DecisionKind.CLOSED_WITHOUT_DEFICIENCY

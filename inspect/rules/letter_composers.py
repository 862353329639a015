"""Which composer makes which kind of letter."""

from collections.abc import Callable, Mapping

from ...interview_guides.child_words import load_child_words
from ...models.letter_vocabulary import LetterKind
from .case_view import CaseView
from .letter_child import compose_child
from .letter_closing import compose_closing
from .letter_committee import compose_committee
from .letter_communication import compose_communication
from .letter_composition import compose
from .letter_decision import compose_decision
from .letter_followup import compose_followup
from .letter_information import compose_information
from .letter_phrases import Composed, OnDay, Phrases
from .letter_reminder import compose_reminder

Composer = Callable[[CaseView, Phrases, OnDay], tuple[Composed, ...]]
"""All paragraphs of the letter in their order. The same view always gives the same paragraphs."""


def _to_children(age: str) -> Composer:
    return lambda view, _phrases, _on: compose_child(view, load_child_words(view.pack.id), age)


COMPOSERS: Mapping[LetterKind, Composer] = {
    LetterKind.INFORMATION: compose_information,
    LetterKind.COMMUNICATION: compose_communication,
    LetterKind.FEEDBACK: compose,
    LetterKind.DECISION: compose_decision,
    LetterKind.COMMITTEE: compose_committee,
    LetterKind.CHILD_6_12: _to_children("6-12"),
    LetterKind.CHILD_13_20: _to_children("13-20"),
    LetterKind.REMINDER: compose_reminder,
    LetterKind.FOLLOWUP: compose_followup,
    LetterKind.CLOSING: compose_closing,
}

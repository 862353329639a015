"""The section of the overall assessment: a word and reasons for each area, never a digit (FL 32 §)."""

from collections.abc import Iterator

from ...interview_guides.content import Text
from .case_view import AreaView, CaseView
from .letter_phrases import Phrases, sentences
from .weighing import Word

Part = tuple[str, Text, tuple[str, ...]]

SIGN_OF_WORD = {
    Word.WORKS_WELL: "good",
    Word.WORKS_IN_THE_MAIN: "mostly",
    Word.NEEDS_IMPROVEMENT: "improve",
    Word.SERIOUS: "serious",
    Word.ACCOUNT_INVESTIGATED: "pending",
    Word.NOT_ASSESSABLE: "unknown",
}
"""The mark in the letter for each word of the method."""


def sign_of(area: AreaView) -> str:
    """What the provider meets. An open account is only "in progress", without more (METHOD 2.17 rule 5)."""
    if area.pending:
        return "pending"
    return SIGN_OF_WORD[Word(area.word)] if area.word else "unknown"


def compose_assessment(view: CaseView, phrases: Phrases) -> Iterator[Part]:
    """Key, text and labels of each paragraph of the section."""
    if not view.weighed:
        yield ("assessment.none", phrases.say("assessment.none"), ())
        return
    yield ("assessment.intro", phrases.say("assessment.intro"), ())
    for area in view.pack.areas:
        found = view.areas.get(area.id)
        if found is None:
            continue
        yield (f"assessment.{area.id}.title", area.name, ())
        yield (f"assessment.{area.id}.word", phrases.wording.positions[sign_of(found)], ())
        yield (f"assessment.{area.id}.text", _reasons(found, phrases), ())


def _reasons(area: AreaView, phrases: Phrases) -> Text:
    """What a person wrote; nothing of it while the area is in progress, for it could point at somebody."""
    if area.pending:
        return phrases.say("assessment.pending.open")
    written = [
        Text(one.strip(), one.strip()) for one in (area.reasoning, area.children_weighed) if one.strip()
    ]
    if written:
        return sentences(*written)
    if sign_of(area) == "unknown":
        return phrases.say("assessment.not_assessable")
    return phrases.say("assessment.basis.weighed_picture")

"""The section of the overall assessment: a word and reasons for each area, never a digit (FL 32 §)."""

from collections.abc import Iterator

from ...interview_guides.content import Text
from .case_view import AreaView, CaseView
from .finding_proposals import names_children
from .letter_phrases import NOTHING, Phrases, sentences
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
    word = area.decided or area.word
    return SIGN_OF_WORD[Word(word)] if word else "unknown"


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
        text = sentences(_differs(view, found, phrases), _reasons(found, phrases))
        yield (f"assessment.{area.id}.text", text, failed_in(view, area.id))


def failed_in(view: CaseView, area: str) -> tuple[str, ...]:
    """The requirements that deviate in an area, which its assessment rests on.

    What was said is not here: it speaks of the area as a whole and answers no theme of the children.
    """
    themes = {theme.id for theme in view.pack.themes_in(area)}
    return tuple(
        mark.requirement
        for mark in view.deviations
        if themes & set(view.pack.requirement(mark.requirement).themes)
    )


def _differs(view: CaseView, area: AreaView, phrases: Phrases) -> Text:
    """Where the children's picture and our checks stand apart (method §11), if the children may be named.

    Behind a darker picture stand those who tell of something that is not well, behind a brighter one those
    who tell of what is (method §2.17, rule 2). What may rest on what is not to be told stays inside.
    """
    if not area.differs or area.pending or view.withheld:
        return NOTHING
    themes = {theme.id for theme in view.pack.themes_in(area.area)}
    behind = tuple(
        one
        for one in view.said
        if one.is_child
        and one.theme in themes
        and not one.grave
        and (one.severity > 0) is (area.differs == "lower")
    )
    if not behind or not names_children(view, area.area, behind):
        return NOTHING
    return phrases.say(f"assessment.differs.children_{area.differs}")


def _reasons(area: AreaView, phrases: Phrases) -> Text:
    """What a person wrote; nothing of it while the area is in progress, for it could point at somebody."""
    if area.pending:
        return phrases.say("assessment.pending.open")
    written = [
        Text(one.strip(), one.strip()) for one in (area.reasoning, area.children_weighed) if one.strip()
    ]
    if area.decided:
        return sentences(_decided(area, phrases), *written)
    if written:
        return sentences(*written)
    if sign_of(area) == "unknown":
        return phrases.say("assessment.not_assessable")
    return phrases.say("assessment.basis.weighed_picture")


def _decided(area: AreaView, phrases: Phrases) -> Text:
    """Both positions, always together, and what the reason is about (method §8)."""
    words = phrases.wording.positions
    return phrases.say(
        "assessment.decided",
        computed=words[SIGN_OF_WORD[Word(area.word)] if area.word else "unknown"],
        decided=words[sign_of(area)],
        reason=phrases.words(f"assessment.decided.{area.decided_reason}"),
    )

"""Compose the information before a visit: who comes, the talk, rights, how to reach us (16 kap. 3 § SoF).

The four things that the law names stand in every pack as it says them (letter_information.yaml). The day of
an unannounced visit is never told before it (OSL 17 kap. 1 §).
"""

from collections.abc import Iterator

from ...interview_guides.content import Text
from .case_view import CaseView
from .letter_phrases import Composed, OnDay, Phrases, listed

RIGHTS = ("a", "b", "c", "d", "e", "f")
TALKS = ("first", "voluntary", "how", "support", "told", "danger", "law")
CONTACT = ("name", "angry", "danger", "others", "guardians")


def compose_information(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order."""
    return tuple(
        Composed(key.split(".", 1)[0], key, text)
        for key, text in (
            ("head.to", phrases.say("information.head.to", home=view.home)),
            *_why(view, phrases, on),
            *_said(phrases, "talks", TALKS),
            *_said(phrases, "rights", ("intro", *RIGHTS, "law")),
            *_contact(view, phrases),
        )
    )


def _why(view: CaseView, phrases: Phrases, on: OnDay) -> Iterator[tuple[str, Text]]:
    say, team = phrases.say, view.course.team
    yield "why.purpose", say("information.why.purpose")
    if team:
        sentence = "information.why.who" if len(team) > 1 else "information.why.who.one"
        yield "why.who", say(sentence, team=listed(Text(name, name) for name in team))
    yield "why.when", _when(view, phrases, on)
    yield "why.after", say("information.why.after")


def _when(view: CaseView, phrases: Phrases, on: OnDay) -> Text:
    say, course = phrases.say, view.course
    if not view.announced:
        if course.came_on is None:
            return say("information.why.when.unannounced")
        return say("information.why.when.came", date=on(course.came_on))
    day = course.came_on or course.planned_on
    return say("information.why.when.announced", date=on(day)) if day else say("information.why.when.open")


def _contact(view: CaseView, phrases: Phrases) -> Iterator[tuple[str, Text]]:
    if view.contact:
        yield "contact.reach", phrases.say("information.contact.reach", contact=view.contact)
    else:
        yield "contact.reach", phrases.say("information.contact.reach.office")
    yield from _said(phrases, "contact", CONTACT)


def _said(phrases: Phrases, section: str, names: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    """Those of the sentences that the pack has."""
    for name in names:
        if phrases.wording.has(f"information.{section}.{name}"):
            yield f"{section}.{name}", phrases.say(f"information.{section}.{name}")

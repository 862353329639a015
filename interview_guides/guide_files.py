"""A guide and its questions, as the file of the guide says them."""

import re
from typing import cast

from .conditions import AgeBand, Condition, LanguageInterpreted, QuestionNoted, ThemeRaised
from .content import FollowUp, Guide, Informant, Pictures, Question
from .nodes import Entry, read_list
from .pack_file import INFORMANTS
from .places import Places

_BAND = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")
_CONDITIONS = ("question", "age_band", "theme_raised", "language_interpreted")


def read_guide(entry: Entry, places: Places) -> Guide:
    guide = Guide(
        id=entry.string("id"),
        informant=cast(Informant, entry.choice("informant", *INFORMANTS)),
        title=entry.text("title"),
        version=entry.string("version"),
        ages=entry.optional_text("ages"),
        opening=entry.text("opening"),
        closing=entry.text("closing"),
        questions=read_list(entry, "questions", lambda item: _question(item, places)),
        information=entry.strings("information"),
        question_count=_count(entry),
        offered=not entry.has("offered") or entry.boolean("offered"),
    )
    places.guides.append((guide, entry))
    return guide


def _count(entry: Entry) -> tuple[int, int] | None:
    if not entry.has("question_count"):
        return None
    given = entry.entry("question_count")
    least, most = given.integer("min"), given.integer("max")
    given.finish()
    if least > most:
        given.fault("'min' is greater than 'max'")
    return least, most


def _question(entry: Entry, places: Places) -> Question:
    question = Question(
        id=entry.string("id"),
        area=entry.string("area"),
        theme=entry.optional_string("theme"),
        text=entry.text("text"),
        probes=entry.texts("probes"),
        why=entry.text("why"),
        listen_for=entry.optional_text("listen_for"),
        asked_of=entry.optional_text("asked_of"),
        pair=entry.optional_string("pair"),
        pictures=cast(Pictures, entry.choice("pictures", "none", "smiley"))
        if entry.has("pictures")
        else "none",
        picture_text=entry.optional_text("picture_text"),
        only_if=tuple(_condition(item, places) for item in entry.one_or_more("only_if")),
        follow_ups=read_list(entry, "follow_ups", _follow_up) if entry.has("follow_ups") else (),
        information=entry.optional_string("information"),
    )
    places.questions.append((question, entry))
    return question


def _follow_up(entry: Entry) -> FollowUp:
    return FollowUp(entry.text("text"), entry.text("if_says"))


def _condition(entry: Entry, places: Places) -> Condition:
    """One condition; more than one in a mapping is a fault, since it is a list that says "and"."""
    written = [name for name in _CONDITIONS if entry.has(name)]
    if len(written) != 1:
        entry.fault(f"a condition says one of {', '.join(_CONDITIONS)}; a list of conditions says several")
    condition = _said(entry, written[0] if written else "")
    entry.has("noted")
    entry.finish()
    places.conditions.append((condition, entry))
    return condition


def _said(entry: Entry, kind: str) -> Condition:
    if kind == "age_band":
        return AgeBand(tuple(_band(entry, written) for written in entry.strings("age_band")))
    if kind == "theme_raised":
        return ThemeRaised(entry.string("theme_raised"))
    if kind == "language_interpreted":
        return LanguageInterpreted(entry.choice("language_interpreted", "false", "true") == "true")
    if kind == "question":
        return QuestionNoted(entry.string("question"), entry.choice("noted", "false", "true") == "true")
    return QuestionNoted("", False)


def _band(entry: Entry, written: str) -> tuple[int, int]:
    found = _BAND.fullmatch(written)
    if found is None:
        entry.fault(f"{written!r} is no band of ages as 6-12", entry.line_of("age_band"))
        return 0, 0
    return int(found[1]), int(found[2] or found[1])


def in_order(about: Entry, guides: tuple[Guide, ...], places: Places) -> tuple[Guide, ...]:
    """The guides in the order that the pack lists them; a file that is not listed is a fault."""
    listed = about.strings("guides")
    for id in listed:
        if id not in {guide.id for guide in guides}:
            about.fault(f"there is no file for the guide {id!r}", about.line_of("guides"))
    for guide, entry in places.guides:
        if guide.id and guide.id not in listed:
            entry.fault(
                f"the guide {guide.id!r} is not in the list 'guides' of pack.yaml", entry.line_of("id")
            )
    return tuple(
        sorted(guides, key=lambda guide: listed.index(guide.id) if guide.id in listed else len(listed))
    )

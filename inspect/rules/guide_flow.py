"""Which questions of a guide come up in a talk as it stands, and why another is passed over.

The order is free, and the inspector decides: a question that is passed over can always be asked anyway.
What is not known hides nothing. The page's script follows the same rule while notes are taken
(`static/pages/guide-flow.js`); a test holds the two together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...interview_guides.conditions import (
    AgeBand,
    Condition,
    KnownOfTalk,
    LanguageInterpreted,
    QuestionNoted,
    ThemeRaised,
)
from ...interview_guides.content import Guide, Question
from ...models.vocabulary import N_
from .reasons import Reason

_BAND = re.compile(r"(\d{1,3})-(\d{1,3})")


@dataclass(frozen=True, slots=True)
class TalkSoFar:
    """What is known of a talk: the questions with notes, the themes of the notes, and its conditions.

    `age_band`: `"6-12"`; empty when it is not said. `interpreted`: None when it is not known.
    """

    noted: frozenset[str] = frozenset()
    themes_raised: frozenset[str] = frozenset()
    age_band: str = ""
    interpreted: bool | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A question that does not come up, with what would have to hold.

    The values of a reason are content: `question` and `ages` as texts, `theme` as the id of a theme.
    """

    question: Question
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """`shown`: every question that comes up, in order. `left`: those of them without a note."""

    shown: tuple[Question, ...]
    left: tuple[Question, ...]
    passed_over: tuple[PassedOver, ...]


def asked_now(guide: Guide, talk: TalkSoFar) -> Flow:
    """The questions of the guide as the talk stands. One that something is noted under is always shown."""
    shown, passed_over = [], []
    for question in guide.questions:
        missing = tuple(one for one in question.only_if if not holds(one, talk))
        if missing and question.id not in talk.noted:
            passed_over.append(PassedOver(question, tuple(reason_of(one, guide) for one in missing)))
        else:
            shown.append(question)
    left = tuple(question for question in shown if question.id not in talk.noted)
    return Flow(tuple(shown), left, tuple(passed_over))


def holds(condition: Condition, talk: TalkSoFar) -> bool:
    """Whether a condition holds; of a band of ages it is enough that it can."""
    return any(condition.holds(known) for known in _known(condition, talk))


def _known(condition: Condition, talk: TalkSoFar) -> Iterable[KnownOfTalk]:
    if not isinstance(condition, AgeBand):
        yield KnownOfTalk(talk.noted, talk.themes_raised, None, talk.interpreted)
        return
    band = _BAND.fullmatch(talk.age_band)
    ages = range(int(band[1]), int(band[2]) + 1) if band else (None,)
    for age in ages:
        yield KnownOfTalk(age=age)


def reason_of(condition: Condition, guide: Guide) -> Reason:
    """When a question with this condition is asked, in words."""
    match condition:
        case QuestionNoted(id, noted):
            text = next((one.text for one in guide.questions if one.id == id), id)
            if noted:
                return Reason(N_("Is asked when something is noted under “%(question)s”"), {"question": text})
            return Reason(N_("Is asked when nothing is noted under “%(question)s”"), {"question": text})
        case AgeBand(bands):
            ages = ", ".join(f"{first}–{last}" if first != last else f"{first}" for first, last in bands)
            return Reason(N_("Is asked of those who are %(ages)s years old"), {"ages": ages})
        case ThemeRaised(theme):
            return Reason(N_("Is asked when %(theme)s has come up in the talk"), {"theme": theme})
        case LanguageInterpreted(True):
            return Reason(N_("Is asked when the talk is held with an interpreter"))
        case LanguageInterpreted():
            return Reason(N_("Is asked when the talk is held without an interpreter"))


def conditions_as_plain(question: Question) -> list[dict[str, object]]:
    """The conditions for the page's script: `kind` and what it is about, nothing to be run."""
    found: list[dict[str, object]] = []
    for condition in question.only_if:
        match condition:
            case QuestionNoted(id, noted):
                found.append({"kind": "noted", "question": id, "noted": noted})
            case AgeBand(bands):
                found.append({"kind": "age", "bands": [list(band) for band in bands]})
            case ThemeRaised(theme):
                found.append({"kind": "theme", "theme": theme})
            case LanguageInterpreted(interpreted):
                found.append({"kind": "interpreted", "interpreted": interpreted})
    return found

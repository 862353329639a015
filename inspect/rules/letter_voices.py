"""What the people the activity is for say at the follow-up, as far as it may be told (METHOD 2.17).

Whoever follows up writes down what they say, how many said it and what they want told, for the authority's
own eyes. It goes into a letter only where it can point at nobody: the area is not on hold (rule 5), the text
holds no quotation, number or single person (rule 1), at least k of them say it or all who say it want it told
(rule 2), and either those who raised the matter may be named (rule 2), or so many were heard that shares may
be told in words (rule 7) and nobody has asked that nothing be told.
"""

import re
from collections.abc import Iterator

from ...interview_guides.content import Text
from ...models.vocabulary import Wish
from .case_course import MeasureView
from .case_view import CaseView, FindingView
from .finding_proposals import behind_requirement, names_children
from .letter_findings import by_gravity, of_finding, slugs, title_of
from .letter_phrases import Composed, Phrases
from .weighing.configuration import DISCLOSURE_K as K
from .weighing.external_view import K_SHARE

LABEL = re.compile(r"\b[a-zåäö]\d{1,3}\b", re.IGNORECASE)
"""What the authority calls a person, a statement or a piece of evidence: b1, u7."""

_QUOTED = re.compile(r"[”“\"»«„]|(?:^|\n)\s*[–—-]\s|\d")
_SINGLE = re.compile(
    r"\b(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|båda|bägge|hälften|tredjedel\w*|majoriteten|ingen|någon"
    r"|en av|den ena|den andra|endast|hon|han|hen|hennes|hans|hens|honom|henne|flicka\w*|pojke\w*|tjej\w*"
    r"|kill\w*|syster|bror|\w*åring\w*"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|both|half|none|nobody|only|he|she|his|her|hers|him"
    r"|girl|boy|sister|brother)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-zåäö,;:] )[A-ZÅÄÖ][a-zåäöé]+")


def points_at_somebody(text: str) -> bool:
    """Whether a text holds a quotation, a number, a name or a single person."""
    return any(sign.search(text) for sign in (_QUOTED, _SINGLE, _NAME, LABEL))


def may_tell_now(view: CaseView, finding: FindingView, measure: MeasureView) -> bool:
    """Whether what they say now about a deficiency may stand in a letter, in the words it is noted in."""
    if not measure.said or view.areas_pending(finding.area) or points_at_somebody(measure.said):
        return False
    if not may_retell(measure.asked, measure.wish):
        return False
    behind = behind_requirement(view, finding.requirement) if finding.requirement else ()
    if not any(one.is_child for one in behind) or names_children(view, finding.area, behind):
        return True
    return view.talks.talked >= K_SHARE and not view.withheld


def may_retell(asked: int | None, wish: Wish | None) -> bool:
    """Whether so many with that wish may be retold: never against it, and of fewer than k only what all want.

    All who are asked say it together, so nobody stands outside (rule 2). Where it is not known how many they
    were, or what they want, nothing is told.
    """
    if not asked or wish is None or wish is Wish.NOT_AT_ALL:
        return False
    return wish is Wish.MAY_BE_TOLD or asked >= K


def may_tell_shown(view: CaseView, finding: FindingView, text: str) -> bool:
    """Whether what the authority has seen may stand in a letter: not of an area on hold, and of no person."""
    return bool(text.strip()) and not view.areas_pending(finding.area) and not LABEL.search(text)


def compose_voices(view: CaseView, phrases: Phrases) -> Iterator[Composed]:
    """The section of what they say now, in the follow-up and in the closing letter."""
    say, names = phrases.say, slugs(view.findings)
    asked = [one for one in view.course.measures if one.said]
    if not asked:
        yield Composed("voices", "voices.not_asked", say("followup.voices.not_asked"))
        return
    yield Composed("voices", "voices.asked", say("followup.voices.asked"))
    withheld, told = False, []
    for finding in by_gravity(view):
        about = [one for one in asked if one.finding == finding.id]
        said = list(dict.fromkeys(one.said for one in about if may_tell_now(view, finding, one)))
        withheld = withheld or len(said) < len({one.said for one in about})
        if said:
            name = f"voices.{names[finding.id]}"
            told.append(of_finding(finding, f"{name}.title", title_of(view, finding)))
            text = "\n\n".join(said)
            told.append(of_finding(finding, f"{name}.said", Text(text, text)))
    if told:
        yield Composed("voices", "voices.our_words", say("followup.voices.our_words"))
        yield from told
    if withheld:
        sentence = "followup.voices.withheld" if told else "followup.voices.protected"
        yield Composed("voices", "voices.withheld", say(sentence))

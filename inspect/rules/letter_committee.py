"""Compose the letter to the placing committees: what they answer for themselves, and what we ask of them.

What is found is told to the municipality or region concerned (förordning 2013:176, 2 §). Requirements whose
duty is the committee's alone are never held against the home (docs/decisions/0007); of one that is both's,
its own share is the committee's.

Nothing that somebody has said is here, not even by number: a committee may have placed a single child, and
"some have said" would then point at it; nor how often it is so in the whole home. What is told is which
demand it is about, and whether what was checked meets it. A grave account is told on a way of its own.
"""

from collections.abc import Iterator

from ...models.vocabulary import Responsible
from .case_view import CaseView, FindingView
from .letter_findings import slugs, title_of
from .letter_phrases import Composed, OnDay, Phrases
from .weighing import CheckResult

OF_COMMITTEES = frozenset({Responsible.COMMITTEE, Responsible.BOTH})


def points_for_committees(view: CaseView) -> tuple[FindingView, ...]:
    """The findings that a placing committee answers for, alone or for its share, and that may be told."""
    return tuple(
        one
        for one in view.findings
        if one.responsible in OF_COMMITTEES
        and not (one.theme and not one.requirement and view.has_account(one.theme))
    )


def compose_committee(view: CaseView, phrases: Phrases, _on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs, in order. Those of one point bear its finding: each committee gets its own points."""
    return (*_head(view, phrases), *_points(view, phrases), *_asked(view, phrases))


def _head(view: CaseView, phrases: Phrases) -> Iterator[Composed]:
    say = phrases.say
    yield Composed("head", "head.lead", say("committee.head.lead", home=view.home))
    if phrases.wording.has("committee.head.law"):
        yield Composed("head", "head.law", say("committee.head.law"))
    yield Composed("head", "head.not_home", say("committee.head.not_home"))


def _asked(view: CaseView, phrases: Phrases) -> Iterator[Composed]:
    say, contact = phrases.say, view.contact
    for name in ("look", "write", "nobody", "no_decision"):
        yield Composed("asked", f"asked.{name}", say(f"committee.asked.{name}"))
    person = say("committee.contact.person", contact=contact) if contact else None
    yield Composed("contact", "contact.person", person or say("committee.contact.office"))


def _points(view: CaseView, phrases: Phrases) -> Iterator[Composed]:
    names = slugs(view.findings)
    for finding in points_for_committees(view):
        if finding.id not in view.routed:
            continue
        rule = (finding.requirement,) if finding.requirement else ()
        parts = {
            "title": title_of(view, finding),
            "saw": phrases.say(f"committee.saw.{_seen(view, finding)}"),
            "rule": view.pack.requirement(finding.requirement).source if finding.requirement else None,
            "share": phrases.say("committee.point.share")
            if finding.responsible is Responsible.BOTH
            else None,
        }
        for part, text in parts.items():
            if text is not None:
                yield Composed("points", f"points.{names[finding.id]}.{part}", text, rule, finding.id)


def _seen(view: CaseView, finding: FindingView) -> str:
    mark = view.mark(finding.requirement) if finding.requirement else None
    return "noted" if mark is None or mark.result is not CheckResult.DEVIATION else "deviates"

"""How each point of the provider's reply was answered, as the letter tells it (FL 25, 32 §§)."""

from collections.abc import Iterator

from ...interview_guides.content import Text
from ...models.dialogue_vocabulary import PointVerdict
from .case_view import CaseView
from .letter_findings import slugs, title_of
from .letter_phrases import Composed, Phrases, ended, quoted


def answered_points(view: CaseView, phrases: Phrases) -> Iterator[Composed]:
    """One paragraph for each: corrected, corrected in part or not changed, and why."""
    names, findings = slugs(view.findings), {one.id: one for one in view.findings}
    taken: dict[str, int] = {}
    for point in view.course.answered:
        finding = findings.get(point.finding)
        title = title_of(view, finding) if finding else Text(point.title, point.title)
        name = names.get(point.finding, point.finding.hex[-8:])
        taken[name] = taken.get(name, 0) + 1
        key = f"your_view.point-{name}" + (f"-{taken[name]}" if taken[name] > 1 else "")
        text = phrases.say(
            f"your_view.point.{point.verdict.value}", titles=quoted([title]), reason=ended(point.why)
        )
        yield Composed("your_view", key, text, finding_id=point.finding if finding else None)


def corrected_titles(view: CaseView) -> frozenset[str]:
    """The names, in Swedish, of facts whose correction is told of point by point."""
    findings = {one.id: one for one in view.findings}
    told = (one for one in view.course.answered if one.verdict is not PointVerdict.NOT_ACCEPTED)
    return frozenset(
        title_of(view, findings[one.finding]).sv if one.finding in findings else one.title for one in told
    )

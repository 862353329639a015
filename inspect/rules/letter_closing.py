"""Compose the closing letter: what became of each deficiency, the voices now, what we learned, why we close.

Closing is a decision without demands; that it may not be appealed is what the pack says of such a decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import FindingKind, MeasureOutcome
from .appeal import appeal_of
from .case_view import CaseView
from .letter_children import told_beyond
from .letter_findings import from_findings, of_finding, slugs
from .letter_followup import Outcomes
from .letter_phrases import Composed, OnDay, Phrases, listed, lowered
from .letter_voices import compose_voices


def compose_closing(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order."""
    letter = _Closing(Outcomes(view, phrases, on, from_findings(view, phrases, on)))
    parts = (
        letter.summary(),
        letter.measures(),
        compose_voices(view, phrases) if letter.all.deficiencies else iter(()),
        letter.learned(),
        letter.closed(),
        letter.legal(),
    )
    return tuple(paragraph for part in parts for paragraph in part)


@dataclass(frozen=True, slots=True)
class _Closing:
    all: Outcomes

    @property
    def view(self) -> CaseView:
        return self.all.view

    @property
    def phrases(self) -> Phrases:
        return self.all.phrases

    @property
    def _end(self) -> str:
        """How it ended: nothing to put right, all of it, a rest, or still open."""
        if not self.all.deficiencies:
            return "nothing"
        if self.all.with_outcome(None):
            return "open"
        return "rest" if self.all.left else "all"

    @property
    def _asked(self) -> bool:
        return any(one.said for one in self.view.course.measures)

    def summary(self) -> Iterator[Composed]:
        say = self.phrases.say
        yield Composed("summary", "summary.lead", say(f"closing.summary.lead.{self._end}"))
        if self._asked:
            yield Composed("summary", "summary.children", say("closing.summary.children"))
        if self.view.course.answered_on is not None:
            yield Composed("summary", "summary.thanks", say("closing.summary.thanks"))

    def measures(self) -> Iterator[Composed]:
        names = slugs(self.view.findings)
        if not self.all.deficiencies:
            yield Composed("measures", "measures.none", self.phrases.say("closing.measures.none"))
        for finding in self.all.deficiencies:
            parts = {
                "title": self.all.findings.text_of(finding, "title"),
                "now": self.all.now(finding),
                "shown": self.all.shown(finding),
            }
            for part, text in parts.items():
                if text.sv:
                    yield of_finding(finding, f"measures.{names[finding.id]}.{part}", text)

    def learned(self) -> Iterator[Composed]:
        """What the authority takes with it; nothing that points at anybody (METHOD 2.17)."""
        say, view = self.phrases.say, self.view
        if view.talks.talked and view.children_first and not view.talks.adults_before_children:
            yield Composed("learned", "learned.talks", say("closing.learned.talks"))
        works = self._areas(
            {one.area for one in view.findings if one.kind is FindingKind.STRENGTH}
            - {one.area for one in self.all.deficiencies}
        )
        if works:
            yield Composed(
                "learned", "learned.strengths", say("closing.learned.strengths", areas=listed(works))
            )
        found = {one.requirement for one in self.all.deficiencies}
        if any(one.self_reported and one.requirement in found for one in view.deviations):
            yield Composed("learned", "learned.self_found", say("closing.learned.self_found"))
        beyond, labels = told_beyond(view)
        if beyond:
            text = say("closing.learned.beyond", themes=listed(beyond))
            yield Composed("learned", "learned.beyond", text, labels)
        again = self._areas({one.area for one in self.all.deficiencies})
        if again:
            yield Composed("learned", "learned.next", say("closing.learned.next", areas=listed(again)))
        if self.phrases.wording.has("closing.learned.share"):
            yield Composed("learned", "learned.share", say("closing.learned.share"))

    def _areas(self, wanted: set[str]) -> tuple[Text, ...]:
        """By name, without those on hold."""
        areas = self.view.pack.areas
        return tuple(
            lowered(one.name) for one in areas if one.id in wanted and not self.view.areas_pending(one.id)
        )

    def closed(self) -> Iterator[Composed]:
        say, view = self.phrases.say, self.view
        if view.course.closed_on is not None:
            yield Composed(
                "closed", "closed.on", say("closing.closed.on", date=self.all.on(view.course.closed_on))
            )
        if self._end == "rest":
            titles = self.all.titles(self.all.with_outcome(MeasureOutcome.PARTLY, MeasureOutcome.REMAINS))
            yield Composed("closed", "closed.why", say("closing.closed.why.rest", titles=titles))
        elif self._end != "open":
            yield Composed("closed", "closed.why", say(f"closing.closed.why.{self._end}"))
        if self._end != "open":
            yield Composed("closed", "closed.after", say("follow_up.closed"))
        yield Composed("closed", "closed.reach", say("closing.closed.reach"))

    def legal(self) -> Iterator[Composed]:
        rule = appeal_of(DecisionKind.CLOSED_WITHOUT_DEFICIENCY, self.phrases.wording)
        yield Composed("legal", "legal.appeal", rule.in_letter(public=self.view.public_provider))
        yield Composed("legal", "legal.correction", self.phrases.say("legal.correction"))
        yield Composed("legal", "legal.public", self.phrases.say("legal.public"))
        if self.phrases.wording.has("follow_up.municipality"):
            yield Composed("legal", "legal.municipality", self.phrases.say("follow_up.municipality"))

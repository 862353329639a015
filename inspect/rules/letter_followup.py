"""Compose the follow-up: each deficiency with what was to be achieved, promised, seen, and how it is now.

What was promised is the provider's own words; what was seen the authority's; what the people it is for say
now is told only where it may be (letter_voices.py). What remains is demanded with its provision beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import LegalLevel, MeasureOutcome
from .appeal import decision_of
from .case_view import CaseView, FindingView
from .finding_proposals import first_source
from .letter_findings import FromFindings, by_gravity, from_findings, of_finding, slugs
from .letter_phrases import NOTHING, Composed, OnDay, Phrases, ended, paragraphs, quoted, sentences
from .letter_voices import compose_voices, may_tell_shown


def compose_followup(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order."""
    letter = _FollowUp(Outcomes(view, phrases, on, from_findings(view, phrases, on)))
    parts = (
        letter.summary(),
        letter.measures(),
        compose_voices(view, phrases),
        letter.remaining(),
        letter.next(),
        letter.legal(),
    )
    return tuple(paragraph for part in parts for paragraph in part)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each deficiency; also what the closing letter asks."""

    view: CaseView
    phrases: Phrases
    on: OnDay
    findings: FromFindings

    @property
    def deficiencies(self) -> tuple[FindingView, ...]:
        return by_gravity(self.view)

    def with_outcome(self, *wanted: MeasureOutcome | None) -> tuple[FindingView, ...]:
        """None: those that are not followed up in full."""
        course = self.view.course
        return tuple(one for one in self.deficiencies if course.outcome_of(one.id) in wanted)

    @property
    def left(self) -> tuple[FindingView, ...]:
        return self.with_outcome(MeasureOutcome.PARTLY, MeasureOutcome.REMAINS)

    def titles(self, found: tuple[FindingView, ...]) -> Text:
        return quoted(self.findings.text_of(one, "title") for one in found)

    def now(self, finding: FindingView) -> Text:
        outcome = self.view.course.outcome_of(finding.id)
        return self.phrases.say(f"followup.measures.{outcome.value if outcome else 'open'}")

    def shown(self, finding: FindingView) -> Text:
        """What the authority has seen; where it may not be told, that there is something."""
        written = [
            one.shown.strip()
            for one in self.view.course.measures_of(finding.id)
            if one.outcome is not None and one.shown.strip()
        ]
        told = tuple(
            Text(one, one) for one in dict.fromkeys(written) if may_tell_shown(self.view, finding, one)
        )
        hidden = len(told) < len(set(written))
        return paragraphs(*told, *((self.phrases.say("followup.measures.protected"),) if hidden else ()))


@dataclass(frozen=True, slots=True)
class _FollowUp:
    all: Outcomes

    @property
    def view(self) -> CaseView:
        return self.all.view

    @property
    def phrases(self) -> Phrases:
        return self.all.phrases

    def summary(self) -> Iterator[Composed]:
        say, every = self.phrases.say, self.all.deficiencies
        yield Composed("summary", "summary.lead", say(f"followup.summary.lead.{self._lead()}"))
        if len(every) < 2:
            return
        for name, found in (
            ("remedied", self.all.with_outcome(MeasureOutcome.REMEDIED)),
            ("partly", self.all.with_outcome(MeasureOutcome.PARTLY)),
            ("remains", self.all.with_outcome(MeasureOutcome.REMAINS)),
            ("open", self.all.with_outcome(None)),
        ):
            if found:
                text = say(f"followup.summary.{name}", titles=self.all.titles(found))
                yield Composed("summary", f"summary.{name}", text, _rules(found))

    def _lead(self) -> str:
        every, remedied = self.all.deficiencies, self.all.with_outcome(MeasureOutcome.REMEDIED)
        if not every:
            return "nothing"
        if self.all.with_outcome(None):
            return "waiting"
        if len(remedied) == len(every):
            return "all"
        return "some" if remedied or self.all.with_outcome(MeasureOutcome.PARTLY) else "none"

    def measures(self) -> Iterator[Composed]:
        names = slugs(self.view.findings)
        if not self.all.deficiencies:
            yield Composed("measures", "measures.none", self.phrases.say("followup.measures.none"))
        for finding in self.all.deficiencies:
            parts = {
                "title": self.all.findings.text_of(finding, "title"),
                "achieve": self._achieve(finding),
                "promised": self._promised(finding),
                "shown": self.all.shown(finding),
                "now": self.all.now(finding),
            }
            for part, text in parts.items():
                if text.sv:
                    yield of_finding(finding, f"measures.{names[finding.id]}.{part}", text)

    def _achieve(self, finding: FindingView) -> Text:
        """The requirement and its day; how to get there was never ours to say."""
        achieve = (
            self.view.pack.requirement(finding.requirement).wording
            if finding.requirement
            else self.all.findings.text_of(finding, "achieve")
        )
        if finding.due_on is None:
            return achieve
        return sentences(
            achieve, self.phrases.say("followup.measures.due", deadline=self.all.on(finding.due_on))
        )

    def _promised(self, finding: FindingView) -> Text:
        said = tuple(
            sentences(
                ended(one.description),
                self.phrases.say("followup.measures.due", deadline=self.all.on(one.due_on))
                if one.due_on != finding.due_on
                else NOTHING,
            )
            for one in self.view.course.measures_of(finding.id)
            if one.promised
        )
        return paragraphs(*said) if said else self.phrases.say("followup.measures.no_promise")

    def remaining(self) -> Iterator[Composed]:
        say, names, waits = self.phrases.say, slugs(self.view.findings), self.all.with_outcome(None)
        if waits:
            yield Composed("remaining", "remaining.open", say("followup.remaining.open"), _rules(waits))
        if not self.all.left:
            if not waits:
                yield Composed("remaining", "remaining.none", say("followup.remaining.none"))
            return
        for finding in self.all.left:
            name = f"remaining.{names[finding.id]}"
            yield of_finding(finding, f"{name}.title", self.all.findings.text_of(finding, "title"))
            demand = self._demand(finding)
            if demand.sv:
                yield of_finding(finding, f"{name}.achieve", demand)

    def _demand(self, finding: FindingView) -> Text:
        if finding.requirement is None:
            return NOTHING
        if finding.level >= LegalLevel.MALPRACTICE and decision_of(self.view) is DecisionKind.ORDER:
            return self.phrases.say("followup.remaining.order")
        source = first_source(self.view.pack.requirement(finding.requirement))
        return self.phrases.say("followup.remaining.requirement", source=source)

    def next(self) -> Iterator[Composed]:
        say, left, waits = self.phrases.say, self.all.left, self.all.with_outcome(None)
        names: list[str] = []
        if left:
            names += ["tell", "order", "children"]
            if decision_of(self.view) is DecisionKind.ORDER:
                names.remove("order")
        if waits:
            names.append("waiting")
        for name in names or ["close"]:
            yield Composed("next", f"next.{name}", say(f"followup.next.{name}"))
        if self.view.contact:
            text = say("followup.next.contact", contact=self.view.contact)
            yield Composed("next", "next.contact", text)

    def legal(self) -> Iterator[Composed]:
        yield Composed("legal", "legal.no_decision", self.phrases.say("followup.legal.no_decision"))
        yield Composed("legal", "legal.public", self.phrases.say("legal.public"))
        if self.phrases.wording.has("follow_up.municipality"):
            yield Composed("legal", "legal.municipality", self.phrases.say("follow_up.municipality"))


def _rules(found: tuple[FindingView, ...]) -> tuple[str, ...]:
    return tuple(one.requirement for one in found if one.requirement)

"""Compose the feedback letter: paragraphs in both languages from a frozen view of the case.

Pure. The order of the sections is part of the method: the children first in substance, then what
works, then advice, then what must change (METHOD 11; DOMAIN 4d). Advice and demands never share a
section. No digit of a position is ever written. Keys are stable: an edited paragraph is recognised
when the letter is composed again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import FindingKind, LegalLevel
from .appeal import appeal_of, decision_of
from .case_view import CaseView, FindingView
from .letter_assessment import compose_assessment
from .letter_children import compose_children, important_themes
from .letter_findings import by_gravity, from_findings, title_of
from .letter_phrases import NOTHING, Composed, OnDay, Phrases, as_written, ended, listed, lowered, quoted
from .letter_replies import answered_points, corrected_titles
from .weighing import CheckResult

SECTIONS = (
    "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view", "assessment",
    "decision", "questions", "follow_up", "legal", "appendices",
)  # fmt: skip
MOST_QUESTIONS = 5
MOST_NAMED = 4
"""The most requirements that the running text names; more are left to the appendix."""


def compose(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order. The same view always gives the same paragraphs."""
    letter = _Letter(view, phrases, on)
    findings = from_findings(view, phrases, on)
    parts = (
        letter.summary(),
        (Composed("children", *part) for part in compose_children(view, phrases)),
        letter.scope(),
        findings.strengths(),
        findings.advice(),
        findings.deficiencies(),
        letter.your_view(),
        (Composed("assessment", *part) for part in compose_assessment(view, phrases)),
        letter.decision(),
        letter.questions(),
        letter.follow_up(),
        letter.legal(),
        letter.appendices(),
    )
    return tuple(paragraph for part in parts for paragraph in part)


def changed_since_sent(view: CaseView) -> tuple[Text, ...]:
    """The names of findings that read otherwise than when they were sent for reply, or are gone (FL 25 §)."""
    sent = {one.finding: one for one in view.course.facts}
    if not sent:
        return ()
    now = {one.id: (one.title, one.saw, one.level) for one in view.findings}
    changed = [
        one
        for one in view.findings
        if one.id not in sent or (sent[one.id].title, sent[one.id].saw, sent[one.id].level) != now[one.id]
    ]
    gone = [one.title for one in view.course.facts if one.finding not in now]
    return (*(title_of(view, one) for one in changed), *(Text(title, title) for title in gone))


def _people(number: Callable[[int], Text], count: int) -> Text:
    """A number of people: Swedish says "en" of a person, not "ett"."""
    return Text("en", "one") if count == 1 else Text("ingen", "none") if count == 0 else number(count)


@dataclass(frozen=True, slots=True)
class _Letter:
    view: CaseView
    phrases: Phrases
    on: OnDay

    def of_kind(self, kind: FindingKind) -> tuple[FindingView, ...]:
        if kind is FindingKind.DEFICIENCY:
            return by_gravity(self.view)
        return tuple(finding for finding in self.view.findings if finding.kind is kind)

    @property
    def pending(self) -> tuple[Text, ...]:
        return tuple(
            lowered(self.view.pack.area(area.area).name) for area in self.view.areas.values() if area.pending
        )

    @property
    def decided(self) -> DecisionKind:
        """What is decided; it says what may be appealed."""
        return decision_of(self.view)

    @property
    def deadline(self) -> Text | None:
        """The last day any deficiency must be put right; None while no day is set."""
        days = [finding.due_on for finding in self.of_kind(FindingKind.DEFICIENCY) if finding.due_on]
        return self.on(max(days)) if days else None

    def summary(self) -> Iterator[Composed]:
        say = self.phrases.say
        deficiencies = self.of_kind(FindingKind.DEFICIENCY)
        if self.decided is DecisionKind.ORDER:
            lead = say("summary.lead.order")
        elif len(deficiencies) > 1:
            lead = say("summary.lead.deficiencies", count=self.phrases.number(len(deficiencies)))
        elif deficiencies:
            lead = say("summary.lead.one_deficiency")
        else:
            lead = say("summary.lead.pending" if self.pending else "summary.lead.closed")
        yield Composed("summary", "summary.lead", lead)
        yield Composed("summary", "summary.children", self._heard_first())
        improve = {finding.area for finding in deficiencies}
        works = {finding.area for finding in self.of_kind(FindingKind.STRENGTH)} - improve
        for name, kind, ids in (
            ("strengths", FindingKind.STRENGTH, works),
            ("improve", FindingKind.DEFICIENCY, improve),
        ):
            if ids:
                areas = listed(lowered(area.name) for area in self.view.pack.areas if area.id in ids)
                behind = tuple(
                    dict.fromkeys(
                        label
                        for one in self.view.findings
                        if one.area in ids and one.kind is kind
                        for label in (*one.evidence, *((one.requirement,) if one.requirement else ()))
                    )
                )
                text = say(f"summary.{name}", areas=areas)
                yield Composed("summary", f"summary.{name}", text, behind)
        if self.deadline:
            yield Composed("summary", "summary.deadline", say("summary.deadline", deadline=self.deadline))
        if self.of_kind(FindingKind.ADVICE):
            yield Composed("summary", "summary.advice", say("summary.advice"))
        yield Composed("summary", "summary.answer", say("summary.answer"))

    def _heard_first(self) -> Text:
        if not self.view.talks.talked:
            return self.phrases.say("summary.no_children")
        themes = important_themes(self.view)
        if not themes:
            return self.phrases.say("summary.children")
        return self.phrases.say("summary.children.important", themes=listed(themes))

    def scope(self) -> Iterator[Composed]:
        say, view, number = self.phrases.say, self.view, self.phrases.number
        yield Composed(
            "scope", "scope.visit", say("scope.announced" if view.announced else "scope.unannounced")
        )
        talks = view.talks
        adults = {
            "staff_count": _people(number, talks.staff),
            "manager_count": _people(number, talks.managers),
        }
        if talks.talked >= 3:
            yield Composed("scope", "scope.talks", say("scope.talks", talked=number(talks.talked), **adults))
        elif talks.staff or talks.managers:
            yield Composed("scope", "scope.talks", say("scope.talks.adults", **adults))
        if talks.observations:
            yield Composed("scope", "scope.observed", say("scope.observed"))
        read = {one.theme for one in view.said if one.perspective.value == "document"}
        if read:
            themes = listed(lowered(theme.name) for theme in view.pack.themes if theme.id in read)
            yield Composed("scope", "scope.documents", say("scope.documents", themes=themes))
        examined = [mark for mark in view.marks if mark.result in (CheckResult.MET, CheckResult.DEVIATION)]
        if examined:
            text = say("scope.requirements", count=number(len(examined)))
            yield Composed("scope", "scope.requirements", text)
        yield self._not_examined()

    def _not_examined(self) -> Composed:
        marked = {mark.requirement: mark.result for mark in self.view.marks}
        left = [
            one
            for one in self.view.pack.requirements_on(self.view.day)
            if marked.get(one.id, CheckResult.NOT_CHECKED) is CheckResult.NOT_CHECKED
        ]
        if not left:
            return Composed("scope", "scope.not_examined", self.phrases.say("scope.not_examined.nothing"))
        if len(left) > MOST_NAMED:
            count = self.phrases.number(len(left))
            text = self.phrases.say("scope.not_examined.many", count=count)
        else:
            text = self.phrases.say("scope.not_examined", themes=quoted(one.title for one in left))
        return Composed("scope", "scope.not_examined", text, tuple(one.id for one in left))

    def your_view(self) -> Iterator[Composed]:
        say, view = self.phrases.say, self.view
        if view.strengths_by_home and view.worries_by_home:
            text = say(
                "your_view.self_assessment",
                strengths=as_written(view.strengths_by_home),
                worries=as_written(view.worries_by_home),
            )
            yield Composed("your_view", "your_view.self_assessment", text)
        if view.communicated_on and view.replied:
            text = say("your_view.reply", date=self.on(view.communicated_on))
            yield Composed("your_view", "your_view.reply", text)
            yield from answered_points(view, self.phrases)
            told = corrected_titles(view)
            changed = tuple(one for one in changed_since_sent(view) if one.sv not in told)
            if changed:
                text = say("your_view.changed", titles=quoted(changed))
                yield Composed("your_view", "your_view.changed", text)
        elif view.communicated_on and view.reply_by:
            text = say(
                "your_view.no_reply", date=self.on(view.communicated_on), deadline=self.on(view.reply_by)
            )
            yield Composed("your_view", "your_view.reply", text)
        elif view.not_asked_because:
            text = say("your_view.not_communicated", reason=ended(view.not_asked_because))
            yield Composed("your_view", "your_view.reply", text)
        yield Composed("your_view", "your_view.invitation", say("your_view.invitation"))

    def decision(self) -> Iterator[Composed]:
        """The words of the decision; a recorded decision stands as it was recorded."""
        say = self.phrases.say
        deficiencies = self.of_kind(FindingKind.DEFICIENCY)
        if self.view.decision:
            yield Composed("decision", "decision.words", Text(self.view.decision, self.view.decision))
        else:
            yield from self._proposed_decision(deficiencies)
        if self.pending:
            yield Composed(
                "decision", "decision.continue", say("decision.continue", areas=listed(self.pending))
            )
        if any(finding.sanction for finding in deficiencies):
            yield Composed("decision", "decision.sanction", say("decision.sanction"))

    def _proposed_decision(self, deficiencies: tuple[FindingView, ...]) -> Iterator[Composed]:
        say = self.phrases.say
        deadline = self.deadline or self.phrases.words("date.missing")
        if not deficiencies and not self.pending:
            yield Composed("decision", "decision.words", say("decision.closed"))
        elif self.decided is DecisionKind.ORDER:
            yield Composed("decision", "decision.words", say("decision.order"))
        elif any(finding.level >= LegalLevel.DEFICIENCY for finding in deficiencies):
            yield Composed("decision", "decision.words", say("decision.account", deadline=deadline))
        elif deficiencies:
            yield Composed("decision", "decision.words", say("decision.confirm", deadline=deadline))

    def questions(self) -> Iterator[Composed]:
        """Three to five open questions, first from the areas where something is to change."""
        yield Composed("questions", "questions.intro", self.phrases.say("questions.intro"))
        wanted = [
            one.area for one in (*self.of_kind(FindingKind.DEFICIENCY), *self.of_kind(FindingKind.ADVICE))
        ]
        near = [area.id for area in self.view.pack.areas if not area.administrative]
        areas = list(dict.fromkeys([*wanted, *near]))[: max(3, min(MOST_QUESTIONS, len(set(wanted))))]
        for area in areas:
            asked = self.phrases.wording.areas[area].questions[0]
            yield Composed("questions", f"questions.{area}", asked)
        contact = self.view.contact
        text = self.phrases.say("questions.meeting", contact=contact) if contact else NOTHING
        if contact:
            yield Composed("questions", "questions.meeting", text)

    def follow_up(self) -> Iterator[Composed]:
        say = self.phrases.say
        if self.of_kind(FindingKind.DEFICIENCY):
            yield Composed("follow_up", "follow_up.account", say("follow_up.account"))
            yield Composed("follow_up", "follow_up.children", say("follow_up.children"))
        else:
            yield Composed("follow_up", "follow_up.closed", say("follow_up.closed"))
        if self.view.talks.talked:
            yield Composed("follow_up", "follow_up.children_told", say("follow_up.children_told"))
        if self.phrases.wording.has("follow_up.municipality"):
            yield Composed("follow_up", "follow_up.municipality", say("follow_up.municipality"))

    def legal(self) -> Iterator[Composed]:
        appeal = appeal_of(self.decided, self.phrases.wording).in_letter(public=self.view.public_provider)
        yield Composed("legal", "legal.appeal", appeal)
        yield Composed("legal", "legal.correction", self.phrases.say("legal.correction"))
        yield Composed("legal", "legal.public", self.phrases.say("legal.public"))

    def appendices(self) -> Iterator[Composed]:
        if any(mark.result is not CheckResult.NOT_APPLICABLE for mark in self.view.marks):
            yield Composed(
                "appendices", "appendices.requirements", self.phrases.say("appendices.requirements")
            )

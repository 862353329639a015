"""Compose the feedback letter: paragraphs in both languages from a frozen view of the case.

Pure. The order of the sections is part of the method: the children first in substance, then what
works, then advice, then what must change (METHOD 11; DOMAIN 4d). Advice and demands never share a
section. No digit of a position is ever written. Keys are stable: an edited paragraph is recognised
when the letter is composed again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ...interview_guides.content import Text
from ...models.vocabulary import FindingKind, LegalLevel, Responsible
from .case_view import CaseView, FindingView
from .disclosure import source_labels
from .finding_proposals import Key, Proposal, behind_requirement, heard_in, key_of, propose
from .letter_assessment import compose_assessment
from .letter_children import compose_children
from .letter_phrases import NOTHING, Phrases, listed, lowered, quoted, sentences
from .weighing import CheckResult

OnDay = Callable[[date], Text]
"""A date as people write it, in both languages."""

SECTIONS = (
    "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view", "assessment",
    "decision", "questions", "follow_up", "legal", "appendices",
)  # fmt: skip
MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Composed:
    """One paragraph: where it stands, its stable name, its text, and what is behind it."""

    section: str
    key: str
    text: Text
    evidence: tuple[str, ...] = ()
    finding_id: UUID | None = None


def compose(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order. The same view always gives the same paragraphs."""
    proposed = {one.key: one for one in propose(replace(view, findings=()), phrases)}
    letter = _Letter(view, phrases, on, proposed)
    parts = (
        letter.summary(),
        (Composed("children", *part) for part in compose_children(view, phrases)),
        letter.scope(),
        letter.strengths(),
        letter.advice(),
        letter.deficiencies(),
        letter.your_view(),
        (Composed("assessment", *part) for part in compose_assessment(view, phrases)),
        letter.decision(),
        letter.questions(),
        letter.follow_up(),
        letter.legal(),
        letter.appendices(),
    )
    return tuple(paragraph for part in parts for paragraph in part)


def slugs(findings: tuple[FindingView, ...]) -> dict[UUID, str]:
    """A stable short name for each finding: its requirement, theme or area; a repeated one gets its id."""
    taken: set[tuple[FindingKind, str]] = set()
    found: dict[UUID, str] = {}
    for finding in sorted(findings, key=lambda one: one.id):
        name = finding.requirement or finding.theme or finding.area
        if (finding.kind, name) in taken:
            name = f"{name}-{finding.id.hex[-8:]}"
        taken.add((finding.kind, name))
        found[finding.id] = name
    return found


def _people(number: Callable[[int], Text], count: int) -> Text:
    """A number of people: Swedish says "en" of a person, not "ett"."""
    return Text("en", "one") if count == 1 else Text("ingen", "none") if count == 0 else number(count)


@dataclass(frozen=True, slots=True)
class _Letter:
    view: CaseView
    phrases: Phrases
    on: OnDay
    proposed: Mapping[Key, Proposal]

    def of_kind(self, kind: FindingKind) -> tuple[FindingView, ...]:
        found = tuple(finding for finding in self.view.findings if finding.kind is kind)
        if kind is not FindingKind.DEFICIENCY:
            return found
        return tuple(sorted(found, key=lambda finding: -finding.level))

    @property
    def pending(self) -> tuple[Text, ...]:
        return tuple(
            lowered(self.view.pack.area(area.area).name) for area in self.view.areas.values() if area.pending
        )

    @property
    def deadline(self) -> Text | None:
        """The last day any deficiency must be put right; None while no day is set."""
        days = [finding.due_on for finding in self.of_kind(FindingKind.DEFICIENCY) if finding.due_on]
        return self.on(max(days)) if days else None

    def summary(self) -> Iterator[Composed]:
        say = self.phrases.say
        deficiencies = self.of_kind(FindingKind.DEFICIENCY)
        if any(finding.level >= LegalLevel.MALPRACTICE for finding in deficiencies):
            lead = say("summary.lead.order")
        elif len(deficiencies) > 1:
            lead = say("summary.lead.deficiencies", count=self.phrases.number(len(deficiencies)))
        elif deficiencies:
            lead = say("summary.lead.one_deficiency")
        else:
            lead = say("summary.lead.pending" if self.pending else "summary.lead.closed")
        yield Composed("summary", "summary.lead", lead)
        heard = self.view.talks.talked > 0
        yield Composed(
            "summary", "summary.children", say("summary.children" if heard else "summary.no_children")
        )
        improve = {finding.area for finding in deficiencies}
        works = {finding.area for finding in self.of_kind(FindingKind.STRENGTH)} - improve
        for name, ids in (("strengths", works), ("improve", improve)):
            if ids:
                areas = listed(lowered(area.name) for area in self.view.pack.areas if area.id in ids)
                yield Composed("summary", f"summary.{name}", say(f"summary.{name}", areas=areas))
        if self.deadline:
            yield Composed("summary", "summary.deadline", say("summary.deadline", deadline=self.deadline))
        if self.of_kind(FindingKind.ADVICE):
            yield Composed("summary", "summary.advice", say("summary.advice"))

    def scope(self) -> Iterator[Composed]:
        say, view, number = self.phrases.say, self.view, self.phrases.number
        yield Composed(
            "scope", "scope.visit", say("scope.announced" if view.announced else "scope.unannounced")
        )
        talks = view.talks
        adults = {"staff": _people(number, talks.staff), "managers": _people(number, talks.managers)}
        if talks.talked >= 3:
            yield Composed(
                "scope", "scope.talks", say("scope.talks", children=number(talks.talked), **adults)
            )
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
        committee = [
            one for one in self.of_kind(FindingKind.ADVICE) if one.responsible is Responsible.COMMITTEE
        ]
        if committee:
            titles = quoted(Text(one.title, self.in_english(one, "title")) for one in committee)
            yield Composed("scope", "scope.committee", say("scope.committee", themes=titles))

    def _not_examined(self) -> Composed:
        marked = {mark.requirement: mark.result for mark in self.view.marks}
        left = [
            one
            for one in self.view.pack.requirements_on(self.view.day)
            if marked.get(one.id, CheckResult.NOT_CHECKED) is CheckResult.NOT_CHECKED
        ]
        if not left:
            return Composed("scope", "scope.not_examined", self.phrases.say("scope.not_examined.nothing"))
        text = self.phrases.say("scope.not_examined", themes=quoted(one.title for one in left))
        return Composed("scope", "scope.not_examined", text, tuple(one.id for one in left))

    def strengths(self) -> Iterator[Composed]:
        if not self.of_kind(FindingKind.STRENGTH):
            yield Composed("strengths", "strengths.none", self.phrases.say("strengths.none"))
        for finding, name in self._named(FindingKind.STRENGTH):
            yield self._part(finding, f"strengths.{name}.title", self.text_of(finding, "title"))
            yield self._part(finding, f"strengths.{name}.text", self.text_of(finding, "saw"))

    def advice(self) -> Iterator[Composed]:
        if not self.of_kind(FindingKind.ADVICE):
            yield Composed("advice", "advice.none", self.phrases.say("advice.none"))
        for finding, name in self._named(FindingKind.ADVICE):
            yield self._part(finding, f"advice.{name}.title", self.text_of(finding, "title"))
            said = sentences(*(self.text_of(finding, part) for part in ("saw", "matters", "achieve")))
            yield self._part(finding, f"advice.{name}.text", said)

    def deficiencies(self) -> Iterator[Composed]:
        """Each in its parts: saw, sources, rule, matters, level, proportion, view, achieve, due (FL 32)."""
        say, view = self.phrases.say, self.view
        if not self.of_kind(FindingKind.DEFICIENCY):
            yield Composed("deficiencies", "deficiencies.none", say("deficiency.none"))
        for finding, name in self._named(FindingKind.DEFICIENCY):
            rule = view.pack.requirement(finding.requirement or "")
            behind = behind_requirement(view, rule.id)
            labels = source_labels(behind, heard_in(view, finding.area), checked=True)
            parts = {
                "title": self.text_of(finding, "title"),
                "saw": self.text_of(finding, "saw"),
                "sources": self.phrases.sources(labels),
                "rule": say("deficiency.rule", requirement=rule.wording, source=rule.source),
                "matters": self.text_of(finding, "matters"),
                "level": self.phrases.wording.levels[finding.level].name,
                "proportion": self.text_of(finding, "proportion"),
                "your_view": say(f"deficiency.your_view.{self.reply_state}"),
                "achieve": self.text_of(finding, "achieve"),
                "due": self.on(finding.due_on) if finding.due_on else NOTHING,
            }
            for part, text in parts.items():
                yield self._part(finding, f"deficiencies.{name}.{part}", text)

    def _named(self, kind: FindingKind) -> Iterator[tuple[FindingView, str]]:
        names = slugs(self.view.findings)
        for finding in self.of_kind(kind):
            yield finding, names[finding.id]

    def _part(self, finding: FindingView, key: str, text: Text) -> Composed:
        rule = (finding.requirement,) if finding.requirement else ()
        return Composed(key.split(".", 1)[0], key, text, (*finding.evidence, *rule), finding.id)

    def text_of(self, finding: FindingView, part: str) -> Text:
        """A finding's text in both languages: what nobody has changed is known in English too."""
        return Text(getattr(finding, part), self.in_english(finding, part))

    def in_english(self, finding: FindingView, part: str) -> str:
        written: str = getattr(finding, part)
        proposal = self.proposed.get(key_of(finding.kind, finding.area, finding.theme, finding.requirement))
        proposed: Text = getattr(proposal, part) if proposal else NOTHING
        return proposed.en if proposed.sv == written else written

    @property
    def reply_state(self) -> str:
        """Whether the provider has had its say before the decision (FL 25 §)."""
        if self.view.replied:
            return "replied"
        return "silent" if self.view.communicated_on else "none"

    def your_view(self) -> Iterator[Composed]:
        say, view = self.phrases.say, self.view
        if view.strengths_by_home and view.worries_by_home:
            strengths, worries = (
                listed(lowered(Text(one, one)) for one in said)
                for said in (view.strengths_by_home, view.worries_by_home)
            )
            text = say("your_view.self_assessment", strengths=strengths, worries=worries)
            yield Composed("your_view", "your_view.self_assessment", text)
        if view.communicated_on and view.replied:
            text = say("your_view.reply", date=self.on(view.communicated_on))
            yield Composed("your_view", "your_view.reply", text)
        elif view.communicated_on and view.reply_by:
            text = say(
                "your_view.no_reply", date=self.on(view.communicated_on), deadline=self.on(view.reply_by)
            )
            yield Composed("your_view", "your_view.reply", text)
        elif view.not_asked_because:
            why = lowered(Text(view.not_asked_because, view.not_asked_because))
            text = say("your_view.not_communicated", reason=why)
            yield Composed("your_view", "your_view.reply", text)
        yield Composed("your_view", "your_view.invitation", say("your_view.invitation"))

    def decision(self) -> Iterator[Composed]:
        """The words of the decision; a recorded decision stands as it was recorded."""
        say = self.phrases.say
        deficiencies = self.of_kind(FindingKind.DEFICIENCY)
        if self.view.decision:
            yield Composed("decision", "decision.words", Text(self.view.decision, self.view.decision))
            return
        deadline = self.deadline or self.phrases.words("date.missing")
        if not deficiencies and not self.pending:
            yield Composed("decision", "decision.words", say("decision.closed"))
        elif any(finding.level >= LegalLevel.MALPRACTICE for finding in deficiencies):
            yield Composed("decision", "decision.words", say("decision.order"))
        elif any(finding.level >= LegalLevel.DEFICIENCY for finding in deficiencies):
            yield Composed("decision", "decision.words", say("decision.account", deadline=deadline))
        elif deficiencies:
            yield Composed("decision", "decision.words", say("decision.confirm", deadline=deadline))
        if self.pending:
            yield Composed(
                "decision", "decision.continue", say("decision.continue", areas=listed(self.pending))
            )
        if any(finding.sanction for finding in deficiencies):
            yield Composed("decision", "decision.sanction", say("decision.sanction"))

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
        yield Composed("follow_up", "follow_up.municipality", say("follow_up.municipality"))

    def legal(self) -> Iterator[Composed]:
        order = any(
            finding.level >= LegalLevel.MALPRACTICE for finding in self.of_kind(FindingKind.DEFICIENCY)
        )
        appeal = self.phrases.say("legal.appeal.order" if order else "legal.appeal.none")
        yield Composed("legal", "legal.appeal", appeal)
        yield Composed("legal", "legal.correction", self.phrases.say("legal.correction"))
        yield Composed("legal", "legal.public", self.phrases.say("legal.public"))

    def appendices(self) -> Iterator[Composed]:
        if any(mark.result is not CheckResult.NOT_APPLICABLE for mark in self.view.marks):
            yield Composed(
                "appendices", "appendices.requirements", self.phrases.say("appendices.requirements")
            )

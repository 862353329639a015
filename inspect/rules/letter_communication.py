"""Compose the communication before a decision: the facts, how they look today, how to answer (FL 25 §).

What was sent for reply stands as it was sent. Advice stands apart from what may become demands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import FindingKind
from .appeal import kind_decided
from .case_view import CaseView, FindingView
from .disclosure import source_labels
from .finding_proposals import heard_in
from .letter_findings import FromFindings, by_gravity, from_findings, of_finding, slugs
from .letter_phrases import Composed, OnDay, Phrases, listed, lowered

FACTS = ("title", "saw", "sources", "rule", "matters")


def compose_communication(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order."""
    view = _as_sent(view)
    letter = _Communication(view, phrases, on, from_findings(view, phrases, on))
    parts = (letter.summary(), letter.facts(), letter.preliminary(), letter.reply(), letter.legal())
    return tuple(paragraph for part in parts for paragraph in part)


def _as_sent(view: CaseView) -> CaseView:
    """The findings with the texts and levels that were sent for reply; as they stand where nothing was."""
    sent = {one.finding: one for one in view.course.facts}
    if not sent:
        return view
    return replace(
        view,
        findings=tuple(
            replace(one, title=sent[one.id].title, saw=sent[one.id].saw, level=sent[one.id].level)
            if one.id in sent and sent[one.id].level in _levels_of(one)
            else one
            for one in view.findings
        ),
    )


def _levels_of(finding: FindingView) -> range:
    """The levels that a finding of its kind can have: it may have changed kind since it was sent."""
    if finding.kind is FindingKind.DEFICIENCY:
        return range(2, 6)
    return range(1, 2) if finding.kind is FindingKind.ADVICE else range(1)


@dataclass(frozen=True, slots=True)
class _Communication:
    view: CaseView
    phrases: Phrases
    on: OnDay
    findings: FromFindings

    def of_kind(self, kind: FindingKind) -> tuple[FindingView, ...]:
        if kind is FindingKind.DEFICIENCY:
            return by_gravity(self.view)
        return tuple(one for one in self.view.findings if one.kind is kind)

    @property
    def pending(self) -> tuple[Text, ...]:
        names = self.view.pack.areas
        return tuple(lowered(area.name) for area in names if self.view.areas_pending(area.id))

    def summary(self) -> Iterator[Composed]:
        say, count = self.phrases.say, len(self.of_kind(FindingKind.DEFICIENCY))
        yield Composed("summary", "summary.lead", say("communication.summary.lead"))
        if count > 1:
            text = say("communication.summary.several", count=self.phrases.number(count))
        else:
            text = say("communication.summary.one" if count else "communication.summary.none")
        yield Composed("summary", "summary.count", text)
        if self.view.reply_by:
            until = say("communication.summary.until", deadline=self.on(self.view.reply_by))
            yield Composed("summary", "summary.until", until)
        yield Composed("summary", "summary.changes", say("communication.summary.changes"))

    def facts(self) -> Iterator[Composed]:
        say, names = self.phrases.say, slugs(self.view.findings)
        yield Composed("facts", "facts.intro", say("communication.facts.intro"))
        for kind, group in (
            (FindingKind.STRENGTH, "strengths"),
            (FindingKind.DEFICIENCY, "deficiencies"),
            (FindingKind.ADVICE, "advice"),
        ):
            found = self.of_kind(kind)
            if found:
                yield Composed("facts", f"facts.{group}", say(f"communication.facts.{group}"))
            if found and kind is FindingKind.ADVICE:
                yield Composed("facts", "facts.advice-intro", say("communication.facts.advice.intro"))
            for finding in found:
                for part, text in self._facts_of(finding):
                    yield of_finding(finding, f"facts.{group}-{names[finding.id]}.{part}", text)

    def _facts_of(self, finding: FindingView) -> Iterator[tuple[str, Text]]:
        if finding.kind is FindingKind.DEFICIENCY:
            parts = self.findings.parts_of(finding)
            yield from ((part, parts[part]) for part in FACTS if parts[part].sv)
            return
        yield "title", self.findings.text_of(finding, "title")
        saw = self.findings.text_of(finding, "saw")
        if saw.sv:
            yield "saw", saw
        behind = tuple(one for one in self.view.said if one.label in finding.evidence)
        labels = source_labels(behind, heard_in(self.view, finding.area)) if behind else ()
        if labels and not self.view.areas_pending(finding.area):
            yield "sources", self.phrases.sources(labels)

    def preliminary(self) -> Iterator[Composed]:
        say, names = self.phrases.say, slugs(self.view.findings)
        found = self.of_kind(FindingKind.DEFICIENCY)
        yield Composed("preliminary", "preliminary.intro", say("communication.preliminary.intro"))
        for finding in found:
            parts = self.findings.parts_of(finding)
            for part in ("title", "level"):
                if parts[part].sv:
                    yield of_finding(finding, f"preliminary.{names[finding.id]}.{part}", parts[part])
        yield Composed(
            "preliminary", "preliminary.decision", say(f"communication.preliminary.{self._leads_to}")
        )
        if any(one.sanction for one in found) and self.phrases.wording.has(
            "communication.preliminary.sanction"
        ):
            yield Composed("preliminary", "preliminary.sanction", say("communication.preliminary.sanction"))
        if self.pending:
            text = say("communication.preliminary.pending", areas=listed(self.pending))
            yield Composed("preliminary", "preliminary.pending", text)

    @property
    def _leads_to(self) -> str:
        decided = kind_decided(one.level for one in self.of_kind(FindingKind.DEFICIENCY))
        if decided is DecisionKind.ORDER:
            return "order"
        if decided is DecisionKind.CRITICISM:
            return "account"
        return "continue" if self.pending else "closed"

    def reply(self) -> Iterator[Composed]:
        say, view = self.phrases.say, self.view
        yield Composed("reply", "reply.what", say("communication.reply.what"))
        where = (
            say("communication.reply.where", deadline=self.on(view.reply_by))
            if view.reply_by
            else say("communication.reply.where.no_day")
        )
        yield Composed("reply", "reply.where", where)
        if not view.public_provider:
            yield Composed("reply", "reply.spoken", say("communication.reply.spoken"))
        if view.contact:
            yield Composed("reply", "reply.help", say("communication.reply.help", contact=view.contact))
        for name in ("counsel", "then", "none"):
            yield Composed("reply", f"reply.{name}", say(f"communication.reply.{name}"))

    def legal(self) -> Iterator[Composed]:
        for name in ("why", "material", "no_decision"):
            yield Composed("legal", f"legal.{name}", self.phrases.say(f"communication.legal.{name}"))
        yield Composed("legal", "legal.public", self.phrases.say("legal.public"))

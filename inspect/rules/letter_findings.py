"""The sections of the letter that are made from findings: what works, advice, deficiencies.

What several findings share is said once. Advice stands together by why it is advice; deficiencies stand
by area, the gravest first, and why an area matters, what a level means and how to reply stand before
them. A text that a person has written for one finding is never put together with another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import FindingKind, LegalLevel
from .appeal import decision_of
from .case_view import CaseView, FindingView
from .disclosure import source_labels
from .finding_proposals import (
    REASONS,
    Key,
    Proposal,
    achieve_sentences,
    behind_requirement,
    heard_in,
    key_of,
    propose,
)
from .letter_phrases import NOTHING, Composed, OnDay, Phrases, paragraphs, sentences


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


def by_gravity(view: CaseView) -> tuple[FindingView, ...]:
    """The deficiencies area by area: the area with the gravest one first, and within it the gravest first."""
    found = [one for one in view.findings if one.kind is FindingKind.DEFICIENCY]
    gravest = {one.area: max(other.level for other in found if other.area == one.area) for one in found}
    order = {area.id: at for at, area in enumerate(view.pack.areas)}
    return tuple(sorted(found, key=lambda one: (-gravest[one.area], order.get(one.area, 0), -one.level)))


def of_finding(finding: FindingView, key: str, text: Text) -> Composed:
    """A paragraph on a finding, with what it rests on. The key begins with the section."""
    rule = (finding.requirement,) if finding.requirement else ()
    return Composed(key.split(".", 1)[0], key, text, (*finding.evidence, *rule), finding.id)


def title_of(view: CaseView, finding: FindingView) -> Text:
    """The name of a finding; that of its requirement is known in English too."""
    rule = view.title_of(finding.requirement) if finding.requirement else None
    return rule if rule is not None and rule.sv == finding.title else Text(finding.title, finding.title)


def from_findings(view: CaseView, phrases: Phrases, on: OnDay) -> "FromFindings":
    """With what would be proposed now, so that what nobody has changed is known in English too."""
    proposed = {one.key: one for one in propose(replace(view, findings=()), phrases)}
    return FromFindings(view, phrases, on, proposed)


@dataclass(frozen=True, slots=True)
class FromFindings:
    """Makes the paragraphs. `proposed`: what would be proposed now, to know what nobody has changed."""

    view: CaseView
    phrases: Phrases
    on: OnDay
    proposed: Mapping[Key, Proposal]

    def strengths(self) -> Iterator[Composed]:
        found = self._named(FindingKind.STRENGTH)
        if not found:
            yield Composed("strengths", "strengths.none", self.phrases.say("strengths.none"))
        for finding, name in found:
            yield self._part(finding, f"strengths.{name}.title", self.text_of(finding, "title"))
            yield self._part(finding, f"strengths.{name}.text", self.text_of(finding, "saw"))

    def advice(self) -> Iterator[Composed]:
        """By reason: the sentence of the reason, then what it is about and what we suggest."""
        found = self._named(FindingKind.ADVICE)
        if not found:
            yield Composed("advice", "advice.none", self.phrases.say("advice.none"))
        reasons = {finding.id: self._reason(finding) for finding, _name in found}
        for reason in (*REASONS, ""):
            group = [(finding, name) for finding, name in found if reasons[finding.id] == reason]
            if group and reason:
                yield Composed("advice", f"advice.shared.{reason}", self.phrases.say(f"advice.{reason}"))
            for finding, name in group:
                yield from self._one_advice(finding, name, reason)

    def _one_advice(self, finding: FindingView, name: str, reason: str) -> Iterator[Composed]:
        yield self._part(finding, f"advice.{name}.title", self.text_of(finding, "title"))
        texts = (self.text_of(finding, part) for part in ("saw", "matters", "achieve"))
        shared = self.phrases.say(f"advice.{reason}") if reason else NOTHING
        said = sentences(*(text for text in texts if text.sv != shared.sv))
        if said.sv:
            yield self._part(finding, f"advice.{name}.text", said)

    def _reason(self, finding: FindingView) -> str:
        """Which of the known reasons it gives, word for word; "" when a person has put it otherwise."""
        written = {finding.saw, finding.achieve}
        return next((one for one in REASONS if self.phrases.say(f"advice.{one}").sv in written), "")

    def deficiencies(self) -> Iterator[Composed]:
        """Each in its parts: saw, sources, rule, matters, level, proportion, view, achieve, due (FL 32)."""
        names = slugs(self.view.findings)
        found = by_gravity(self.view)
        if not found:
            yield Composed("deficiencies", "deficiencies.none", self.phrases.say("deficiency.none"))
        if len(found) < 2:
            for finding in found:
                yield from self._one_deficiency(finding, names[finding.id], frozenset())
            return
        yield from self._shared(found)
        for area, group in groupby(found, key=lambda one: one.area):
            members = tuple(group)
            yield Composed("deficiencies", f"deficiencies.area-{area}.title", self.view.pack.area(area).name)
            common = {"your_view"}
            if members[0].matters and len({one.matters for one in members}) == 1:
                common.add("matters")
                why = self.text_of(members[0], "matters")
                yield Composed("deficiencies", f"deficiencies.area-{area}.matters", why)
            for finding in members:
                yield from self._one_deficiency(finding, names[finding.id], frozenset(common))

    def _shared(self, found: tuple[FindingView, ...]) -> Iterator[Composed]:
        """What each level that is used means, and how to reply."""
        say, levels = self.phrases.say, self.phrases.wording.levels
        for level in sorted({one.level for one in found if self._tells_of_level(one)}, reverse=True):
            name = Text(levels[level].name.sv.rstrip("."), levels[level].name.en.rstrip("."))
            text = say("deficiency.level_means", level=name, meaning=levels[level].proportion)
            yield Composed("deficiencies", f"deficiencies.shared.level-{level}", text)
        text = say(f"deficiency.your_view.{self.reply_state}")
        yield Composed("deficiencies", "deficiencies.shared.your_view", text)

    def _tells_of_level(self, finding: FindingView) -> bool:
        """Whether its reason ends as proposed, with what the level means in general."""
        return finding.proportion.endswith(self.phrases.wording.levels[finding.level].proportion.sv)

    def _proportion(self, finding: FindingView, shared: bool) -> Text:
        """Why the level is proportionate; where its general meaning is said before, only what is its own."""
        text = self.text_of(finding, "proportion")
        if not shared or not self._tells_of_level(finding):
            return text
        general = self.phrases.wording.levels[finding.level].proportion
        own = text.en.removesuffix(general.en).removesuffix(general.sv)
        return Text(text.sv.removesuffix(general.sv).rstrip(), own.rstrip())

    def _one_deficiency(self, finding: FindingView, name: str, common: frozenset[str]) -> Iterator[Composed]:
        parts = self.parts_of(finding)
        parts["proportion"] = self._proportion(finding, bool(common))
        if finding.proportion and not parts["proportion"].sv:
            common |= {"proportion"}
        for part, text in parts.items():
            if part not in common:
                yield self._part(finding, f"deficiencies.{name}.{part}", text)

    def parts_of(self, finding: FindingView) -> dict[str, Text]:
        """Everything that is told of a deficiency, by part (FL 32 §)."""
        rule = self.view.pack.requirement(finding.requirement or "")
        behind = behind_requirement(self.view, rule.id)
        labels = source_labels(behind, heard_in(self.view, finding.area), checked=True)
        return {
            "title": self.text_of(finding, "title"),
            "saw": self.text_of(finding, "saw"),
            "sources": self.phrases.sources(labels),
            "rule": paragraphs(rule.wording, self.phrases.say("deficiency.rule", source=rule.source)),
            "matters": self.text_of(finding, "matters"),
            "level": self.phrases.wording.levels[finding.level].name,
            "proportion": self.text_of(finding, "proportion"),
            "your_view": self.phrases.say(f"deficiency.your_view.{self.reply_state}"),
            "achieve": self.achieve_of(finding),
            "due": self.on(finding.due_on) if finding.due_on else NOTHING,
        }

    def achieve_of(self, finding: FindingView) -> Text:
        """What must be achieved. What was proposed, and nobody has put otherwise, follows the decision.

        An order states the measures elsewhere, and nothing refers to an order where there is none.
        """
        rule = self.view.pack.requirement(finding.requirement or "")
        order, done, plain = achieve_sentences(rule, self.phrases)
        written = self.text_of(finding, "achieve")
        ordered = finding.level >= LegalLevel.MALPRACTICE and decision_of(self.view) is DecisionKind.ORDER
        if ordered and written.sv in (done.sv, plain.sv):
            return order
        return plain if written.sv == order.sv and not ordered else written

    def _named(self, kind: FindingKind) -> tuple[tuple[FindingView, str], ...]:
        names = slugs(self.view.findings)
        return tuple((one, names[one.id]) for one in self.view.findings if one.kind is kind)

    def _part(self, finding: FindingView, key: str, text: Text) -> Composed:
        return of_finding(finding, key, text)

    def text_of(self, finding: FindingView, part: str) -> Text:
        """A finding's text in both languages: what nobody has changed is known in English too."""
        written: str = getattr(finding, part)
        proposal = self.proposed.get(key_of(finding.kind, finding.area, finding.theme, finding.requirement))
        proposed: Text = getattr(proposal, part) if proposal else NOTHING
        return Text(written, proposed.en if proposed.sv == written else written)

    @property
    def reply_state(self) -> str:
        """Whether the provider has had its say before the decision (FL 25 §)."""
        if self.view.replied:
            return "replied"
        return "silent" if self.view.communicated_on else "none"

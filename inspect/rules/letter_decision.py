"""Compose the decision itself: content, grounds, measures, appeal, who decided (FL 31–33 §§).

An order states the measures that the authority holds necessary, one by one (SoL 28 kap. 9 §). How to appeal
follows the kind of decision that is recorded. An order tells of what it rests on: what is grave or carries a
sanction; criticism of every deficiency.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from ...interview_guides.content import Text
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import LegalLevel
from .appeal import appeal_of, decision_of
from .case_view import CaseView, FindingView
from .finding_proposals import achieve_sentences, first_source
from .letter_findings import FromFindings, by_gravity, from_findings, of_finding, slugs
from .letter_phrases import NOTHING, Composed, OnDay, Phrases, quoted, sentences

GROUNDS = ("title", "saw", "sources", "rule", "matters", "level", "proportion")
HOW_TO_APPEAL = ("which", "change", "sender", "where", "then")


def compose_decision(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the document, in order."""
    made = _Decision(view, phrases, on, from_findings(view, phrases, on))
    parts = (made.decision(), made.grounds(), made.measures(), made.appeal())
    return tuple(paragraph for part in parts for paragraph in part)


def unstated_measures(view: CaseView, phrases: Phrases, on: OnDay) -> Mapping[UUID, Text]:
    """The findings of an order for which nobody has written what must be done, and what is said instead.

    Empty where no order is made: criticism leaves the how to the provider.
    """
    made = _Decision(view, phrases, on, from_findings(view, phrases, on))
    if made.kind is not DecisionKind.ORDER:
        return {}
    return {one.id: made.requirement_of(one) for one in made.rests_on if not made.written_measure(one).sv}


@dataclass(frozen=True, slots=True)
class _Decision:
    view: CaseView
    phrases: Phrases
    on: OnDay
    findings: FromFindings

    @property
    def kind(self) -> DecisionKind:
        return decision_of(self.view)

    @property
    def rests_on(self) -> tuple[FindingView, ...]:
        """The deficiencies that it is about; all of them where none is grave enough for an order."""
        every = by_gravity(self.view)
        grave = tuple(one for one in every if one.level >= LegalLevel.MALPRACTICE or one.sanction)
        return grave if grave and self.kind is DecisionKind.ORDER else every

    def decision(self) -> Iterator[Composed]:
        say, decided = self.phrases.say, self.view.course.decided
        if decided is None:
            yield Composed("decision", "decision.states", say("decision.states.none"))
        else:
            yield Composed("decision", "decision.words", Text(decided.content, decided.content))
            yield Composed("decision", "decision.states", say(f"decision.states.{decided.kind.value}"))
        if any(one.sanction for one in self.rests_on) and self.phrases.wording.has("decision.sanction"):
            yield Composed("decision", "decision.sanction", say("decision.sanction"))
        if decided is not None:
            yield from self._by_whom()

    def _by_whom(self) -> Iterator[Composed]:
        say, decided = self.phrases.say, self.view.course.decided
        if decided is None:
            return
        if decided.decider and decided.rapporteur:
            who = say(
                "decision.states.who",
                date=self.on(decided.on), decider=decided.decider, rapporteur=decided.rapporteur,
            )  # fmt: skip
            yield Composed("decision", "decision.who", who)
        for name in ("participants", "dissent"):
            written = getattr(decided, name).strip()
            if written:
                text = say(f"decision.states.{name}", **{name: written})
                yield Composed("decision", f"decision.{name}", text)

    def grounds(self) -> Iterator[Composed]:
        say, found, names = self.phrases.say, self.rests_on, slugs(self.view.findings)
        if not found:
            yield Composed("grounds", "grounds.none", say("decision.grounds.none"))
        else:
            titles = quoted(self.findings.text_of(one, "title") for one in found)
            yield Composed("grounds", "grounds.intro", say("decision.grounds.intro", titles=titles))
        if self.kind is DecisionKind.ORDER:
            law = sentences(say("decision.grounds.law"), say("decision.grounds.no_account"))
            yield Composed("grounds", "grounds.law", law)
        for finding in found:
            parts = self.findings.parts_of(finding)
            parts["proportion"] = self._proportion(finding, parts["proportion"])
            for part in GROUNDS:
                if parts[part].sv:
                    yield of_finding(finding, f"grounds.{names[finding.id]}.{part}", parts[part])
        yield from self._weighed(found)
        yield from self._reply()

    def _proportion(self, finding: FindingView, text: Text) -> Text:
        """Why the level is proportionate, without the last sentence of its level: what we decide is here."""
        general = self.phrases.wording.levels[finding.level].proportion
        if finding.level < LegalLevel.MALPRACTICE or not text.sv.endswith(general.sv):
            return text
        return Text(*(one.rsplit(". ", 1)[0] + "." for one in (text.sv, text.en)))

    def _weighed(self, found: tuple[FindingView, ...]) -> Iterator[Composed]:
        """What a person has written of the areas that the decision rests on; nothing of one on hold."""
        areas = dict.fromkeys(one.area for one in found)
        reasons = [
            (area, " ".join(one.strip() for one in (held.reasoning, held.children_weighed) if one.strip()))
            for area in areas
            if (held := self.view.areas.get(area)) is not None and not held.pending
        ]
        if any(text for _area, text in reasons):
            yield Composed("grounds", "grounds.weighed", self.phrases.say("decision.grounds.weighed"))
        for area, text in reasons:
            if text:
                yield Composed("grounds", f"grounds.weighed-{area}", Text(text, text))

    def _reply(self) -> Iterator[Composed]:
        say, view = self.phrases.say, self.view
        if view.communicated_on and view.replied:
            text = say("your_view.reply", date=self.on(view.communicated_on))
        elif view.communicated_on and view.reply_by:
            text = say(
                "your_view.no_reply", date=self.on(view.communicated_on), deadline=self.on(view.reply_by)
            )
        else:
            return
        yield Composed("grounds", "grounds.reply", say("decision.grounds.reply"))
        yield Composed("grounds", "grounds.replied", text)

    def measures(self) -> Iterator[Composed]:
        """Each measure with its day; of an order only, for criticism leaves the how to the provider."""
        if self.kind is not DecisionKind.ORDER:
            return
        say, names = self.phrases.say, slugs(self.view.findings)
        yield Composed("measures", "measures.intro", say("decision.measures.intro"))
        for number, finding in enumerate(self.rests_on, start=1):
            name = f"measures.{names[finding.id]}"
            yield of_finding(finding, f"{name}.label", say("decision.measures.label", number=str(number)))
            yield of_finding(finding, f"{name}.achieve", self._measure(finding))
            due = (
                say("decision.measures.due", deadline=self.on(finding.due_on)) if finding.due_on else NOTHING
            )
            yield of_finding(finding, f"{name}.due", due)
        for name in ("show", "revoke", "otherwise"):
            if self.phrases.wording.has(f"decision.measures.{name}"):
                yield Composed("measures", f"measures.{name}", say(f"decision.measures.{name}"))

    def _measure(self, finding: FindingView) -> Text:
        """What an inspector has written that must be done; the requirement itself where nobody has."""
        written = self.written_measure(finding)
        return written if written.sv else self.requirement_of(finding)

    def written_measure(self, finding: FindingView) -> Text:
        """What a person has written, and is not the sentence that was proposed; else nothing."""
        written = self.findings.text_of(finding, "achieve")
        rule = self.view.pack.requirement(finding.requirement or "")
        proposed = {one.sv for one in achieve_sentences(rule, self.phrases)}
        return NOTHING if written.sv in proposed else written

    def requirement_of(self, finding: FindingView) -> Text:
        """What stands for a measure while nobody has written one."""
        rule = self.view.pack.requirement(finding.requirement or "")
        return self.phrases.say(
            "decision.measures.requirement", source=first_source(rule), requirement=rule.wording
        )

    def appeal(self) -> Iterator[Composed]:
        rule = appeal_of(self.kind, self.phrases.wording)
        yield Composed("appeal", "appeal.rule", rule.in_decision(public=self.view.public_provider))
        if rule.tells_how:
            yield Composed("appeal", "appeal.how", self.phrases.say("decision.appeal.how"))
            for name in HOW_TO_APPEAL:
                yield Composed("appeal", f"appeal.how-{name}", self.phrases.say(f"decision.appeal.{name}"))
        yield Composed("appeal", "appeal.correction", self.phrases.say("legal.correction"))
        yield Composed("appeal", "appeal.public", self.phrases.say("decision.appeal.public"))

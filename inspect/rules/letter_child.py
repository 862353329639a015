"""The letter to the children who were heard: for each theme that may be told, what we did with it.

What may be told is decided where the feedback letter's own section is composed (METHOD 2.17: the k-rule, each
child's wish, what is on hold). The rest is passed over here without a trace: the same sentences stand whether
or not something was left out, so that nothing is hinted at. Themes are named in the same words whoever raised
them, and in the order of the pack.

Pure: the same view gives the same paragraphs. A paragraph that leads up to a list holds the list as well, an
item after each blank line (`LISTS`), so that a person edits or removes both at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from ...interview_guides.child_words import ChildWords, Spoken
from ...models.vocabulary import FindingKind, RegisterAnswer, Responsible
from .case_view import CaseView, FindingView, Said
from .finding_proposals import children_level
from .letter_children import told_by_children
from .letter_phrases import Composed

MOST_TOLD = 4
"""The most themes that are named both where we say what we heard and where we answer."""
LISTS = ("told.better", "told.good", "decided.list.", "cannot.")
"""How the keys begin of paragraphs that are a sentence and a list."""


class Outcome(StrEnum):
    """What became of a theme; the sentence `decided.<value>` says it. In the order of the letter."""

    DEMANDED = "demanded"
    CHANGED = "changed"
    ADVISED = "advised"
    AGREED = "agreed"
    LOOKING = "looking"
    OTHERWISE = "otherwise"
    GOOD = "good"
    PASSED_ON = "passed_on"
    CANNOT = "cannot"


OF_ANSWER: Mapping[RegisterAnswer, Outcome] = {
    RegisterAnswer.AGREED: Outcome.AGREED,
    RegisterAnswer.NOT_AGREED: Outcome.OTHERWISE,
    RegisterAnswer.FOLLOWED_UP: Outcome.LOOKING,
    RegisterAnswer.OUTSIDE_REMIT: Outcome.CANNOT,
}


def compose_child(view: CaseView, words: ChildWords, age: str) -> tuple[Composed, ...]:
    """All paragraphs of the letter for an age ("6-12" or "13-20"), in their order, in all its languages."""
    return tuple(_Answer(view, words, age).paragraphs())


def outcomes(view: CaseView) -> dict[str, Outcome]:
    """What became of each theme that children want better, of those that may be told; in the pack's order."""
    return {
        theme: _outcome(view, theme)
        for theme, said in _told(view).items()
        if max(one.severity for one in said) >= 1
    }


def _told(view: CaseView) -> dict[str, tuple[Said, ...]]:
    """What may be told, less what is withheld in the register to protect a child."""
    return {
        theme: said
        for theme, said in told_by_children(view).items()
        if RegisterAnswer.WITHHELD not in _answers(view, theme)
    }


def _answers(view: CaseView, theme: str) -> tuple[RegisterAnswer, ...]:
    """The answer on the theme itself, then that on its area."""
    keys = (f"theme:{theme}", f"area:{view.pack.theme(theme).area}")
    return tuple(view.answers[key] for key in keys if key in view.answers)


def _outcome(view: CaseView, theme: str) -> Outcome:
    """Findings before answers in the register: a demand is the strongest answer that a child can get."""
    about = [one for one in view.findings if theme in _themes_of(view, one)]
    demands = [one for one in about if one.kind is FindingKind.DEFICIENCY]
    advice = [one for one in about if one.kind is FindingKind.ADVICE]
    if demands:
        return Outcome.CHANGED if all(_is_done(view, one) for one in demands) else Outcome.DEMANDED
    if any(one.responsible is not Responsible.COMMITTEE for one in advice):
        return Outcome.ADVISED
    if advice:
        return Outcome.CANNOT
    for answer in _answers(view, theme):
        return OF_ANSWER[answer]
    praised = any(
        one.kind is FindingKind.STRENGTH and one.area == view.pack.theme(theme).area for one in view.findings
    )
    return Outcome.GOOD if praised and children_level(view.on_theme(theme)) == 4 else Outcome.PASSED_ON


def _themes_of(view: CaseView, finding: FindingView) -> tuple[str, ...]:
    """The themes that a finding is about; a strength is about its area."""
    of_requirement = view.pack.requirement(finding.requirement).themes if finding.requirement else ()
    return (finding.theme, *of_requirement) if finding.theme else of_requirement


def _is_done(view: CaseView, finding: FindingView) -> bool:
    mark = view.mark(finding.requirement) if finding.requirement else None
    return mark is not None and mark.fixed


class _Answer:
    """The letter to one age while it is composed."""

    def __init__(self, view: CaseView, words: ChildWords, age: str) -> None:
        self.view, self.words, self.age = view, words, age
        self.told = _told(view)
        self.outcomes = outcomes(view)
        self.deficiencies = [one for one in view.findings if one.kind is FindingKind.DEFICIENCY]

    def paragraphs(self) -> Iterator[Composed]:
        yield self._said("head", "head.kind", "kind")
        yield self._said("head", "head.title", "title")
        yield self._said("head", "head.greeting", self._greeting(), date=self.words.on(self.view.day))
        yield from self._what_was_told()
        yield from self._what_was_decided()
        yield from self._what_we_cannot()
        yield from self._what_happens()
        yield self._said("reach", "reach.how")
        if self.view.contact:
            yield self._said("reach", "reach.person", contact=self.view.contact)
        yield self._said("reach", "reach.danger")

    def _greeting(self) -> str:
        return "greeting" if self.view.talks.talked else "greeting.none"

    def _what_was_told(self) -> Iterator[Composed]:
        if not self.view.talks.talked:
            yield self._said("told", "told.silent")
        elif not self.told:
            yield self._said("told", "told.nothing")
        else:
            good = [theme for theme in self.told if theme not in self.outcomes]
            if len(self.outcomes) > MOST_TOLD:
                yield self._said("told", "told.many")
            elif self.outcomes:
                yield self._listed("told", "told.better", "told.better", self.outcomes)
            if good:
                yield self._listed("told", "told.good", "told.good", good)
            yield self._said("told", "told.kept")

    def _what_was_decided(self) -> Iterator[Composed]:
        decided = [one for one in Outcome if one is not Outcome.CANNOT and one in self.outcomes.values()]
        for outcome in decided:
            themes = [theme for theme, found in self.outcomes.items() if found is outcome]
            yield self._listed("decided", f"decided.list.{outcome}", f"decided.{outcome}", themes)
        told = {
            theme for theme, found in self.outcomes.items() if found in (Outcome.DEMANDED, Outcome.CHANGED)
        }
        others = [one for one in self.deficiencies if not told & set(_themes_of(self.view, one))]
        if others and decided:
            yield self._said("decided", "decided.more")
        elif not decided:
            yield self._said("decided", "decided.required" if self.deficiencies else "decided.talked")

    def _what_we_cannot(self) -> Iterator[Composed]:
        by_decider: dict[str, list[str]] = {}
        for theme, found in self.outcomes.items():
            if found is Outcome.CANNOT:
                by_decider.setdefault(self.words.decider(theme), []).append(theme)
        for decider, themes in by_decider.items():
            yield self._listed("cannot", f"cannot.{decider}", f"cannot.{decider}", themes)

    def _what_happens(self) -> Iterator[Composed]:
        left = [one for one in self.deficiencies if not _is_done(self.view, one)]
        days = [one.due_on for one in left if one.due_on]
        if days:
            yield self._said("next", "next.report", date=self.words.on(max(days)))
        elif left:
            yield self._said("next", "next.report", "next.report.undated")
        elif any(one.kind is FindingKind.ADVICE for one in self.view.findings):
            yield self._said("next", "next.advice")
        yield self._said("next", "next.check" if self.deficiencies else "next.again")
        yield self._said("next", "next.safe")

    def _said(self, section: str, key: str, sentence: str = "", **values: Spoken | str) -> Composed:
        return Composed(section, key, self.words.say(sentence or key, self.age, **values))

    def _listed(self, section: str, key: str, sentence: str, themes: Iterable[str]) -> Composed:
        lead = self.words.say(sentence, self.age)
        named = [self.words.theme(theme, self.age) for theme in themes]
        text = Spoken(
            {
                language: "\n\n".join((said, *(one.in_language(language) for one in named)))
                for language, said in lead.by_language.items()
            }
        )
        behind = tuple(one.label for theme in themes for one in self.told[theme])
        return Composed(section, key, text, behind)

"""Whether each question of a guide can ever be put: the conditions of `only_if`, and those they lean on."""

import re
from dataclasses import dataclass, field

from .conditions import AgeBand, Condition, LanguageInterpreted, QuestionNoted, ThemeRaised
from .content import Guide, Question
from .nodes import Entry
from .places import Places

_AGES = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_ALL_AGES = frozenset(range(1000))


@dataclass(slots=True)
class _Asked:
    """What must be so for a question to be put, itself and all that it leans on."""

    noted: dict[str, bool] = field(default_factory=dict)
    interpreted: bool | None = None
    ages: frozenset[int] = _ALL_AGES
    against: str | None = None
    """The first contradiction found, in words."""

    def add(self, condition: Condition) -> None:
        match condition:
            case QuestionNoted(question, noted):
                if self.noted.setdefault(question, noted) != noted:
                    self.against = self.against or f"{question} would be noted and not noted"
            case LanguageInterpreted(interpreted):
                if self.interpreted is not None and self.interpreted != interpreted:
                    self.against = self.against or "the talk would be interpreted and not interpreted"
                self.interpreted = interpreted
            case AgeBand():
                was, self.ages = self.ages, self.ages & _ages(condition)
                if was and not self.ages:
                    self.against = self.against or "nobody is of the ages that it needs"
            case ThemeRaised():
                pass


def check_conditions(guide: Guide, places: Places, themes: set[str]) -> None:
    """Record each condition that names what is not there or comes later, and each question never reached."""
    place = {question.id: number for number, question in enumerate(guide.questions)}
    for number, question in enumerate(guide.questions):
        for condition in question.only_if:
            entry = places.entry_of(condition)
            if entry is not None:
                _check_condition(condition, entry, number, place, themes)
    by_id = {question.id: question for question in guide.questions}
    circles = _circles(by_id)
    for question, entry in places.questions:
        if by_id.get(question.id) is not question or not question.only_if:
            continue
        line = entry.line_of("only_if")
        if question.id in circles:
            entry.fault(
                f"{question.id} is never put: it waits for itself through {circles[question.id]}", line
            )
            continue
        asked = _needs(question, by_id, guide)
        if asked.against is not None:
            entry.fault(f"{question.id} is never put: {asked.against}", line)


def _check_condition(
    condition: Condition, entry: Entry, number: int, place: dict[str, int], themes: set[str]
) -> None:
    match condition:
        case QuestionNoted(question) if question and question not in place:
            entry.fault(f"'only_if' names {question!r}, which is no question of this guide")
        case QuestionNoted(question) if question and place[question] >= number:
            entry.fault(f"'only_if' names {question}, which does not come before")
        case ThemeRaised(theme) if theme and theme not in themes:
            entry.fault(f"'only_if' names the unknown theme {theme!r}")
        case AgeBand(bands) if not bands:
            entry.fault("'age_band' has no band of ages")
        case AgeBand(bands):
            for first, last in bands:
                if first > last:
                    entry.fault(f"the band of ages {first}-{last} has its ends in the wrong order")


def _needs(question: Question, by_id: dict[str, Question], guide: Guide) -> _Asked:
    """All that must be so. What must be noted must have been put, so its own conditions count too."""
    asked = _Asked()
    of_guide = _AGES.search(guide.ages.sv) if guide.ages else None
    if of_guide is not None:
        asked.ages = frozenset(range(int(of_guide[1]), int(of_guide[2]) + 1))
    waiting, seen = [question], {question.id}
    while waiting:
        for condition in waiting.pop().only_if:
            asked.add(condition)
            leans_on = condition.question if isinstance(condition, QuestionNoted) and condition.noted else ""
            if leans_on in by_id and leans_on not in seen:
                seen.add(leans_on)
                waiting.append(by_id[leans_on])
    return asked


def _circles(by_id: dict[str, Question]) -> dict[str, str]:
    """The questions that wait for themselves, each with the question it waits for."""
    leans = {
        id: [c.question for c in question.only_if if isinstance(c, QuestionNoted) and c.noted]
        for id, question in by_id.items()
    }
    found: dict[str, str] = {}
    for id, directly in leans.items():
        for first in directly:
            waiting, seen = [first], set()
            while waiting:
                at = waiting.pop()
                if at == id:
                    found.setdefault(id, first)
                    break
                if at not in seen:
                    seen.add(at)
                    waiting += leans.get(at, [])
    return found


def _ages(condition: AgeBand) -> frozenset[int]:
    return frozenset(age for first, last in condition.bands for age in range(first, last + 1))

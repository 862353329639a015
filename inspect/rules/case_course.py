"""What has passed between the authority and the provider, as the letters after the weighing see it.

Plain values, frozen; made by services/view_course.py. What the provider has only drafted is not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ...models.dialogue_vocabulary import PointVerdict
from ...models.letter_vocabulary import DecisionKind, LetterKind, Stance
from ...models.vocabulary import MeasureOutcome, Wish


@dataclass(frozen=True, slots=True)
class SentFact:
    """One finding as it was sent for reply (FL 25 §)."""

    finding: UUID
    title: str
    saw: str
    level: int


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """What the provider said was wrong in one fact, answered: `title` as the fact was called when sent."""

    finding: UUID
    title: str
    verdict: PointVerdict
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The recorded decision (FL 31 §). `content` is as it was recorded; "" for those who are not named."""

    kind: DecisionKind
    on: date
    content: str
    decider: str = ""
    rapporteur: str = ""
    participants: str = ""
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the provider answered to one point of the letter, once it was sent."""

    finding: UUID
    stance: Stance | None
    text: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """What the provider promised about a deficiency, and what the follow-up found.

    `promised`: written by the provider; else it stands in for a promise that was never made. `shown`: what
    the authority has seen, read or heard. `children_say` is sealed and may be told only as
    rules/letter_voices.py says. `asked`: how many said it (0: it is why nobody could be asked; None: not
    known); `wish`: of whoever of them wants least told.
    """

    id: UUID
    finding: UUID
    description: str
    owner: str
    due_on: date
    promised: bool = True
    outcome: MeasureOutcome | None = None
    shown: str = ""
    children_say: str = ""
    asked: int | None = None
    wish: Wish | None = None
    followed_up_on: date | None = None

    @property
    def said(self) -> str:
        """What they say now; "" while nobody has asked, or nobody could be asked."""
        return self.children_say.strip() if self.outcome is not None and self.asked != 0 else ""


@dataclass(frozen=True, slots=True)
class Course:
    """The way of the case outside the authority's own walls.

    `team`: who comes, by name. `planned_on`, `came_on`: the day of the visit, before and after.
    `sent`: when each kind of letter was sent. `today`: the day on which something is late or not; None where
    nobody asks.
    """

    team: tuple[str, ...] = ()
    planned_on: date | None = None
    came_on: date | None = None
    facts: tuple[SentFact, ...] = ()
    answered: tuple[AnsweredPoint, ...] = ()
    meetings: tuple[date, ...] = ()
    decided: Decided | None = None
    sent: Mapping[LetterKind, date] = field(default_factory=dict)
    answers: tuple[AnswerView, ...] = ()
    answered_on: date | None = None
    measures: tuple[MeasureView, ...] = ()
    closed_on: date | None = None
    today: date | None = None

    def measures_of(self, finding: UUID) -> tuple[MeasureView, ...]:
        return tuple(one for one in self.measures if one.finding == finding)

    def outcome_of(self, finding: UUID) -> MeasureOutcome | None:
        """The worst that was found of a deficiency; None while one of its measures waits."""
        found = [one.outcome for one in self.measures_of(finding)]
        if not found or None in found:
            return None
        return max((one for one in found if one is not None), key=GRAVEST.index)

    def passed(self, day: date | None) -> bool:
        """Whether a day has been. Where nobody says what day it is, every day is taken to have been."""
        return day is not None and (self.today is None or day < self.today)


GRAVEST = (MeasureOutcome.REMEDIED, MeasureOutcome.PARTLY, MeasureOutcome.REMAINS)

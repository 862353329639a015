"""How long cases stay in each step, and what time providers take: median, and nine of ten. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from ...models.asked_of_provider import TimeFor
from ...models.vocabulary import State

FEWEST = 5
"""Of fewer times no figure is given: it would tell of single cases, and mean nothing."""


class On(Enum):
    """On whom a case waits in a step."""

    INSPECTORS = auto()
    REVIEWERS = auto()
    PROVIDER = auto()
    DECIDER = auto()


WAITS_ON: dict[State, On] = {
    State.PLANNED: On.INSPECTORS,
    State.PREPARED: On.INSPECTORS,
    State.CHILDREN: On.INSPECTORS,
    State.OTHER_TALKS: On.INSPECTORS,
    State.DOCUMENTS: On.INSPECTORS,
    State.WEIGHING: On.INSPECTORS,
    State.REVIEW: On.REVIEWERS,
    State.COMMUNICATION: On.PROVIDER,
    State.DIALOGUE: On.INSPECTORS,
    State.DECISION: On.DECIDER,
    State.FOLLOW_UP: On.PROVIDER,
}
"""The steps in which there is something to wait for, in their order."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days in a step: `median`, and `most` for nine of ten; None of fewer than FEWEST times."""

    times: int
    median: float | None
    most: float | None


HALF, NINE_OF_TEN = 5, 9
"""Which percentiles are told, in tenths."""


def rank_of(tenths: int, number: Any) -> Any:
    """The nearest rank of a percentile, from 1: of the least time that so many tenths do not exceed.

    `number`: how many times there are, as a number or as a column of a question.
    """
    return (number * tenths + 9) // 10


def lead_time(number: int, median: float, most: float) -> LeadTime:
    """Of so many times; of few, no figure. A clock that went back makes no negative time."""
    if number < FEWEST:
        return LeadTime(number, None, None)
    return LeadTime(number, max(0.0, median), max(0.0, most))


def lead_time_of(times: Iterable[float]) -> LeadTime:
    """The same of times at hand, in any order."""
    ordered = sorted(times)
    at = [ordered[rank_of(tenths, len(ordered)) - 1] for tenths in (HALF, NINE_OF_TEN)]
    return lead_time(len(ordered), *at)


def hours_told(told: Iterable[tuple[TimeFor, float]]) -> Mapping[TimeFor, LeadTime]:
    """Of each part that time has been told for: hours, counted as the days of a step are."""
    per_part: dict[TimeFor, list[float]] = defaultdict(list)
    for part, hours in told:
        per_part[part].append(hours)
    return {part: lead_time_of(per_part[part]) for part in TimeFor if per_part[part]}

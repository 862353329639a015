"""How long cases stay in each step, and what time providers take: median, and nine of ten. Pure."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate

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


def rank_of(tenths: int, number: int) -> int:
    """The nearest rank of a percentile of so many times, from 1: of the least that so many tenths do not
    exceed."""
    return (number * tenths + 9) // 10


def lead_time(number: int, median: float, most: float) -> LeadTime:
    """Of so many times; of few, no figure. A clock that went back makes no negative time."""
    if number < FEWEST:
        return LeadTime(number, None, None)
    return LeadTime(number, max(0.0, median), max(0.0, most))


def lead_time_of(times: Iterable[float]) -> LeadTime:
    """The same of times at hand, in any order."""
    return lead_time_of_counted(Counter(times))


def lead_time_of_counted(times: Mapping[float, int]) -> LeadTime:
    """The same of how often each time occurs."""
    ordered = sorted(times.items())
    number = sum(times.values())
    reached = list(accumulate(often for _time, often in ordered))
    median, most = (
        ordered[bisect_left(reached, rank_of(tenths, number))][0] for tenths in (HALF, NINE_OF_TEN)
    )
    return lead_time(number, median, most)


def hours_told(told: Iterable[tuple[TimeFor, float]]) -> Mapping[TimeFor, LeadTime]:
    """Of each part that time has been told for: hours, counted as the days of a step are."""
    per_part: dict[TimeFor, list[float]] = defaultdict(list)
    for part, hours in told:
        per_part[part].append(hours)
    return {part: lead_time_of(per_part[part]) for part in TimeFor if per_part[part]}

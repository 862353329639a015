"""A run of saves by one person, kept as one entry: its last text, and the way back to each before it.

What saves itself is saved every second. An entry for each would hide what matters; keeping only the last
would lose what somebody wrote and took away. So each save before the last is kept as what differs from the
one after it. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=10)
"""A longer pause ends a run."""

LONGEST = timedelta(minutes=30)
"""A run ends when it has gone on for this long."""

Step = tuple[int, int, str]
"""How many signs at the beginning and at the end are the same in the later text, and what stood between."""


@dataclass(frozen=True, slots=True)
class Run:
    """When it began and was last added to, and by whom."""

    by: object
    began_at: datetime
    at: datetime

    def goes_on(self, by: object, now: datetime) -> bool:
        """Whether a save by that person at that time belongs to this run."""
        return by == self.by and timedelta(0) <= now - self.at <= PAUSE and now - self.began_at <= LONGEST


def step_back(later: str, earlier: str) -> Step:
    """What is needed to make the earlier text of the later one."""
    most = min(len(later), len(earlier))
    begins = next((at for at in range(most) if later[at] != earlier[at]), most)
    most -= begins
    ends = next((at for at in range(most) if later[-1 - at] != earlier[-1 - at]), most)
    return begins, ends, earlier[begins : len(earlier) - ends]


def earlier_texts(text: str, steps: Iterable[Sequence[object]]) -> list[str]:
    """Every text of the run before the last, the latest first. `steps` from the last text and back."""
    found = []
    for begins, ends, between in steps:
        text = f"{text[: int(str(begins))]}{between}{text[len(text) - int(str(ends)) :]}"
        found.append(text)
    return found


def left_on_the_way(text: str, earlier: Iterable[str]) -> list[str]:
    """The earlier texts that held a word which is in neither the last text nor a later one that is given.

    A text that somebody was typing on is in what they had typed a moment later: it tells nothing of its own.
    """
    found: list[str] = []
    for one in earlier:
        if not any(_is_within(one, other) for other in (text, *found)):
            found.append(one)
    return found


def _is_within(text: str, other: str) -> bool:
    """Whether all words of the text stand in the other, in their order; the last may be unfinished there."""
    words, at = other.split(), 0
    wanted = text.split()
    for number, word in enumerate(wanted):
        last = number == len(wanted) - 1
        while at < len(words) and not (words[at] == word or (last and words[at].startswith(word))):
            at += 1
        if at == len(words):
            return False
        at += 1
    return True

"""Which readings are looked at: some by lot, and some because of what they look like (SoLPuL 10 § p 3).

A reason is no suspicion. It says where unauthorised reading would show, if there were any.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from uuid import UUID

from ...models.log_review import DrawnFor

BY_LOT = 10
"""So many readings are drawn by lot, besides those that have a reason."""
FOR_EACH_REASON = 5
"""Of the readings that a reason fits so many are drawn, by lot too: which one cannot be foreseen."""
MANY_CASES = 8
SHORT_TIME = timedelta(hours=1)
NIGHT = (time(22), time(6))
MOST_DAYS = 31
"""The longest period of one draw."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person read of one case (None: of the log itself, and of what came in about homes) on one day;
    `times` in order.

    `by_command`: some of it was let out by a command on the server, which names the account it is told to.
    `homes`: those of which something that came in was read, before there is a case.
    """

    actor_id: UUID
    case_id: UUID | None
    day: date
    times: tuple[datetime, ...]
    by_command: bool = False
    homes: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tells a reading apart. Parts of names as rules/name_parts.py has them.

    `names`: of those who read; `at_provider`: by case or home, of its provider, the home, and those with an
    account there; `teams`: by case, who is in the team now; `reviewers`: who reviews the log.
    """

    names: Mapping[UUID, frozenset[str]]
    at_provider: Mapping[UUID, frozenset[str]]
    teams: Mapping[UUID, frozenset[UUID]]
    reviewers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Drawn:
    reading: Reading
    reasons: tuple[DrawnFor, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """`readings`: among how many it was drawn; `found`: how many each reason fitted."""

    drawn: tuple[Drawn, ...]
    readings: int
    found: dict[DrawnFor, int]


def draw(
    readings: Sequence[Reading], around: Surroundings, *, chance: Random, zone: tzinfo, but: UUID
) -> Draw:
    """Draw from a period. Nothing that `but`, who draws, has read: nobody reviews themselves."""
    others = [one for one in readings if one.actor_id != but]
    hurried = _many_in_a_short_time(others)
    why = {one: _reasons(one, around, hurried, zone) for one in others}
    chosen: dict[Reading, list[DrawnFor]] = {}
    for reason in DrawnFor:
        fitting = [one for one in others if reason in why[one]]
        for one in chance.sample(fitting, min(FOR_EACH_REASON, len(fitting))):
            chosen.setdefault(one, list(why[one]))
    for one in chance.sample(others, min(BY_LOT, len(others))):
        chosen.setdefault(one, list(why[one])).insert(0, DrawnFor.RANDOM)
    found = Counter(reason for reasons in why.values() for reason in reasons)
    ordered = sorted(chosen.items(), key=lambda item: (item[0].day, item[0].times))
    return Draw(
        tuple(Drawn(one, tuple(reasons)) for one, reasons in ordered),
        len(others),
        {reason: found[reason] for reason in DrawnFor if found[reason]},
    )


def _reasons(
    one: Reading, around: Surroundings, hurried: frozenset[Reading], zone: tzinfo
) -> tuple[DrawnFor, ...]:
    fits = {
        DrawnFor.SAME_NAME: any(
            around.names.get(one.actor_id, frozenset()) & around.at_provider.get(of, frozenset())
            for of in one.homes | ({one.case_id} if one.case_id is not None else set())
        ),
        DrawnFor.NOT_IN_TEAM: one.case_id is not None
        and one.actor_id not in around.teams.get(one.case_id, frozenset()),
        DrawnFor.NIGHT: any(is_at_night(at, zone) for at in one.times),
        DrawnFor.MANY_CASES: one in hurried,
        DrawnFor.LOG_REVIEWER: one.actor_id in around.reviewers,
        DrawnFor.BY_COMMAND: one.by_command,
    }
    return tuple(reason for reason, does in fits.items() if does)


def is_at_night(at: datetime, zone: tzinfo) -> bool:
    there = at.astimezone(zone).time()
    return there >= NIGHT[0] or there < NIGHT[1]


def _many_in_a_short_time(readings: Iterable[Reading]) -> frozenset[Reading]:
    """Readings that belong to an hour in which the person opened MANY_CASES different cases or more."""
    by_person: dict[UUID, list[tuple[datetime, Reading]]] = {}
    for one in readings:
        if one.case_id is not None:
            by_person.setdefault(one.actor_id, []).extend((at, one) for at in one.times)
    found: set[Reading] = set()
    for opened in by_person.values():
        opened.sort(key=lambda item: item[0])
        first, cases = 0, Counter[UUID | None]()
        for at, one in opened:
            cases[one.case_id] += 1
            while at - opened[first][0] > SHORT_TIME:
                left = opened[first][1].case_id
                cases[left] -= 1
                if not cases[left]:
                    del cases[left]
                first += 1
            if len(cases) >= MANY_CASES:
                found.update(reading for moment, reading in opened[first:] if moment <= at)
    return frozenset(found)

"""How often a home must be inspected at least, and where it stands: SoF (2025:468) 16 kap. 1 §.

The ordinance says "at least once a year". A year is counted from day to day, from the latest visit or, of a
home that has had none, from when it opened: read so, there is never more than a year between two visits, and
each calendar year has one. The last day of a term counted in months is the day with the same number, or the
last of a shorter month (lag 1930:173, 1 §).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ...models.vocabulary import N_, Titled

SOON = 90
"""Days before the last day from which a home is said to be due."""


class DutyState(Titled):
    OVERDUE = "overdue", N_("Overdue")
    DUE = "due", N_("Soon due")
    IN_TIME = "in_time", N_("Visited in time")


@dataclass(frozen=True, slots=True)
class Duty:
    """The last day for the next visit, and where that stands today. `law`: where the duty is written."""

    last_day: date
    state: DutyState
    law: str


@dataclass(frozen=True, slots=True)
class Counted:
    """From when the time to the next visit is counted: the latest visit, or the day the home opened."""

    last_visit_on: date | None
    opened_on: date

    @property
    def since(self) -> date:
        return self.last_visit_on or self.opened_on


def months_after(day: date, months: int) -> date:
    """The last day of a term of `months` that begins on `day` (lag 1930:173, 1 §). Negative: before."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def earliest_within(day: date, months: int) -> date:
    """The earliest day whose term of `months` has not run out before `day`; what is earlier is too old."""
    start = months_after(day, -months)
    while months_after(start - timedelta(days=1), months) >= day:
        start -= timedelta(days=1)
    while months_after(start, months) < day:
        start += timedelta(days=1)
    return start


def yearly_duty(counted: Counted, *, months: int, law: str, today: date) -> Duty:
    """Where a home stands with a duty to be inspected within `months`."""
    last_day = months_after(counted.since, months)
    if today > last_day:
        state = DutyState.OVERDUE
    elif today > last_day - timedelta(days=SOON):
        state = DutyState.DUE
    else:
        state = DutyState.IN_TIME
    return Duty(last_day, state, law)

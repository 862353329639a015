"""Days and deadlines: how time that a statute sets is counted in Sweden, and which days are working days.

Public holidays: lag (1989:253) om allmänna helgdagar. How time is counted and what happens when the last day
is no working day: lag (1930:173) om beräkning av lagstadgad tid. Pure: no clock is asked.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
USUAL_WEEKS_TO_REPLY = 3
"""What the authority usually gives the provider to reply in: FL 25 § asks for a set time and names none."""
APPEAL_WEEKS = 3
"""FL 44 §."""
HEARING_YEARS = 2
"""SoL 28:20: within two years of the breach the operator has been given the opportunity to comment."""
LAPSE_YEARS = 5
"""SoL 28:21: what is not enforced within five years of the decision's legal force lapses."""
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, and the eves that lag (1930:173) 2 § puts beside them."""
    # Loaded when a day is asked about: the library knows every country and is not read in a moment.
    from holidays import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    return frozenset(Sweden(years=[year], categories=(PUBLIC, DE_FACTO), include_sundays=False))


def is_working_day(day: date) -> bool:
    """No Saturday, Sunday or public holiday, nor midsummer's eve, Christmas eve or New Year's eve.

    The days of lag (1930:173) 2 §; public holidays by lag (1989:253) 1 §.
    """
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def on_working_day(day: date) -> date:
    """The day itself, or the next working day: the last day for a step is moved so, lag (1930:173) 2 §."""
    while not is_working_day(day):
        day += DAY
    return day


def working_day_before(day: date) -> date:
    """The day itself, or the last working day before: when somebody is to hear of it in time."""
    while not is_working_day(day):
        day -= DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The working day `number` working days after `day`, or before it when negative; 0: `on_working_day`."""
    if number == 0:
        return on_working_day(day)
    step = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_until(first: date, last: date) -> int:
    """How many working days there are after `first` up to and with `last`; 0 when it has passed."""
    return sum(is_working_day(first + DAY * number) for number in range(1, (last - first).days + 1))


def add_weeks(day: date, number: int) -> date:
    """The last day of a time in weeks from `day`: the same day of the week, or the next working day after.

    Lag (1930:173) 1 and 2 §§.
    """
    return on_working_day(day + timedelta(weeks=number))


def add_months(day: date, number: int) -> date:
    """The last day of a time in months from `day`: the same number in the month, the last day of a month
    that has none, and the next working day after it. Lag (1930:173) 1 and 2 §§.
    """
    return on_working_day(same_day_in(day, number))


def same_day_in(day: date, months: int) -> date:
    """The day of the same number so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reply_by(sent_on: date, weeks: int = USUAL_WEEKS_TO_REPLY) -> date:
    """The day proposed for a reply to what was sent on `sent_on`: FL 25 § lets the authority set it."""
    return add_weeks(sent_on, weeks)


def appeal_by(notified_on: date) -> date:
    """The last day to appeal against a decision that one had part of on `notified_on`: FL 44 §."""
    return add_weeks(notified_on, APPEAL_WEEKS)


def hearing_by(breached_on: date) -> date:
    """The last day to let the operator comment before a sanction fee, SoL 28:20; not moved forward:
    it binds the authority, and a day too late no fee may be decided."""
    return same_day_in(breached_on, 12 * HEARING_YEARS)


def visited_again_by(visited_on: date) -> date:
    """A year after the last visit: SoF 16:1 asks for one at least once a year. Not moved forward either."""
    return same_day_in(visited_on, 12)


def reminder_on(due_on: date, days: int) -> date:
    """When to remind of a deadline `days` days before it: that day, or the working day before."""
    return working_day_before(due_on - timedelta(days=days))

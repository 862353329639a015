"""Of which dates who is reminded, and when. Pure.

Few reminders: one a week before and one when the day has passed, each to those who can do something about it.
"""

from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from ...models.notices import NoticeKind
from .deadlines import add_working_days, is_working_day, reminder_on

REMIND_AT = time(6, 0)
"""Swedish time."""
SOON_DAYS = 7
"""How many days before it one is reminded of a date, or the working day before that."""
LATE_DAYS = 14
"""For how long after it a passed date is told to those who have not been told: then it is old news."""


def is_time_to_remind(local: datetime) -> bool:
    """Reminders are made on working days, when people begin to work: nobody is called in the night."""
    return local.time() >= REMIND_AT and is_working_day(local.date())


class Side(Enum):
    """On whom something waits."""

    INSPECTORS = auto()
    PROVIDER = auto()


WAITS_ON: dict[str, tuple[Side, Side]] = {
    "VISIT": (Side.INSPECTORS, Side.INSPECTORS),
    "REPLY": (Side.PROVIDER, Side.INSPECTORS),
    "DEFICIENCY": (Side.PROVIDER, Side.INSPECTORS),
    "MEASURE": (Side.PROVIDER, Side.PROVIDER),
    "DOCUMENTS": (Side.PROVIDER, Side.INSPECTORS),
}
"""Per kind of date: who is reminded before it, and who is told that it has passed."""


def reminder(due_on: date, today: date) -> NoticeKind | None:
    """What there is to tell about a date today; None when it is far away, or long passed."""
    if due_on < today:
        return NoticeKind.DEADLINE_PASSED if today - due_on <= timedelta(days=LATE_DAYS) else None
    return NoticeKind.DEADLINE_SOON if reminder_on(due_on, SOON_DAYS) <= today else None


def side(kind: str, notice: NoticeKind) -> Side:
    """Who is told `notice` of a date of this kind."""
    before, after = WAITS_ON[kind]
    return after if notice is NoticeKind.DEADLINE_PASSED else before


def days_of_reminders(today: date) -> tuple[date, date]:
    """The first and last date of which something may be told today."""
    return today - timedelta(days=LATE_DAYS), today + timedelta(days=SOON_DAYS + 7)


def review_due_on(submitted_on: date, working_days: int) -> date:
    """When a letter submitted then has waited long, by the authority's own rule: no law counts these days."""
    return add_working_days(submitted_on, working_days)

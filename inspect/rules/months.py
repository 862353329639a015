"""A month of a calendar: its days in weeks from Monday, and the months beside it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        return month_of(self.first - timedelta(days=1))

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks, Monday to Sunday, that cover the month; days of the months beside it too."""
        monday = self.first - timedelta(days=self.first.weekday())
        number = ((self.last - monday).days // 7) + 1
        return [[monday + timedelta(days=7 * week + day) for day in range(7)] for week in range(number)]


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def month_in(text: str) -> Month | None:
    """The month that `text` names, as in 2026-03; None when it names none."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2]) <= 12:
        return None
    return Month(int(found[1]), int(found[2]))

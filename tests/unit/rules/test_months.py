"""Months of a calendar: whole weeks from Monday, and what an address may ask for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.months import Month, month_in, month_of


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_weeks_of_a_month_are_whole_and_hold_each_of_its_days_once(day: date) -> None:
    month = month_of(day)
    days = [one for week in month.weeks for one in week]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in month.weeks)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert [one for one in days if month_of(one) == month] == [
        month.first + timedelta(days=number) for number in range((month.last - month.first).days + 1)
    ]
    assert month.after.before == month and month.before.after == month
    assert month_in(str(month)) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1999-12", "9999-01", "2026-3", "mars"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_in(text) is None


def test_a_month_that_begins_on_a_monday_has_no_week_before_it() -> None:
    assert Month(2026, 6).weeks[0][0] == date(2026, 6, 1)

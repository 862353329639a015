"""How often a home is inspected at least: SoF (2025:468) 16 kap. 1 §, counted by lag (1930:173) 1 §."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.yearly_duty import (
    SOON,
    Counted,
    DutyState,
    earliest_within,
    months_after,
    yearly_duty,
)
from tillsyn.interview_guides.guide import activities

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONTHS = st.integers(1, 48)


@pytest.mark.parametrize(
    ("begins", "months", "last_day"),
    [
        (date(2026, 3, 10), 12, date(2027, 3, 10)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
    ],
)
def test_lag_1930_173_1_a_term_in_months_ends_on_the_day_with_the_same_number(
    begins: date, months: int, last_day: date
) -> None:
    assert months_after(begins, months) == last_day


VISITED, OPENED = date(2025, 3, 10), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("last_visit", "opened", "today", "state", "last_day"),
    [
        (VISITED, OPENED, date(2025, 12, 9), DutyState.IN_TIME, date(2026, 3, 10)),
        (VISITED, OPENED, date(2026, 3, 10) - timedelta(days=SOON), DutyState.IN_TIME, date(2026, 3, 10)),
        (VISITED, OPENED, date(2026, 3, 11) - timedelta(days=SOON), DutyState.DUE, date(2026, 3, 10)),
        (VISITED, OPENED, date(2026, 3, 10), DutyState.DUE, date(2026, 3, 10)),
        (VISITED, OPENED, date(2026, 3, 11), DutyState.OVERDUE, date(2026, 3, 10)),
        (None, OPENED, date(2026, 3, 10), DutyState.OVERDUE, date(2021, 1, 1)),
        (None, date(2026, 1, 7), date(2026, 3, 10), DutyState.IN_TIME, date(2027, 1, 7)),
    ],
)
def test_sof_16_1_at_least_once_a_year_from_the_latest_visit_or_the_opening(
    last_visit: date | None, opened: date, today: date, state: DutyState, last_day: date
) -> None:
    duty = yearly_duty(Counted(last_visit, opened), months=12, law="SoF 16:1", today=today)
    assert (duty.state, duty.last_day, duty.law) == (state, last_day, "SoF 16:1")


def test_sof_16_1_speaks_of_residential_care_supported_accommodation_and_protected_housing() -> None:
    bound = {one.id: one.inspected_by_law for one in activities() if one.inspected_within_months == 12}
    assert bound == {"hvb": "SoF 16:1", "stodboende": "SoF 16:1", "skyddat_boende": "SoF 16:1"}


@given(since=DAYS, today=DAYS, months=MONTHS)
def test_what_the_database_is_asked_is_what_the_rule_says(since: date, today: date, months: int) -> None:
    """`earliest_within` stands in queries for "the term has run out"."""
    assert (since < earliest_within(today, months)) == (months_after(since, months) < today)

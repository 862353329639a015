"""Median and what nine of ten keep within, by nearest rank; of few, no figure."""

import pytest

from tillsyn.inspect.rules.lead_times import FEWEST, WAITS_ON, LeadTime, lead_time_of, rank_of
from tillsyn.models.vocabulary import State


@pytest.mark.parametrize(
    ("days", "median", "most"),
    [
        ([1, 2, 3, 4, 5], 3, 5),
        ([5, 4, 3, 2, 1, 6, 7, 8, 9, 10], 5, 9),
        ([2] * 5, 2, 2),
        ([0, 0, 0, 0, 0, 90], 0, 90),
    ],
)
def test_the_percentiles_are_times_that_were_there(days: list[float], median: float, most: float) -> None:
    assert lead_time_of(days) == LeadTime(len(days), median, most)


def test_of_few_times_no_figure_is_given() -> None:
    assert lead_time_of([3.0] * (FEWEST - 1)) == LeadTime(FEWEST - 1, None, None)


def test_a_clock_that_went_back_makes_no_negative_time() -> None:
    assert lead_time_of([-2.0] * FEWEST).median == 0


def test_steps_stand_in_the_order_of_the_way_and_what_is_over_waits_on_nobody() -> None:
    assert list(WAITS_ON) == [state for state in State if state not in (State.CLOSED, State.ARCHIVED)]


def test_the_percentile_of_one_is_that_one() -> None:
    assert rank_of(9, 1) == rank_of(5, 1) == 1
    assert [rank_of(9, number) for number in (10, 11, 20)] == [9, 10, 18]

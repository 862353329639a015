"""Every way of counting days, with the statute it stands in."""

from datetime import date

import pytest

from tillsyn.inspect.rules import deadlines


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2026, 11, 20), True, "a Friday"),
        (date(2026, 11, 21), False, "lag (1930:173) 2 §: Saturday"),
        (date(2026, 11, 22), False, "lag (1930:173) 2 §: Sunday"),
        (date(2026, 1, 1), False, "lag (1989:253) 1 §: New Year's Day"),
        (date(2026, 1, 5), True, "Twelfth Night is a working day"),
        (date(2026, 1, 6), False, "lag (1989:253) 1 §: Epiphany"),
        (date(2026, 4, 2), True, "Maundy Thursday is a working day"),
        (date(2026, 4, 3), False, "lag (1989:253) 1 §: Good Friday"),
        (date(2026, 4, 6), False, "lag (1989:253) 1 §: Easter Monday"),
        (date(2026, 4, 30), True, "Walpurgis Night is a working day"),
        (date(2026, 5, 1), False, "lag (1989:253) 1 §: 1 May"),
        (date(2026, 5, 14), False, "lag (1989:253) 1 §: Ascension Day"),
        (date(2026, 5, 15), True, "the day after Ascension Day is a working day"),
        (date(2024, 6, 6), False, "lag (1989:253) 1 §: the National Day"),
        (date(2026, 5, 25), True, "Whit Monday is a working day since 2005"),
        (date(2004, 5, 31), False, "lag (1989:253) as it stood: Whit Monday until 2004"),
        (date(2026, 6, 19), False, "lag (1930:173) 2 §: midsummer's eve"),
        (date(2026, 10, 30), True, "the eve of All Saints' Day is a working day"),
        (date(2026, 12, 24), False, "lag (1930:173) 2 §: Christmas eve"),
        (date(2026, 12, 25), False, "lag (1989:253) 1 §: Christmas Day"),
        (date(2026, 12, 31), False, "lag (1930:173) 2 §: New Year's eve"),
    ],
)
def test_which_days_are_working_days(day: date, works: bool, why: str) -> None:
    assert deadlines.is_working_day(day) is works, why


@pytest.mark.parametrize(
    ("day", "moved", "why"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), "a working day stays"),
        (date(2026, 11, 21), date(2026, 11, 23), "lag (1930:173) 2 §: Saturday to Monday"),
        (date(2026, 6, 19), date(2026, 6, 22), "lag (1930:173) 2 §: midsummer's eve to Monday"),
        (date(2026, 12, 24), date(2026, 12, 28), "lag (1930:173) 2 §: Christmas to Monday"),
        (date(2026, 12, 31), date(2027, 1, 4), "lag (1930:173) 2 §: over the New Year"),
        (date(2026, 4, 3), date(2026, 4, 7), "lag (1930:173) 2 §: Easter to Tuesday"),
    ],
)
def test_a_last_day_that_is_no_working_day_is_moved_on(day: date, moved: date, why: str) -> None:
    assert deadlines.on_working_day(day) == moved, why


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 28), -1, date(2026, 12, 23)),
        (date(2026, 12, 23), 5, date(2027, 1, 5)),
    ],
)
def test_working_days_are_counted_over_holidays(day: date, number: int, expected: date) -> None:
    assert deadlines.add_working_days(day, number) == expected


def test_working_days_left_are_those_after_today_up_to_the_last() -> None:
    assert deadlines.working_days_until(date(2026, 12, 23), date(2027, 1, 4)) == 4
    assert deadlines.working_days_until(date(2026, 11, 20), date(2026, 11, 22)) == 0
    assert deadlines.working_days_until(date(2026, 11, 20), date(2026, 11, 1)) == 0


@pytest.mark.parametrize(
    ("day", "months", "expected", "why"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 16), "lag (1930:173) 1 §: the same number, then Monday by 2 §"),
        (date(2024, 1, 31), 1, date(2024, 2, 29), "lag (1930:173) 1 §: no such day, the month's last"),
        (date(2026, 1, 31), 1, date(2026, 3, 2), "lag (1930:173) 1 and 2 §§: 28 February is a Saturday"),
        (date(2026, 11, 30), 3, date(2027, 3, 1), "lag (1930:173) 1 §: over the year, 28 February a Sunday"),
        (date(2026, 7, 1), 6, date(2027, 1, 4), "SoL 28:12: six months, over the New Year"),
    ],
)
def test_time_in_months(day: date, months: int, expected: date, why: str) -> None:
    assert deadlines.add_months(day, months) == expected, why


@pytest.mark.parametrize(
    ("rule", "first", "last", "statute"),
    [
        (deadlines.reply_by, date(2026, 6, 5), date(2026, 6, 26), "FL 25 §: a set time, three weeks"),
        (deadlines.reply_by, date(2026, 5, 29), date(2026, 6, 22), "FL 25 §, lag (1930:173) 2 §: midsummer"),
        (deadlines.appeal_by, date(2026, 11, 2), date(2026, 11, 23), "FL 44 §: three weeks from part of it"),
        (
            deadlines.appeal_by,
            date(2026, 12, 3),
            date(2026, 12, 28),
            "FL 44 §, lag (1930:173) 2 §: Christmas",
        ),
        (deadlines.hearing_by, date(2026, 1, 3), date(2028, 1, 3), "SoL 28:20: two years, a Monday"),
        (deadlines.hearing_by, date(2026, 5, 6), date(2028, 5, 6), "SoL 28:20: a Saturday is not moved on"),
        (deadlines.hearing_by, date(2028, 2, 29), date(2030, 2, 28), "SoL 28:20: from a leap day"),
        (deadlines.visited_again_by, date(2026, 3, 10), date(2027, 3, 10), "SoF 16:1: once a year at least"),
    ],
)
def test_deadlines_of_the_statutes(rule: object, first: date, last: date, statute: str) -> None:
    assert callable(rule)
    assert rule(first) == last, statute


def test_a_reminder_comes_on_a_working_day_before_the_deadline() -> None:
    assert deadlines.reminder_on(date(2026, 12, 31), 7) == date(2026, 12, 23)
    assert deadlines.reminder_on(date(2026, 11, 27), 7) == date(2026, 11, 20)

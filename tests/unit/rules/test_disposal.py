"""When a rule lets a case go, and what stands in the way."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.disposal import DisposalFacts, goes_on, left_because
from tillsyn.inspect.rules.keeping import KEEPING, Keeping, keeping_of
from tillsyn.inspect.services.rows_of_case import is_of_case, tables_with_case
from tillsyn.models import Base
from tillsyn.models.retention import MOST_YEARS, CountedFrom, LeftBecause

FREE = DisposalFacts(closed=True)


def test_every_table_has_a_class_of_keeping() -> None:
    assert set(Base.metadata.tables) - set(KEEPING) == set()


def test_what_nobody_has_thought_about_is_preserved() -> None:
    assert keeping_of("a_table_of_next_year") is Keeping.PRESERVED


def test_a_row_that_stays_refers_to_no_row_that_goes() -> None:
    going = {table.name for table in tables_with_case()}
    refers = [
        (table.name, key.target_fullname)
        for table in Base.metadata.sorted_tables
        if table.name not in going
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in going
    ]
    assert refers == []


def test_every_table_that_goes_with_its_case_has_a_way_to_it() -> None:
    assert all(is_of_case(table) is not None for table in tables_with_case())


def test_whole_years_pass_after_the_day_or_after_the_year() -> None:
    assert goes_on(date(2026, 5, 4), CountedFrom.CLOSED, 10) == date(2036, 5, 5)
    assert goes_on(date(2026, 5, 4), CountedFrom.END_OF_YEAR, 10) == date(2037, 1, 1)
    assert goes_on(date(2024, 2, 29), CountedFrom.CLOSED, 1) == date(2025, 3, 1)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, MOST_YEARS))
def test_never_before_all_years_have_passed_and_never_sooner_from_the_end_of_the_year(
    closed_on: date, years: int
) -> None:
    day = goes_on(closed_on, CountedFrom.CLOSED, years)
    assert day > closed_on + timedelta(days=365 * years)
    assert goes_on(closed_on, CountedFrom.END_OF_YEAR, years) >= day


def test_nothing_stands_in_the_way_of_a_closed_case_and_each_fact_is_a_reason() -> None:
    assert left_because(FREE, after_archiving=False) is None
    reasons = {
        left_because(replace(FREE, **{one.name: one.name != "closed"}), after_archiving=False)
        for one in fields(DisposalFacts)
        if one.name != "archived"
    }
    assert reasons == set(LeftBecause) - {LeftBecause.NOT_ARCHIVED}


def test_a_rule_that_asks_for_the_archive_waits_for_it() -> None:
    assert left_because(FREE, after_archiving=True) is LeftBecause.NOT_ARCHIVED
    assert left_because(replace(FREE, archived=True), after_archiving=True) is None

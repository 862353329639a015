"""Which readings are drawn, and why: every reason by itself, by lot, and never one's own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.log_review import (
    BY_LOT,
    FOR_EACH_REASON,
    MANY_CASES,
    Draw,
    Drawn,
    Reading,
    Surroundings,
    draw,
    is_at_night,
)
from tillsyn.inspect.rules.name_parts import shared_by_kin, words_in
from tillsyn.models.log_review import DrawnFor

SWEDEN = ZoneInfo("Europe/Stockholm")
DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ANNA, BO, REVIEWER, OTHER_REVIEWER = (UUID(int=number) for number in range(1, 5))
CASE = UUID(int=100)
HOME = UUID(int=99)


def case(number: int) -> UUID:
    return UUID(int=100 + number)


def reading(who: UUID = ANNA, of: UUID | None = CASE, at: datetime = NOON) -> Reading:
    return Reading(who, of, DAY, (at,))


AROUND = Surroundings(
    names={ANNA: frozenset({"ek"}), BO: frozenset({"lind", "sten"})},
    at_provider={CASE: frozenset({"lind", "berg"}), HOME: frozenset({"sten"})},
    teams={case(number): frozenset({ANNA, BO}) for number in range(40)},
    reviewers=frozenset({REVIEWER, OTHER_REVIEWER}),
)


def drawn(*readings: Reading, seed: int = 1) -> Draw:
    return draw(readings, AROUND, chance=Random(seed), zone=SWEDEN, but=REVIEWER)  # noqa: S311


def reasons_of(one: Reading) -> set[DrawnFor]:
    (found,) = drawn(one).drawn
    return set(found.reasons) - {DrawnFor.RANDOM}


@pytest.mark.parametrize(
    ("one", "reasons"),
    [
        (reading(), set()),
        (reading(BO), {DrawnFor.SAME_NAME}),
        (reading(BO, case(1)), set()),
        (reading(of=UUID(int=999)), {DrawnFor.NOT_IN_TEAM}),
        (reading(at=NOON + timedelta(hours=10)), {DrawnFor.NIGHT}),
        (reading(OTHER_REVIEWER, None), {DrawnFor.LOG_REVIEWER}),
        (replace(reading(BO, None), homes=frozenset({HOME})), {DrawnFor.SAME_NAME}),
        (replace(reading(ANNA, None), homes=frozenset({HOME})), set()),
        (replace(reading(), by_command=True), {DrawnFor.BY_COMMAND}),
    ],
)
def test_each_reason_fits_what_it_is_about(one: Reading, reasons: set[DrawnFor]) -> None:
    assert reasons_of(one) == reasons


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 20, 20, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 21, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 4, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 20, 20, 0, tzinfo=UTC), True),
    ],
)
def test_the_night_is_the_one_people_in_sweden_lived(at: datetime, night: bool) -> None:
    assert is_at_night(at, SWEDEN) is night


def test_many_cases_within_an_hour_are_a_reason_and_the_same_case_many_times_is_none() -> None:
    spread = [
        reading(of=case(number), at=NOON + timedelta(minutes=10 * number)) for number in range(MANY_CASES)
    ]
    assert DrawnFor.MANY_CASES not in drawn(*spread).found
    close = [reading(of=case(number), at=NOON + timedelta(minutes=number)) for number in range(MANY_CASES)]
    assert drawn(*close).found[DrawnFor.MANY_CASES] == MANY_CASES
    again = Reading(ANNA, CASE, DAY, tuple(NOON + timedelta(minutes=number) for number in range(30)))
    assert drawn(again).found == {}


def test_nobody_draws_what_they_have_read_themselves() -> None:
    own, of_another = reading(REVIEWER, None), reading(OTHER_REVIEWER, None)
    found = drawn(own, of_another)
    assert [one.reading for one in found.drawn] == [of_another]
    assert found.readings == 1
    assert drawn(own).drawn == ()


@given(
    st.lists(st.tuples(st.sampled_from([ANNA, BO, REVIEWER]), st.integers(0, 60), st.integers(0, 23))),
    st.integers(),
)
def test_a_draw_is_of_what_was_read_by_others_each_once_and_never_more_than_was_said(
    opened: list[tuple[UUID, int, int]], seed: int
) -> None:
    readings = list({reading(who, case(of), NOON + timedelta(hours=hour)) for who, of, hour in opened})
    found = drawn(*readings, seed=seed)
    chosen = [one.reading for one in found.drawn]
    assert len(set(chosen)) == len(chosen) <= BY_LOT + FOR_EACH_REASON * len(DrawnFor)
    assert set(chosen) <= {one for one in readings if one.actor_id != REVIEWER}
    assert all(one.reasons for one in found.drawn)
    by_lot = [one for one in found.drawn if DrawnFor.RANDOM in one.reasons]
    assert len(by_lot) == min(BY_LOT, found.readings)
    for reason, number in found.found.items():
        told: list[Drawn] = [one for one in found.drawn if reason in one.reasons]
        assert len(told) >= min(FOR_EACH_REASON, number)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anna Maria LIND", {"lind"}),
        ("Anna Berg Lind-Ek", {"berg", "lind", "ek"}),
        ("Carl von Stensö", {"stensö"}),
        ("Ali Hassan", {"hassan"}),
        ("Eva M. Ström", {"ström"}),
        ("", set()),
    ],
)
def test_of_a_name_counts_what_relatives_may_share(name: str, parts: set[str]) -> None:
    assert shared_by_kin(name) == parts


def test_a_company_may_be_called_after_the_one_who_runs_it() -> None:
    assert "lind" in words_in("Lind & Co Omsorg AB")

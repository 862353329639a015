"""A run of saves is one entry, and each text of it can be had back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.text_runs import Run, Step, earlier_texts, left_on_the_way, step_back

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
texts = st.text(alphabet="abc å\n🙂", max_size=20)


def test_a_run_goes_on_for_the_same_person_until_a_pause_or_half_an_hour() -> None:
    run = Run("maja", NINE, NINE + timedelta(minutes=25))
    assert run.goes_on("maja", NINE + timedelta(minutes=29))
    assert not run.goes_on("lisa", NINE + timedelta(minutes=29))
    assert not run.goes_on("maja", NINE + timedelta(minutes=31)), "half an hour"
    assert not Run("maja", NINE, NINE).goes_on("maja", NINE + timedelta(minutes=11)), "a pause"


@given(st.lists(texts, min_size=1, max_size=8))
def test_every_text_of_a_run_can_be_had_back(written: list[str]) -> None:
    steps: list[Step] = []
    for earlier, later in pairwise(written):
        steps = [step_back(later, earlier), *steps]
    assert earlier_texts(written[-1], steps) == list(reversed(written[:-1]))


def test_typing_on_takes_next_to_no_room() -> None:
    text = "Vi har talat med alla barn som bor i hemmet. " * 20
    steps = [step_back(text[: at + 1], text[:at]) for at in range(1, len(text))]
    assert {between for _begins, _ends, between in steps} == {""}


def test_only_words_that_were_taken_away_again_are_told_of() -> None:
    way = ["Vi", "Vi sä", "Vi säg", "Vi säger nej", "Vi säger ja", "Vi säger ja i dag"]
    assert left_on_the_way(way[-1], list(reversed(way[:-1]))) == ["Vi säger nej"]

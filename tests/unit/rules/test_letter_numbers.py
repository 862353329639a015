"""The number of a letter: drawn by lot, proved by its last sign, read as people write it."""

import random
from itertools import pairwise

import pytest

from tillsyn.inspect.rules.letter_numbers import LENGTH, SIGNS, new_number, read_number, shown

DRAWN = random.Random(7)  # noqa: S311 - the same numbers in each run
NUMBERS = [new_number(DRAWN.choice) for _ in range(40)]


def signs_of(number: str) -> str:
    return number.removeprefix("F-").replace("-", "")


@pytest.mark.parametrize("number", NUMBERS[:5])
def test_a_number_is_read_as_people_write_it(number: str) -> None:
    assert number.startswith("F-")
    assert len(number) == 13
    signs = signs_of(number)
    for typed in (number, number.lower(), f"  {number} ", signs, f"F{signs}", number.replace("-", " – ")):
        assert read_number(typed) == number


def test_signs_that_look_alike_are_taken_for_each_other() -> None:
    number = next(one for one in NUMBERS if set("258GV") & set(signs_of(one)))
    mistaken = signs_of(number).translate(str.maketrans({"2": "Z", "5": "S", "8": "B", "G": "6", "V": "U"}))
    assert mistaken != signs_of(number)
    assert read_number(mistaken) == number


@pytest.mark.parametrize("number", NUMBERS[:10])
def test_every_wrong_sign_is_noticed(number: str) -> None:
    signs = signs_of(number)
    for at in range(LENGTH):
        for other in set(SIGNS) - {signs[at]}:
            assert read_number(signs[:at] + other + signs[at + 1 :]) is None


@pytest.mark.parametrize("number", NUMBERS)
def test_two_signs_that_changed_places_are_noticed(number: str) -> None:
    signs = signs_of(number)
    for at, (one, next_one) in enumerate(pairwise(signs)):
        if one != next_one:
            assert read_number(signs[:at] + next_one + one + signs[at + 2 :]) is None


@pytest.mark.parametrize(
    "typed", ["", "F", "F-", "2026-01342", "F-7K3TC", "ÅÄÖ" * 4, "0" * 10, "F" * 11, "7" * 5000]
)
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_a_number_that_begins_with_the_sign_of_the_prefix_is_whole() -> None:
    signs = "F" + signs_of(NUMBERS[0])[:8]
    proved = next(shown(signs + sign) for sign in SIGNS if read_number(signs + sign))
    assert read_number(signs_of(proved)) == proved

"""A code is easy to type and hard to guess."""

import math
import secrets

import pytest

from tillsyn.inspect.rules.survey_codes import LENGTH, SIGNS, new_code, read_code, shown


def test_there_are_more_codes_than_two_to_the_power_of_forty() -> None:
    assert len(set(SIGNS)) == len(SIGNS)
    assert LENGTH * math.log2(len(SIGNS)) > 40


def test_no_sign_is_taken_for_another() -> None:
    assert not set(SIGNS) & set("01OILZSBU6AEÅÄÖ")


@pytest.mark.parametrize("typed", ["k7m-f2q-xd9", "K7M F2Q XD9", " k7mf2qxd9 ", "K7M–F2Q–XD9", "K7M-FZQ-XD9"])
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "K7MF2QXD9"


def test_it_is_shown_in_threes_and_read_back() -> None:
    code = new_code(secrets.choice)
    assert len(code) == LENGTH
    assert read_code(shown(code)) == code
    assert shown("K7MF2QXD9") == "K7M-F2Q-XD9"


def test_what_is_too_long_is_no_code() -> None:
    assert len(read_code("K" * 500)) == LENGTH + 1

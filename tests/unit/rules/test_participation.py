"""Rule F1: what low participation calls for."""

import pytest

from tillsyn.inspect.rules.participation import Participation, ParticipationStep, participation_steps

ANOTHER_FORM, UNANNOUNCED_VISIT = ParticipationStep

LOW, HALF, EMPTY = Participation(1, 4), Participation(2, 4), Participation(0, 0)


@pytest.mark.parametrize(
    ("heard", "residents", "low"),
    [(0, 5, True), (2, 5, True), (3, 5, False), (2, 4, False), (0, 1, True), (1, 1, False), (0, 0, False)],
)
def test_fewer_than_half_is_low(heard: int, residents: int, low: bool) -> None:
    assert Participation(heard, residents).is_low == low


def test_once_calls_for_another_form_of_talk() -> None:
    assert participation_steps(HALF, [LOW, LOW]) == ()
    assert participation_steps(LOW) == (ANOTHER_FORM,)
    assert participation_steps(LOW, [HALF, LOW]) == (ANOTHER_FORM,)


def test_twice_in_a_row_calls_for_a_visit_that_is_not_announced() -> None:
    assert participation_steps(LOW, [LOW, HALF]) == (ANOTHER_FORM, UNANNOUNCED_VISIT)


def test_a_visit_to_an_empty_home_does_not_break_the_row() -> None:
    assert participation_steps(LOW, [EMPTY, LOW]) == (ANOTHER_FORM, UNANNOUNCED_VISIT)
    assert participation_steps(LOW, [EMPTY]) == (ANOTHER_FORM,)
    assert participation_steps(EMPTY, [LOW, LOW]) == ()

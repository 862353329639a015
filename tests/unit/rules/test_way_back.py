"""For whom there are two others who can let them in again."""

from itertools import product
from uuid import UUID

import pytest

from tillsyn.inspect.rules.recovery import WayBack, way_back

A, B, C = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("administrators", "supervisors", "found"),
    [
        ((), (), WayBack.FOR_NOBODY),
        ((A,), (), WayBack.FOR_NOBODY),
        ((A,), (A,), WayBack.FOR_NOBODY),
        ((), (A, B), WayBack.FOR_NOBODY),
        ((A,), (B,), WayBack.NOT_FOR_THOSE_WHO_OPEN_IT),
        ((A, B), (), WayBack.NOT_FOR_THOSE_WHO_OPEN_IT),
        ((A,), (B, C), WayBack.NOT_FOR_THOSE_WHO_OPEN_IT),
        ((A, B), (C,), WayBack.FOR_ALL),
        ((A, B, C), (), WayBack.FOR_ALL),
    ],
)
def test_two_others_are_needed_one_of_them_an_administrator(
    administrators: tuple[UUID, ...], supervisors: tuple[UUID, ...], found: WayBack
) -> None:
    assert way_back(set(administrators), set(supervisors)) is found


def test_one_more_person_never_takes_a_way_back_away() -> None:
    order = list(WayBack)
    people = (A, B, C)
    for roles in product((0, 1, 2, 3), repeat=3):
        administrators = {one for one, role in zip(people, roles, strict=True) if role & 1}
        supervisors = {one for one, role in zip(people, roles, strict=True) if role & 2}
        before = way_back(administrators, supervisors)
        more = UUID(int=9)
        assert order.index(way_back(administrators | {more}, supervisors)) >= min(order.index(before), 1)

"""The table of all states: where a state stands in it, and that it says what the rule says."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.weighing_states import CHILDREN, LEVELS, every_state, levels_of
from tillsyn.inspect.rules.weighing import Perspective
from tillsyn.inspect.rules.weighing.configuration import WEIGHTS
from tillsyn.inspect.rules.weighing.levels import ChildrenRead
from tillsyn.inspect.rules.weighing.position import weigh_state, weighed_level
from tillsyn.inspect.rules.weighing.state_table import (
    LEVEL_STATES,
    STATES,
    base_table,
    index_of,
    level_index_of,
    limit_table,
    table,
    weighed_state,
)

states = st.tuples(
    st.sampled_from(CHILDREN),
    st.tuples(*[st.sampled_from(LEVELS)] * 5),
    st.sampled_from((1, 2, 3, 4)),
    st.booleans(),
)


def test_every_state_has_its_own_place() -> None:
    assert STATES == 21 * 5**5 * 4 * 2 == 525_000
    assert len(table()) == len(limit_table()) == STATES
    assert len(base_table()) == LEVEL_STATES == 5**6


def test_the_first_and_the_last_place_and_some_between() -> None:
    assert index_of(None, {}, account=1, child_near=False) == 0
    assert index_of(None, {}, account=1, child_near=True) == 1
    assert index_of(None, {}, account=2, child_near=False) == 2
    assert index_of(None, {Perspective.DOCUMENT: 1}, account=1, child_near=False) == 8
    assert index_of(None, {Perspective.COMPLIANCE: 1}, account=1, child_near=False) == 8 * 5**4
    assert index_of(ChildrenRead(1, 1, 1), {}, account=1, child_near=False) == 8 * 5**5
    assert index_of(ChildrenRead(1, 1, 2), {}, account=1, child_near=False) == 2 * 8 * 5**5
    everything = dict.fromkeys(WEIGHTS, 4)
    assert index_of(ChildrenRead(4, 4, 4), everything, account=4, child_near=True) == STATES - 1
    assert level_index_of(everything) == LEVEL_STATES - 1
    assert level_index_of({Perspective.CHILD: 1}) == 5**5


def test_only_where_no_child_was_heard_does_it_matter_whether_children_are_expected_to_have_a_view() -> None:
    others = {who: 4 for who in WEIGHTS if who is not Perspective.CHILD}
    for child_near, position in ((True, 3), (False, 4)):
        index = index_of(None, others, account=4, child_near=child_near)
        assert table()[index] == limit_table()[index] == position


@given(states)
def test_the_table_and_what_is_remembered_say_what_the_rule_says(
    state: tuple[ChildrenRead | None, tuple[int, ...], int, bool],
) -> None:
    children, others, account, child_near = state
    levels = levels_of(children, others)
    found = weigh_state(children, levels, account=account, child_near=child_near)
    index = index_of(children, levels, account=account, child_near=child_near)
    assert table()[index] == (found.position or 0)
    assert base_table()[level_index_of(levels)] == found.base
    assert limit_table()[index] == (found.ceilings.lowest() if found.enough else 0)
    for _ in range(2):
        assert weighed_state(children, levels, account=account, child_near=child_near) == found


@pytest.mark.slow
def test_all_525_000_places_hold_what_the_rule_says_of_the_state() -> None:
    positions, seen = table(), set()
    for (children, others, account, child_near), found in every_state().items():
        index = index_of(children, levels_of(children, others), account=account, child_near=child_near)
        seen.add(index)
        assert positions[index] == (found.position or 0)
    assert seen == set(range(STATES))


def test_other_weights_move_the_weighing_and_nothing_else() -> None:
    weights = {who: 6 if who is Perspective.STAFF else 1 for who in WEIGHTS}
    doubled = {who: 2 * weight for who, weight in WEIGHTS.items()}
    assert table(doubled) == table()
    moved = table(weights)
    for index in range(0, STATES, 211):
        assert (moved[index] == 0) == (limit_table()[index] == 0)
        assert moved[index] <= limit_table()[index]
    levels = {Perspective.STAFF: 2, Perspective.CHILD: 4, Perspective.COMPLIANCE: 4}
    assert weighed_level(levels, weights) == base_table(weights)[level_index_of(levels)] == 2
    assert weighed_level(levels) == 4


def test_a_different_reading_of_the_same_levels_is_another_place() -> None:
    read = ChildrenRead(2, 3, 4)
    places = {
        index_of(replace(read, lowest=lowest), {}, account=account, child_near=near)
        for lowest, account, near in product((1, 2), (1, 4), (True, False))
    }
    assert len(places) == 8

"""The weighing over all 525 000 states an area can be in, and its majority defined another way."""

from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import pytest

from tests.unit.weighing.weighing_states import ABSENT, LEVELS, State, every_state, levels_of
from tillsyn.inspect.rules.weighing import Perspective
from tillsyn.inspect.rules.weighing.configuration import WEIGHTS
from tillsyn.inspect.rules.weighing.levels import ChildrenRead, read_children
from tillsyn.inspect.rules.weighing.position import weigh_state, weighed_level

COMPLIANCE, OBSERVATION = 0, 1


def one_step_better(state: State) -> Iterator[State]:
    """The neighbouring states in which exactly one present reading is one level higher."""
    children, others, account, child_near = state
    if children is not None:
        low, third, half = children.lowest, children.third, children.half
        for better in ((low + 1, third, half), (low, third + 1, half), (low, third, half + 1)):
            if better[0] <= better[1] <= better[2] <= 4:
                yield ChildrenRead(*better), others, account, child_near
    for number, level in enumerate(others):
        if level not in (ABSENT, 4):
            yield children, (*others[:number], level + 1, *others[number + 1 :]), account, child_near
    if account < 4:
        yield children, others, account + 1, child_near


@pytest.mark.slow
class TestEveryState:
    def test_there_are_525_000(self) -> None:
        assert len(every_state()) == 525_000

    def test_i6_i8_i10_ceilings_hold(self) -> None:
        for (children, others, account, child_near), found in every_state().items():
            position = found.position
            if position is None:
                continue
            assert position <= found.ceilings.lowest()
            assert position <= account
            if others[COMPLIANCE] in (1, 2):
                assert position <= others[COMPLIANCE]
            if children is None:
                assert position <= (3 if child_near else 4)
            else:
                assert position <= children.half
                assert position <= 3 or (children.lowest >= 3 and children.third == 4)
                assert position <= 2 or children.third >= 2

    def test_i9_only_minor_remarks_stay_in_the_main(self) -> None:
        for (children, others, account, _), found in every_state().items():
            minor = all(level in (ABSENT, 3, 4) for level in others) and account == 4
            if minor and (children is None or children.lowest >= 3):
                assert found.position is None or found.position >= 3

    def test_i25_paper_and_adults_cannot_lift_above_children_and_observation(self) -> None:
        for (children, others, _, _), found in every_state().items():
            if children is not None and others[OBSERVATION] != ABSENT and found.position is not None:
                assert found.position <= max(children.third, others[OBSERVATION])

    def test_i4_nothing_worse_ever_helps(self) -> None:
        states = every_state()
        for state, found in states.items():
            if found.position is None:
                continue
            for better in one_step_better(state):
                higher = states[better].position
                assert higher is None or found.position <= higher

    def test_what_is_enough_to_judge_by(self) -> None:
        for (children, others, account, _), found in every_state().items():
            weight = sum(WEIGHTS[who] for who in levels_of(children, others))
            must_act = account < 4 or others[COMPLIANCE] in (1, 2)
            assert (found.position is not None) == (weight >= 4 or must_act)


def weighted_lower_median(levels: dict[Perspective, int], times: int) -> int:
    votes = sorted(level for who, level in levels.items() for _ in range(times * WEIGHTS[who]))
    return votes[(len(votes) - 1) // 2]


def test_i12_the_majority_is_the_weighted_lower_median_at_any_scale_of_weights() -> None:
    for child, others in product(LEVELS, product(LEVELS, repeat=5)):
        levels = {who: level for who, level in zip(WEIGHTS, (child, *others), strict=True) if level}
        if levels:
            assert weighed_level(levels) == weighted_lower_median(levels, 1)
            assert weighted_lower_median(levels, 3) == weighted_lower_median(levels, 1)


def test_i12_only_the_order_of_the_levels_matters() -> None:
    relabelled = {1: 1, 2: 2, 3: 4, 4: 4}
    for child, others in product(LEVELS, product(LEVELS, repeat=5)):
        levels = {who: level for who, level in zip(WEIGHTS, (child, *others), strict=True) if level}
        if levels:
            merged = {who: relabelled[level] for who, level in levels.items()}
            assert weighed_level(merged) == relabelled[weighed_level(levels)]


def test_i8_the_childrens_ceiling_for_every_group_of_up_to_eight() -> None:
    for count in range(1, 9):
        for told in combinations_with_replacement((1, 2, 3, 4), count):
            read = read_children(told)
            levels = dict.fromkeys(WEIGHTS, 4) | {Perspective.CHILD: read.third if read else 4}
            found = weigh_state(read, levels, account=4, child_near=True).ceilings.T3

            def share(level: int, told: tuple[int, ...] = told) -> int:
                return sum(one <= level for one in told)

            expected = 4
            if share(2) >= 1 or 3 * share(3) >= count or 2 * share(3) >= count:
                expected = 3
            if 2 * share(2) >= count or 3 * share(1) >= count:
                expected = 2
            if 2 * share(1) >= count:
                expected = 1
            assert found == expected, told

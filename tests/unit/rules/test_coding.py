"""Rule S1: two coders, and the higher stands until they have settled."""

from itertools import product

import pytest

from tillsyn.inspect.rules.coding import (
    crosses_the_grave_boundary,
    disagrees,
    needs_second_coder,
    standing_severity,
)

SEVERITIES = range(5)


def test_what_is_significant_or_graver_takes_two() -> None:
    assert [severity for severity in SEVERITIES if needs_second_coder(severity)] == [2, 3, 4]


@pytest.mark.parametrize(("first", "second"), list(product(SEVERITIES, SEVERITIES)))
def test_the_higher_stands_until_it_is_settled(first: int, second: int) -> None:
    assert standing_severity(first, None, None) == first
    assert standing_severity(first, second, None) == max(first, second)
    assert disagrees(first, second) == (first != second)
    for settled in SEVERITIES:
        assert standing_severity(first, second, settled) == settled


def test_nobody_disagrees_with_a_coder_who_has_not_coded() -> None:
    assert not any(disagrees(first, None) for first in SEVERITIES)
    assert not any(crosses_the_grave_boundary(first, None) for first in SEVERITIES)


def test_whether_it_is_grave_at_all_is_a_disagreement_of_its_own() -> None:
    apart = {
        (one, two) for one, two in product(SEVERITIES, SEVERITIES) if crosses_the_grave_boundary(one, two)
    }
    assert apart == {(one, two) for one in (0, 1, 2) for two in (3, 4)} | {
        (one, two) for one in (3, 4) for two in (0, 1, 2)
    }

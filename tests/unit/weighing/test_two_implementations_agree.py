"""The product and a second implementation, written from the method's text alone, give the same results.

The full bar is `python -m benchmarks agreement --cases 20000`; here a slice of the same cases, and the search
that the closed form of the margin is held against.
"""

import json
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests.independent.cases import case
from tests.independent.comparison import differences
from tests.independent.margin_search import holds
from tests.independent.method import weigh as weigh_independently
from tillsyn.inspect.rules.weighing import parse_case, result_as_json, weigh

SLICE = 60


def by_the_product(data: dict[str, Any]) -> dict[str, Any]:
    """As `tillsyn weigh` does it: text in, text out."""
    parsed = parse_case(json.loads(json.dumps(data)))
    result: dict[str, Any] = json.loads(
        json.dumps(result_as_json(weigh(parsed.catalogue, parsed.inspection)))
    )
    return result


@cache
def product_result(seed: int) -> dict[str, Any]:
    """The product's result for one case, weighed once for all tests here."""
    return by_the_product(case(seed))


@pytest.mark.parametrize("first", range(0, 420, SLICE))
def test_every_field_of_every_case_is_the_same(first: int) -> None:
    for seed in range(first, first + SLICE):
        data = case(seed)
        assert not differences(weigh_independently(data), product_result(seed)), f"case({seed})"


def test_bounds_are_the_same_however_many_children_were_not_heard() -> None:
    for seed in range(120):
        data = case(seed)
        data["inspection"]["residents"] = 31 + seed % 20
        assert not differences(weigh_independently(data), by_the_product(data)), f"case({seed})"
        bounds = [area["bounds"] for area in weigh_independently(data)["areas"].values()]
        data["inspection"]["residents"] = 10**18
        assert [area["bounds"] for area in by_the_product(data)["areas"].values()] == bounds


def test_the_cases_are_wide_enough_to_be_worth_comparing() -> None:
    """Every word, basis, action, confidence and class of the gap occurs in the slice, and each flag both ways."""
    results = [product_result(seed) for seed in range(420)]
    areas = [area for result in results for area in result["areas"].values()]
    assert {area["position"] for area in areas} == {None, 1, 2, 3, 4}
    assert len({area["word"] for area in areas}) == 6
    assert len({area["basis"] for area in areas}) == 7
    assert {area["action"] for area in areas} == {None, 0, 1, 2, 3, 4, 5}
    assert {area["confidence"] for area in areas} == {None, 1, 2, 3, 4}
    assert {theme["class"] for result in results for theme in result["gap"]["themes"].values()} == {
        "B0", "B1", "B2", "B3",
    }  # fmt: skip
    for flag in ("acute", "investigate", "deepen", "disclosure_risk"):
        assert {area["flags"][flag] for area in areas} == {False, True}
    for ceiling, heights in {"T1": {1, 2, 3, 4}, "T2": {1, 2, 4}, "T3": {1, 2, 3, 4}, "T4": {3, 4}}.items():
        assert {area["ceilings"][ceiling] for area in areas} == heights
    assert any(area["margin"]["up"] not in (None, "1") for area in areas)


def test_a_difference_anywhere_is_seen() -> None:
    """The comparison itself: one changed value, one missing and one added field."""
    result = weigh_independently(case(1))
    told = json.loads(json.dumps(result)) | {
        "stamp": {**result["stamp"], "config_hash": "", "input_hash": ""}
    }
    assert differences(result, told) == []
    area = next(iter(told["areas"].values()))
    area["ceilings"]["T4"] = True
    del area["flags"]["deepen"]
    told["overall"] = 3
    assert {field for field, *_ in differences(result, told)} == {
        "areas.*.ceilings.T4", "areas.*.flags.deepen", "overall",
    }  # fmt: skip


def test_the_margin_is_the_largest_move_of_the_weights_that_changes_nothing() -> None:
    tried = 0
    for seed in range(150):
        for area in product_result(seed)["areas"].values():
            levels = {one: level for one, level in area["levels"].items() if level is not None}
            for way, text in area["margin"].items():
                if text is not None and Fraction(text) < 1:
                    tried += 1
                    lowest = min(area["ceilings"].values())
                    assert holds(levels, area["position"], lowest, Fraction(text), way), (seed, area)
    assert tried > 20

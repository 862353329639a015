"""The fast answer to "does this file fit the schema?" is never yes where the validator finds a fault."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.example_inspection import small_inspection
from tillsyn.inspect.rules.inspection_file_shape import schema, shape_faults, validator
from tillsyn.inspect.rules.schema_fit import surely_fits

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 1.0, 0.5, float("nan"), "", "x", "x\n", "x" * 201, [], ["a", "a"], [1], {}, {"x": 1},
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from places(item, (*path, name))


def spoilt(data: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    data = copy.deepcopy(data)
    around = data
    for name in path[:-1]:
        around = around[name]
    if odd is ...:
        del around[path[-1]]
    else:
        around[path[-1]] = odd
    return data


def test_a_whole_file_surely_fits() -> None:
    assert surely_fits(small_inspection(), schema())
    assert shape_faults(small_inspection()) == ()


def test_it_is_never_sure_of_a_file_that_the_validator_finds_a_fault_in() -> None:
    whole, chosen = small_inspection(), random.Random(7)  # noqa: S311 - places to spoil, no secret
    for path in chosen.sample(list(places(whole)), 120):
        for odd in (*chosen.sample(ODD, 3), *((...,) if path else ())):
            data = spoilt(whole, path, odd)
            if surely_fits(data, schema()):
                assert validator().is_valid(data), (path, odd)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("a", {"anyOf": [{"type": "string"}]}),
        ("a", True),
        (1.0, {"type": "integer"}),
        (1, {"type": "number"}),
        (True, {"type": "integer"}),
        (1, {"enum": [True]}),
        ([1, True], {"uniqueItems": True}),
        ({"a": 1}, {"additionalProperties": {"type": "integer"}}),
        ("a", {"$ref": "https://example.org/other"}),
        ("a", {"$ref": "#/$defs/nowhere", "$defs": {}}),
    ],
)
def test_what_it_does_not_know_it_is_not_sure_of(value: Any, rule: Any) -> None:
    assert not surely_fits(value, rule)

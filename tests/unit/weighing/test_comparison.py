"""A new version of the method gives a parallel result and a list of differences (method §2.18)."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from tests.unit.weighing.weighing_cases import asked, inspection, inspections, said, weighed
from tillsyn.inspect.rules.weighing import Inspection, result_as_json
from tillsyn.inspect.rules.weighing.comparison import Difference, compare
from tillsyn.inspect.rules.weighing.results import Versions

CASE = inspection(said("b1", "natt", 2), asked("b2", "natt"), asked("o1", "natt"))


def old() -> dict[str, Any]:
    """A stored result: what JSON gives back."""
    return json.loads(json.dumps(result_as_json(weighed(CASE))))


def by_newer_method() -> dict[str, Any]:
    new = deepcopy(old())
    new["stamp"] |= {"version": "2.0.0", "config_hash": "0" * 64}
    return new


def test_the_same_input_by_the_same_method_differs_in_nothing() -> None:
    found = compare(old(), result_as_json(weighed(CASE)))
    assert (found.differences, found.same_method, found.moved_areas) == ((), True, ())
    assert found.action_before_and_after is None


def test_another_method_is_told_value_by_value() -> None:
    new = by_newer_method()
    new["areas"]["TRY"] |= {"position": 3, "word": "Fungerar i huvudsak", "bounds": [1, 4]}
    new["areas"]["TRY"]["ceilings"]["T3"] = 4
    new["areas"]["TRY"]["trace"] = []
    new["gap"]["outside"] = "1/3"
    new["action"] = None
    before = old()
    found = compare(before, new)
    assert (found.old_version, found.new_version, found.same_method) == ("1.0.0", "2.0.0", False)
    assert {difference.path: difference.new for difference in found.differences} == {
        ("areas", "TRY", "position"): 3,
        ("areas", "TRY", "word"): "Fungerar i huvudsak",
        ("areas", "TRY", "bounds"): [1, 4],
        ("areas", "TRY", "ceilings", "T3"): 4,
        ("gap", "outside"): "1/3",
        ("action",): None,
    }
    assert found.differences[0] == Difference(
        ("areas", "TRY", "position"), before["areas"]["TRY"]["position"], 3
    )
    assert found.moved_areas == ("TRY",)
    assert found.action_before_and_after == (before["action"], None)


def test_an_area_that_only_one_method_knows_is_told_whole() -> None:
    new = by_newer_method()
    new["areas"]["NEW"] = new["areas"].pop("VAR")
    found = compare(old(), new)
    assert [(one.path, one.old is None, one.new is None) for one in found.differences] == [
        (("areas", "NEW"), True, False),
        (("areas", "VAR"), False, True),
    ]


def test_results_for_different_inputs_are_not_compared() -> None:
    other = result_as_json(weighed(inspection(said("b1", "natt", 1))))
    with pytest.raises(ValueError, match="not for the same input"):
        compare(old(), other)
    with pytest.raises(TypeError, match="without a stamp"):
        compare({}, other)


def test_the_stamp_says_which_catalogue_and_code_book_when_asked_to() -> None:
    plain = result_as_json(weighed(CASE))
    stamped = result_as_json(weighed(CASE), Versions("hvb-1", "hvb-1.2"))
    assert stamped["stamp"] == {
        **plain["stamp"],  # type: ignore[dict-item]
        "catalogue_version": "hvb-1",
        "code_book": "hvb-1.2",
    }
    assert set(plain["stamp"]) == {"method", "version", "config_hash", "input_hash"}  # type: ignore[call-overload]
    assert {key: value for key, value in stamped.items() if key != "stamp"} == {
        key: value for key, value in plain.items() if key != "stamp"
    }


@given(inspections())
def test_a_result_never_differs_from_itself(case: Inspection) -> None:
    result = result_as_json(weighed(case))
    assert compare(json.loads(json.dumps(result)), result).differences == ()

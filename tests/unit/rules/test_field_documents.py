"""The table of what devices record: what fits, what does not, and that the use cases' own fields are in it."""

from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from tillsyn.inspect.rules.field_documents import DOCUMENTS, check_id, default_of, field_schemas, value_fault
from tillsyn.inspect.services.hold_interview import Conditions
from tillsyn.inspect.services.mark_requirement import Mark
from tillsyn.inspect.services.save_statement import StatementValues
from tillsyn.inspect.services.take_in_documents import PARTS

SOME_ID = "0192f0c0-0000-7000-8000-000000000001"
TIME = "2026-03-10T09:00:00.000Z"

GOOD: tuple[tuple[str, str, str, Any], ...] = (
    ("visit", "started", "set", True),
    ("visit", "override", "add", "Föreståndaren skulle resa samma dag."),
    ("child", "added", "retract", None),
    ("child", "outcome", "set", {"outcome": "declined", "note": ""}),
    ("talk", "end", "set", None),
    ("talk", "end", "resolve", {"ended_at": TIME, "how": "stopped"}),
    ("statement", "source", "set", {"evidence": SOME_ID, "position": 0}),
    ("statement", "severity", "set", 4),
    ("statement", "theme", "set", None),
    ("check", "mark", "set", None),
)
BAD: tuple[tuple[str, str, str, Any, str], ...] = (
    ("letter", "text", "set", "", "document"),
    ("visit", "ended", "set", True, "field"),
    ("visit", "override", "set", "skäl", "kind"),
    ("statement", "text", "add", "ord", "kind"),
    ("child", "added", "retract", 1, "value"),
    ("child", "added", "set", True, "value"),
    ("child", "outcome", "set", {"outcome": "asleep", "note": ""}, "value"),
    ("child", "outcome", "set", {"outcome": "declined"}, "value"),
    ("child", "outcome", "set", {"outcome": "declined", "note": "", "by": ""}, "value"),
    ("talk", "end", "set", {"ended_at": "2026-02-30T09:00:00.000Z", "how": "done"}, "value"),
    ("talk", "end", "set", {"ended_at": "2026-03-10T09:00:00Z", "how": "done"}, "value"),
    ("talk", "lead", "set", SOME_ID.upper().replace("F", "Z"), "value"),
    ("statement", "severity", "set", 5, "value"),
    ("statement", "severity", "set", 2.0, "value"),
    ("statement", "text", "set", None, "value"),
    ("statement", "text", "set", "x" * 200_001, "value"),
    ("statement", "source", "set", {"talk": SOME_ID, "evidence": SOME_ID, "position": 0}, "value"),
)


@pytest.mark.parametrize(("kind", "field", "op", "value"), GOOD)
def test_what_has_the_shape_fits(kind: str, field: str, op: str, value: Any) -> None:
    assert value_fault(kind, field, op, value) is None


@pytest.mark.parametrize(("kind", "field", "op", "value", "fault"), BAD)
def test_what_has_another_shape_is_named(kind: str, field: str, op: str, value: Any, fault: str) -> None:
    assert value_fault(kind, field, op, value) == fault


@pytest.mark.parametrize(("kind", "field", "op", "value"), [one for one in GOOD if one[2] != "retract"])
def test_json_schema_says_the_same_of_good_values(kind: str, field: str, op: str, value: Any) -> None:
    assert Draft202012Validator(field_schemas()[kind][field]["value"]).is_valid(value)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (kind, field, value)
        for kind, field, op, value, fault in BAD
        if fault == "value" and op != "retract" and value != 2.0 and "02-30" not in str(value)
    ],
)
def test_json_schema_says_the_same_of_bad_values(kind: str, field: str, value: Any) -> None:
    """But for what it cannot say: that 2.0 is no whole number here, and that February has no thirtieth."""
    assert not Draft202012Validator(field_schemas()[kind][field]["value"]).is_valid(value)


def test_what_the_use_cases_take_is_what_can_be_written() -> None:
    assert {one.name for one in fields(StatementValues)} | {"source"} == set(DOCUMENTS["statement"])
    assert {one.name for one in fields(Conditions)} <= set(DOCUMENTS["talk"])
    mark = DOCUMENTS["check"]["mark"].shape.schema["anyOf"][0]
    assert {one.name for one in fields(Mark)} == set(mark["properties"])


def test_every_field_is_taken_in_by_one_part() -> None:
    for kind, known in DOCUMENTS.items():
        taken = [name for _turn, names, _take in PARTS[kind] for name in names]
        assert sorted(taken) == sorted(name for name, field in known.items() if not field.many)


def test_a_field_that_nothing_was_written_in_says_what_a_new_record_says() -> None:
    plain = StatementValues(text="")
    for one in fields(StatementValues):
        assert default_of("statement", one.name) == getattr(plain, one.name)
    for one in fields(Conditions):
        assert default_of("talk", one.name) == getattr(Conditions(), one.name)


def test_the_mark_of_a_requirement_is_the_same_document_on_every_device() -> None:
    assert check_id(UUID(SOME_ID), "K01") == UUID("a4231ae6-ba38-5bcb-8de5-9a20be33fafe")
    assert check_id(UUID(SOME_ID), "K02") != check_id(UUID(SOME_ID), "K01")

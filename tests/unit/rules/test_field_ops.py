"""What an operation from the field is: one text for one value, and a shape that is asked of all of it."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.rules.field_documents import check_id
from tillsyn.inspect.rules.field_ops import (
    KEYS,
    NotCanonical,
    Refused,
    canonical_json,
    heads_after,
    is_conflict,
    read_op,
    said_id,
    sha256_of,
    whole_text,
)
from tillsyn.models.field import Refusal

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "canonical.json").read_text(encoding="utf-8"))
OP: dict[str, Any] = {
    "op_id": "0192f0c1-2d3e-7a4b-8c5d-6e7f80910203",
    "device_id": "0192f0c1-0000-7a4b-8c5d-6e7f80910203",
    "seq": 1,
    "inspection_id": "0192f0c1-1111-7a4b-8c5d-6e7f80910203",
    "doc_kind": "statement",
    "doc_id": "0192f0c1-2222-7a4b-8c5d-6e7f80910203",
    "field": "text",
    "kind": "set",
    "parents": [],
    "value": "Det är bra här",
    "client_time": "2026-03-10T09:00:00.000Z",
    "tz": "Europe/Stockholm",
    "author": "0192f0c1-4444-7a4b-8c5d-6e7f80910203",
    "guide_version": "1.0",
}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
ANYTHING = st.recursive(
    PLAIN | st.floats() | st.integers() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_a_value_has_the_text_and_the_sum_that_the_device_counts_too(vector: dict[str, Any]) -> None:
    assert canonical_json(vector["value"]) == vector["text"]
    assert sha256_of(vector["text"]) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_some_json_has_no_canonical_text(vector: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(json.loads(vector["json"]))


@settings(max_examples=50)
@given(PLAIN)
def test_a_canonical_text_is_the_value_and_stays_the_same(value: Any) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_a_value_that_is_too_deep_has_none() -> None:
    deep: Any = []
    for _ in range(30):
        deep = [deep]
    with pytest.raises(NotCanonical):
        canonical_json(deep)


def test_a_well_formed_operation_is_read() -> None:
    op = read_op(OP)
    assert (op.seq, op.field, op.value, op.text) == (1, "text", "Det är bra här", canonical_json(OP))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"seq": 0}, Refusal.SEQ),
        ({"seq": -1}, Refusal.SEQ),
        ({"seq": 2**53}, Refusal.SEQ),
        ({"seq": 2**64}, Refusal.SEQ),
        ({"seq": 10**400}, Refusal.SEQ),
        ({"seq": 1.0}, Refusal.SEQ),
        ({"seq": True}, Refusal.SEQ),
        ({"seq": "1"}, Refusal.SEQ),
        ({"op_id": OP["op_id"].upper()}, Refusal.SHAPE),
        ({"op_id": "x"}, Refusal.SHAPE),
        ({"op_id": None}, Refusal.SHAPE),
        ({"device_id": 7}, Refusal.SHAPE),
        ({"kind": "delete"}, Refusal.SHAPE),
        ({"kind": ["set"]}, Refusal.SHAPE),
        ({"doc_kind": 1}, Refusal.SHAPE),
        ({"parents": None}, Refusal.SHAPE),
        ({"parents": [OP["author"], OP["op_id"], OP["author"]]}, Refusal.SHAPE),
        ({"parents": [OP["author"], OP["doc_id"]]}, Refusal.SHAPE),
        ({"parents": [str(UUID(int=number)) for number in range(101)]}, Refusal.SHAPE),
        ({"client_time": "2026-03-10T09:00:00Z"}, Refusal.SHAPE),
        ({"client_time": "2026-02-30T09:00:00.000Z"}, Refusal.SHAPE),
        ({"client_time": "9999-12-31T23:59:59.999Z"}, Refusal.SHAPE),
        ({"tz": "Europe/Stockholm\n"}, Refusal.SHAPE),
        ({"tz": ""}, Refusal.SHAPE),
        ({"guide_version": "1" * 41}, Refusal.SHAPE),
        ({"guide_version": None}, Refusal.SHAPE),
        ({"more": 1}, Refusal.SHAPE),
        ({"value": 0.5}, Refusal.SHAPE),
        ({"value": "half a \ud83d"}, Refusal.SHAPE),
        ({"value": 5}, Refusal.VALUE),
        ({"value": None}, Refusal.VALUE),
        ({"field": "unheard_of"}, Refusal.VALUE),
        ({"doc_kind": "unheard_of"}, Refusal.VALUE),
        ({"kind": "add"}, Refusal.VALUE),
        ({"doc_kind": "visit", "field": "started", "value": True}, Refusal.DOCUMENT),
        ({"doc_kind": "check", "field": "requirement", "value": "req"}, Refusal.DOCUMENT),
    ],
    ids=str,
)
def test_what_is_not_written_as_a_note_is_refused(change: dict[str, Any], refusal: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        read_op(OP | change)
    assert refused.value.refusal is refusal


@pytest.mark.parametrize("missing", sorted(KEYS))
def test_no_key_may_be_missing(missing: str) -> None:
    with pytest.raises(Refused):
        read_op({key: value for key, value in OP.items() if key != missing})


def test_a_clock_that_was_never_set_is_no_fault() -> None:
    assert read_op(OP | {"client_time": "1970-01-01T00:00:07.000Z"}).client_time.year == 1970


def test_the_mark_of_a_requirement_belongs_to_the_document_that_follows_from_it() -> None:
    doc_id = str(check_id(UUID(OP["inspection_id"]), "req"))
    assert read_op(OP | {"doc_kind": "check", "field": "requirement", "value": "req", "doc_id": doc_id})


@settings(max_examples=30)
@given(ANYTHING)
def test_whatever_comes_is_read_or_refused_and_can_be_kept(raw: Any) -> None:
    with pytest.raises(Refused):
        read_op(raw)
    assert whole_text(raw).encode()
    assert said_id(raw).isascii()


@settings(max_examples=40)
@given(st.sampled_from(sorted(KEYS)), ANYTHING)
def test_whatever_stands_at_one_key_is_read_or_refused(key: str, value: Any) -> None:
    try:
        read_op(OP | {key: value})
    except Refused:
        assert whole_text(OP | {key: value}).encode()


A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


def test_an_operation_takes_the_place_of_its_parents_only() -> None:
    assert heads_after({A}, B, [A]) == {B}
    assert heads_after({A}, B, []) == {A, B}
    assert heads_after({A, B}, C, [A, B]) == {C}


def _head(value: Any, kind: str = "set") -> dict[str, Any]:
    return {"value": value, "kind": kind}


def test_only_values_that_differ_must_be_chosen_between() -> None:
    assert is_conflict([_head("a"), _head("b")])
    assert is_conflict([_head("a"), _head(None, "retract")])
    assert not is_conflict([_head("a")])
    assert not is_conflict([_head("a"), _head("a", "resolve")])
    assert not is_conflict([_head("a", "add"), _head("b", "add")])

"""A batch in which nothing is amiss is known at a glance, and is then just what a closer look makes of it."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.rules.field_arrivals import plain_batch, read_plain
from tillsyn.inspect.rules.field_documents import check_id
from tillsyn.inspect.rules.field_judging import read_sent
from tillsyn.models.field import MOST_SEQ

DEVICE, AUTHOR = UUID("0192f0c1-0000-7a4b-8c5d-6e7f80910203"), UUID("0192f0c1-4444-7a4b-8c5d-6e7f80910203")
CASE, OTHER = "0192f0c1-1111-7a4b-8c5d-6e7f80910203", "0192f0c1-9999-7a4b-8c5d-6e7f80910203"


def op(seq: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "op_id": f"0192f0c1-2d3e-7a4b-8c5d-{seq % 2**40:012x}",
        "device_id": str(DEVICE),
        "seq": seq,
        "inspection_id": CASE,
        "doc_kind": "statement",
        "doc_id": "0192f0c1-2222-7a4b-8c5d-6e7f80910203",
        "field": "text",
        "kind": "set",
        "parents": [],
        "value": "Det är bra här",
        "client_time": "2026-03-10T09:00:00.000Z",
        "tz": "Europe/Stockholm",
        "author": str(AUTHOR),
        "guide_version": "1.0",
    } | more


def plain(*ops: object) -> bool:
    return plain_batch(ops, device_id=DEVICE, author=AUTHOR) is not None


def test_a_row_of_operations_of_one_case_is_kept_as_it_is() -> None:
    ops = [
        op(7),
        op(8, kind="retract", value=None, parents=[op(7)["op_id"]]),
        op(9, doc_kind="visit", doc_id=CASE, field="override", kind="add", value="Ett skäl"),
        op(10, doc_kind="check", field="requirement", value="k1", doc_id=str(check_id(UUID(CASE), "k1"))),
    ]
    batch = plain_batch(ops, device_id=DEVICE, author=AUTHOR)
    assert batch is not None
    assert (batch.first, batch.last, str(batch.inspection_id)) == (7, 10, CASE)
    assert batch.op_ids == tuple(one["op_id"] for one in ops)
    assert read_plain(batch.text) == [read_sent(one, DEVICE) for one in ops]


@pytest.mark.parametrize(
    "ops",
    [
        [],
        [None],
        ["text"],
        [op(1), op(3)],
        [op(2), op(1)],
        [op(1), op(2, op_id=op(1)["op_id"])],
        [op(1), op(2, inspection_id=OTHER)],
        [op(0)],
        [op(True)],
        [op() | {"seq": 1.0}],
        [op(MOST_SEQ), op(MOST_SEQ + 1)],
        [op(1, device_id=OTHER)],
        [op(1, author=OTHER)],
        [op(1) | {"more": 1}],
        [op(1, inspection_id="?")],
        [op(1, inspection_id=None)],
        [op(1, op_id=5)],
        [op(1, doc_id="?")],
        [op(1, doc_kind="page")],
        [op(1, doc_kind=[])],
        [op(1, field={})],
        [op(1, kind="overwrite")],
        [op(1, kind=None)],
        [op(1, value=5)],
        [op(1, value="\ud800")],
        [op(1, parents=None)],
        [op(1, parents=0)],
        [op(1, parents=["?"])],
        [op(1, parents=[OTHER, CASE])],
        [op(1, client_time="2026-02-30T09:00:00.000Z")],
        [op(1, client_time="1899-02-20T09:00:00.000Z")],
        [op(1, client_time=0)],
        [op(1, tz="")],
        [op(1, tz=1)],
        [op(1, guide_version="v" * 41)],
        [op(1, doc_kind="visit", field="started", value=True)],
        [op(1, doc_kind="check", field="requirement", value="k1")],
    ],
    ids=str,
)
def test_whatever_is_amiss_asks_for_a_closer_look(ops: list[object]) -> None:
    assert not plain(*ops)


NAMES = st.sampled_from(sorted(op()))
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2**54)
    | st.text(st.characters(), max_size=3)
    | st.sampled_from(
        [*op().values(), "check", "visit", "started", "own_words", "add", "resolve", CASE, OTHER]
    )
    | st.lists(st.sampled_from([CASE, OTHER]), max_size=2)
)


@settings(max_examples=200)
@given(changes=st.dictionaries(NAMES, VALUES, max_size=2))
def test_what_is_taken_at_a_glance_a_closer_look_takes_too(changes: dict[str, Any]) -> None:
    said = op() | changes
    if plain(said):
        sent = read_sent(said, DEVICE)
        assert sent.refusal is None
        assert sent.op is not None
        assert (sent.op.author, str(sent.op.inspection_id)) == (AUTHOR, said["inspection_id"])

"""The rule of the order says the same on a device as here: tests/vectors/gate.json holds both."""

import json
from pathlib import Path
from typing import Any

import pytest

from tillsyn.inspect.rules.field_gate import REASONS, refusal_keys
from tillsyn.inspect.rules.inspection_flow import CaseFacts
from tillsyn.inspect.rules.interview_order import is_before_children
from tillsyn.interview_guides.guide import Gate
from tillsyn.models.vocabulary import Informant, State

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "gate.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_the_rule_answers_as_the_vectors_say(vector: dict[str, Any]) -> None:
    facts = dict(vector["facts"])
    case = CaseFacts(
        state=State(facts["state"]),
        children_confirmed=facts["children_confirmed"],
        without_outcome=tuple(facts["without_outcome"]),
        overridden=facts["overridden"],
        acute=facts["acute"],
        talk_order=Gate(before=tuple(facts["before"])),
    )
    informant = Informant(vector["informant"])
    assert list(refusal_keys(case, informant)) == vector["reasons"]
    assert is_before_children(case, informant) is vector["before_children"]


def test_the_vectors_reach_every_reason_state_and_kind_of_talk() -> None:
    assert {key for one in VECTORS for key in one["reasons"]} == set(REASONS)
    assert {one["facts"]["state"] for one in VECTORS} == set(State)
    assert {one["informant"] for one in VECTORS} == set(Informant)

"""What may be appealed follows from what is decided: SoL (2025:400) 35 kap. 2 §."""

import pytest

from tillsyn.inspect.rules.appeal import appeal_of
from tillsyn.models.vocabulary import DecisionKind


def test_an_order_may_be_appealed_and_applies_at_once() -> None:
    rule = appeal_of(DecisionKind.ORDER)
    assert rule.allowed
    assert rule.applies_at_once
    assert "35:2" in rule.law
    assert "three weeks" in rule.text


@pytest.mark.parametrize("kind", [DecisionKind.CRITICISM, DecisionKind.CLOSED_WITHOUT_DEFICIENCY])
def test_criticism_and_closing_may_not_be_appealed(kind: DecisionKind) -> None:
    rule = appeal_of(kind)
    assert not rule.allowed
    assert not rule.applies_at_once
    assert rule.law == "SoL 35:2"


@pytest.mark.parametrize("kind", DecisionKind)
def test_every_kind_of_decision_has_its_rule(kind: DecisionKind) -> None:
    assert appeal_of(kind).text

"""What may be appealed follows from what is decided, and the law of it stands in the pack."""

import pytest

from tillsyn.inspect.rules.appeal import appeal_of, kind_decided
from tillsyn.interview_guides.letter_wording import LetterWording, load_letter_wording
from tillsyn.models.letter_vocabulary import DecisionKind


@pytest.fixture(scope="module")
def words() -> LetterWording:
    return load_letter_wording("hvb")


def test_an_order_may_be_appealed_and_applies_at_once(words: LetterWording) -> None:
    rule = appeal_of(DecisionKind.ORDER, words)
    assert rule.allowed
    assert rule.at_once
    assert "35\u00a0kap. 2" in rule.source.sv
    assert "three weeks" in rule.says.en


@pytest.mark.parametrize("kind", [DecisionKind.CRITICISM, DecisionKind.CLOSED_WITHOUT_DEFICIENCY])
def test_criticism_and_closing_may_not_be_appealed(kind: DecisionKind, words: LetterWording) -> None:
    rule = appeal_of(kind, words)
    assert not rule.allowed
    assert not rule.at_once
    assert rule.source.en == "Social Services Act, ch.\u00a035 s.\u00a02"
    assert rule.in_letter(public=True) == rule.letter


@pytest.mark.parametrize("kind", DecisionKind)
def test_every_kind_of_decision_has_its_rule(kind: DecisionKind, words: LetterWording) -> None:
    assert appeal_of(kind, words).says.sv


def test_the_time_of_a_municipality_runs_from_the_day_of_the_decision(words: LetterWording) -> None:
    rule = appeal_of(DecisionKind.ORDER, words)
    assert "från den dag då ni fick del av beslutet" in rule.in_letter(public=False).sv
    assert "från den dag då beslutet meddelades" in rule.in_letter(public=True).sv


@pytest.mark.parametrize(
    ("levels", "kind"),
    [
        ((), DecisionKind.CLOSED_WITHOUT_DEFICIENCY),
        ((0, 1), DecisionKind.CLOSED_WITHOUT_DEFICIENCY),
        ((2,), DecisionKind.CRITICISM),
        ((3, 2), DecisionKind.CRITICISM),
        ((2, 4), DecisionKind.ORDER),
        ((5,), DecisionKind.ORDER),
    ],
)
def test_the_gravest_level_decides_what_is_decided(levels: tuple[int, ...], kind: DecisionKind) -> None:
    assert kind_decided(levels) is kind

"""SoL 28 kap. 3 § p 2: what an outcome of the follow-up must rest on."""

import pytest

from tillsyn.inspect.rules.follow_up import Grounds, differs, why_not
from tillsyn.models.dialogue_vocabulary import Better, KnownBy
from tillsyn.models.vocabulary import MeasureOutcome

REMEDIED, PARTLY, REMAINS = MeasureOutcome.REMEDIED, MeasureOutcome.PARTLY, MeasureOutcome.REMAINS
WORD, SEEN = (KnownBy.PROVIDER,), (KnownBy.SEEN,)
WHY = "Vi såg schemat, men de som jobbar är nya."


@pytest.mark.parametrize("level", range(2, 6))
@pytest.mark.parametrize("outcome", MeasureOutcome)
def test_sol_28_3_nothing_closes_on_the_providers_word_alone_from_level_3(
    level: int, outcome: MeasureOutcome
) -> None:
    refused = why_not(level, outcome, Grounds(WORD), claims_done=True)
    closes = outcome is not REMAINS and level >= 3
    assert (refused is not None and refused.field == "known_by") is closes
    assert why_not(level, outcome, Grounds((*WORD, KnownBy.READ)), claims_done=True) is None


@pytest.mark.parametrize(
    ("grounds", "field"),
    [
        (Grounds(()), "known_by"),
        (Grounds((KnownBy.CHILDREN,)), "known_by"),
        (Grounds(SEEN, asked=3), "better"),
        (Grounds(SEEN, asked=0, better=Better.BETTER), "better"),
        (Grounds(SEEN, asked=3, better=Better.SAME), "weighed"),
        (Grounds(SEEN, asked=3, better=Better.WORSE, weighed="Kort."), "weighed"),
        (Grounds(SEEN, asked=3, better=Better.WORSE, weighed=WHY), None),
        (Grounds(SEEN, asked=3, better=Better.PARTLY), None),
        (Grounds(SEEN), None),
    ],
)
def test_what_is_missing_is_said_at_its_field(grounds: Grounds, field: str | None) -> None:
    refused = why_not(3, REMEDIED, grounds, claims_done=False)
    assert (refused.field if refused else None) == field


@pytest.mark.parametrize(
    ("outcome", "better", "claims_done", "expected"),
    [
        (REMEDIED, Better.SAME, False, True),
        (PARTLY, Better.WORSE, True, True),
        (PARTLY, Better.WORSE, False, False),
        (REMAINS, Better.SAME, True, True),
        (REMEDIED, Better.BETTER, True, False),
        (REMEDIED, None, True, False),
        (None, Better.SAME, False, False),
    ],
)
def test_the_two_differ_when_it_is_said_to_be_done_and_is_no_better(
    outcome: MeasureOutcome | None, better: Better | None, claims_done: bool, expected: bool
) -> None:
    assert differs(outcome, better, claims_done=claims_done) is expected

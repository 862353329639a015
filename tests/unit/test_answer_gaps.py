"""What the provider's answer lacks, and what the inspector should look at first."""

import pytest

from tillsyn.inspect.rules.answer_gaps import Gap, PointAnswer, can_be_sent, gaps_of, needs_attention
from tillsyn.models.letter_vocabulary import Stance
from tillsyn.models.vocabulary import FindingKind

DEFICIENCY, ADVICE, STRENGTH = FindingKind.DEFICIENCY, FindingKind.ADVICE, FindingKind.STRENGTH


@pytest.mark.parametrize(
    ("point", "gaps"),
    [
        (PointAnswer(DEFICIENCY), (Gap.STANCE, Gap.MEASURE)),
        (PointAnswer(DEFICIENCY, Stance.AGREES), (Gap.MEASURE,)),
        (PointAnswer(DEFICIENCY, Stance.AGREES, measures=1), ()),
        (PointAnswer(DEFICIENCY, Stance.AGREES, "Det är redan gjort."), ()),
        (PointAnswer(DEFICIENCY, Stance.DISAGREES), (Gap.REASON,)),
        (PointAnswer(DEFICIENCY, Stance.DISAGREES, measures=1), (Gap.REASON,)),
        (PointAnswer(DEFICIENCY, Stance.DISAGREES, "Schemat var ett annat."), ()),
        (PointAnswer(DEFICIENCY, None, "Ord.", 1), (Gap.STANCE,)),
        (PointAnswer(DEFICIENCY, Stance.COMMENTS, "  "), (Gap.MEASURE,)),
        (PointAnswer(ADVICE), ()),
        (PointAnswer(ADVICE, Stance.DISAGREES), (Gap.REASON,)),
        (PointAnswer(STRENGTH, Stance.AGREES), ()),
    ],
)
def test_a_deficiency_needs_a_stance_and_a_measure_or_words(
    point: PointAnswer, gaps: tuple[Gap, ...]
) -> None:
    assert gaps_of(point) == gaps


def test_advice_alone_can_be_sent_unanswered() -> None:
    assert can_be_sent([PointAnswer(ADVICE), PointAnswer(STRENGTH)])
    assert not can_be_sent([PointAnswer(ADVICE), PointAnswer(DEFICIENCY)])


def test_disagreement_comes_first_and_silence_on_strengths_last() -> None:
    in_order = [
        PointAnswer(ADVICE, Stance.DISAGREES, "Nej."),
        PointAnswer(DEFICIENCY, Stance.AGREES, "Ord."),
        PointAnswer(ADVICE, Stance.COMMENTS, "Ord."),
        PointAnswer(DEFICIENCY, Stance.AGREES, measures=1),
        PointAnswer(STRENGTH),
    ]
    assert [needs_attention(point) for point in in_order] == [0, 1, 2, 3, 4]

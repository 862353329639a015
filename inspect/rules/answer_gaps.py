"""What the provider's answer to a letter still lacks before it can be sent.

A deficiency needs a stance, and either a measure or words that say why there is none; somebody who
does not agree says why. Advice and strengths may be answered, and need not be: advice is no demand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from ...models.letter_vocabulary import Stance
from ...models.vocabulary import FindingKind


class Gap(Enum):
    """What is lacking at a point; `asks` is how to put it right, a message of the catalogue."""

    STANCE = auto()
    MEASURE = auto()
    REASON = auto()


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """One point and what has been answered to it so far."""

    kind: FindingKind
    stance: Stance | None = None
    text: str = ""
    measures: int = 0

    @property
    def is_answered(self) -> bool:
        return self.stance is not None or bool(self.text.strip()) or self.measures > 0


def gaps_of(point: PointAnswer) -> tuple[Gap, ...]:
    """What is lacking at one point; empty when it can be sent."""
    wordless = not point.text.strip()
    if point.kind is not FindingKind.DEFICIENCY:
        return (Gap.REASON,) if point.stance is Stance.DISAGREES and wordless else ()
    gaps = [] if point.stance else [Gap.STANCE]
    if point.stance is Stance.DISAGREES and wordless:
        gaps.append(Gap.REASON)
    elif point.measures == 0 and wordless:
        gaps.append(Gap.MEASURE)
    return tuple(gaps)


def can_be_sent(points: Iterable[PointAnswer]) -> bool:
    return not any(gaps_of(point) for point in points)


def needs_attention(point: PointAnswer) -> int:
    """How soon the inspector should look: 0 first. Disagreement, then deficiencies without measures."""
    if point.stance is Stance.DISAGREES:
        return 0
    if point.kind is FindingKind.DEFICIENCY and point.measures == 0:
        return 1
    if point.stance is Stance.COMMENTS or (point.text.strip() and point.kind is not FindingKind.DEFICIENCY):
        return 2
    return 3 if point.kind is FindingKind.DEFICIENCY else 4

"""What is known before a visit, area by area, and the lines of enquiry that it points to.

Nothing is added up. An area is put forward because children chose a sad face, because the children and the
manager of the home see it differently, because the home itself is not satisfied, because the last inspection
pointed it out, or because a change was promised. What the children say stands first. People choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...models.vocabulary import EnquiryKind, OwnPicture
from .survey_results import AreaVoice

LOW = Fraction(1, 3)
"""From this share of sad faces the children's picture of an area is low."""
HIGH = Fraction(2, 3)
"""From this share of happy faces it is high."""

SATISFIED = frozenset({OwnPicture.WELL, OwnPicture.MOSTLY})
NOT_SATISFIED = frozenset({OwnPicture.PARTLY, OwnPicture.POORLY})


@dataclass(frozen=True, slots=True)
class OwnArea:
    """The manager's own picture of an area; `picture` is None where only something was written."""

    picture: OwnPicture | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to go by, by area. `earlier`: titles of what the last letter pointed out; `promised`:
    measures that are not followed up as remedied."""

    children: Mapping[str, AreaVoice]
    manager: Mapping[str, OwnArea]
    earlier: Mapping[str, Sequence[str]]
    promised: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class AreaPicture:
    """One area with all that is known of it, and the kinds of line that follow."""

    area: str
    voice: AreaVoice | None
    own: OwnArea | None
    earlier: tuple[str, ...]
    promised: tuple[str, ...]
    kinds: tuple[EnquiryKind, ...]


def pictures(areas: Sequence[str], known: Known) -> tuple[AreaPicture, ...]:
    """Every area of the pack: first those that something points to, the children's saddest foremost."""
    found = [_picture(area, known) for area in areas]
    return tuple(sorted(found, key=_loudness))


def _picture(area: str, known: Known) -> AreaPicture:
    voice, own = known.children.get(area), known.manager.get(area)
    earlier, promised = tuple(known.earlier.get(area, ())), tuple(known.promised.get(area, ()))
    picture = own.picture if own else None
    not_satisfied = picture in NOT_SATISFIED
    points = {
        EnquiryKind.APART: (is_low(voice) and picture in SATISFIED) or (is_high(voice) and not_satisfied),
        EnquiryKind.CHILDREN: voice is not None and (voice.sad > 0 or voice.said_sad),
        EnquiryKind.MANAGER: not_satisfied,
        EnquiryKind.EARLIER: bool(earlier),
        EnquiryKind.PROMISED: bool(promised),
    }
    return AreaPicture(
        area, voice, own, earlier, promised, tuple(kind for kind, yes in points.items() if yes)
    )


def is_low(voice: AreaVoice | None) -> bool:
    """At least a third of the faces chosen are sad; never said of an area where nothing is counted."""
    return voice is not None and voice.chosen > 0 and Fraction(voice.sad, voice.chosen) >= LOW


def is_high(voice: AreaVoice | None) -> bool:
    """At least two thirds of the faces chosen are happy."""
    return voice is not None and voice.chosen > 0 and Fraction(voice.happy, voice.chosen) >= HIGH


def _loudness(picture: AreaPicture) -> tuple[bool, bool, Fraction, int]:
    voice = picture.voice or AreaVoice(picture.area)
    share = Fraction(voice.sad, voice.chosen) if voice.chosen else Fraction(0)
    return (not picture.kinds, EnquiryKind.CHILDREN not in picture.kinds, -share, -len(picture.kinds))

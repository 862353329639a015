"""What the guard finds: words that may tell who somebody is, where they stand, and why they are marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_, Titled


class Weight(Titled):
    """How surely a mark points at a person. All are ticked by a person, whatever their weight."""

    CERTAIN = "certain", N_("Points out a person")
    LIKELY = "likely", N_("May point out a person")
    LOOK = "look", N_("Look once")


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is marked: a message, and the values that belong in it."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that a person must look at. `start` and `end` count characters of the text given."""

    kind: MarkKind
    start: int
    end: int
    words: str
    why: Why
    weight: Weight
    sentence: str
    """The sentence that the words stand in; a tick holds as long as it stands."""
    group: str
    """Marks with the same group are about the same word, in whatever inflection: ticked together."""
    passage: str = ""
    """The key of the passage it was found in."""


@dataclass(frozen=True, slots=True)
class Find:
    """What one rule finds, in the folded text; guard.py makes marks of them."""

    kind: MarkKind
    start: int
    end: int
    why: Why
    weight: Weight
    group: str = ""

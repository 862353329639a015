"""Which letter answers a child who was heard, and who is still without one.

A child who has talked with us is told what came of it (SoF 16 kap. 1 §; LETTERS: what you told us, what we
decided, what happens now, how to reach us). The age decides the letter.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from ...models.letter_vocabulary import LetterKind
from .letter_kinds import FOR_CHILDREN_KINDS

LAST_YEAR_OF_CHILDREN = 12
_FIRST_YEAR = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class HeardChild:
    """A child who talked with us, by pseudonym. `age_band`: "10-12", "" when it is not said.

    `wanted`: how the child wants to hear from us, in the words of the talk.
    """

    resident_id: UUID
    person: str
    age_band: str = ""
    wanted: str = ""

    @property
    def kinds(self) -> tuple[LetterKind, ...]:
        """The letters that answer it; either, when the age is not known."""
        return kinds_for(self.age_band)


def kinds_for(age_band: str) -> tuple[LetterKind, ...]:
    """By the first year of the band: "6-9" and "10-12" are children, "13-15" and on young people."""
    year = _FIRST_YEAR.search(age_band)
    if year is None:
        return FOR_CHILDREN_KINDS
    young = int(year.group()) > LAST_YEAR_OF_CHILDREN
    return (LetterKind.CHILD_13_20 if young else LetterKind.CHILD_6_12,)


def without_letter(heard: Iterable[HeardChild], ready: Collection[LetterKind]) -> tuple[HeardChild, ...]:
    """The children whom no letter that is ready (approved or sent) answers."""
    return tuple(one for one in heard if not set(one.kinds) & set(ready))


def wanted_kinds(heard: Iterable[HeardChild]) -> tuple[LetterKind, ...]:
    """The letters that are needed, in order. For an unknown age the one for young people, if none else is."""
    children = tuple(heard)
    known = {one.kinds[0] for one in children if len(one.kinds) == 1}
    if children and not known:
        known = {LetterKind.CHILD_13_20}
    return tuple(kind for kind in FOR_CHILDREN_KINDS if kind in known)

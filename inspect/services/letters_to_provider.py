"""All that has been sent to a provider, as one page of lists: searched, sorted and cut alike."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...models.decisions import Communication
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ..rules.access import Actor
from .communicate_facts import list_facts
from .find_corrections import CorrectedLetter, corrections_for
from .long_lists import Paged, number_of
from .read_letter import LETTERS_A_PAGE, LetterLine, list_letters
from .read_sent_letter import SentLetter, list_sent_letters
from .wanted_letters import EVERY_LETTER, WantedLetters

TOLD_AS_FACTS = (LetterKind.COMMUNICATION,)
"""Told once, as facts to reply to; the letter of them is reached from there."""

Facts = tuple[Communication, Inspection]


@dataclass(frozen=True, slots=True)
class LettersToProvider:
    """Page `number` of each list; one that is shorter than the others has no rows on the last pages.

    `waiting`: facts that can still be replied to; `earlier`: the others.
    """

    waiting: Paged[Facts]
    corrections: Paged[CorrectedLetter]
    letters: Paged[LetterLine]
    others: Paged[SentLetter]
    earlier: Paged[Facts]
    number: int

    @property
    def longest(self) -> int:
        """How many rows the longest of them has."""
        lists = (self.waiting, self.corrections, self.letters, self.others, self.earlier)
        return max(one.total for one in lists)

    @property
    def pages(self) -> int:
        return max(1, -(-self.longest // LETTERS_A_PAGE))


def letters_to_provider(
    db: Session, actor: Actor, wanted: WantedLetters = EVERY_LETTER, *, page: int = 1
) -> LettersToProvider:
    """What has been sent to the actor's provider: page `page`, or the nearest there is."""
    found = LettersToProvider(
        waiting=list_facts(db, actor, wanted, waiting=True, page=page),
        corrections=corrections_for(db, actor, wanted, page=page),
        letters=list_letters(db, actor, wanted, page=page),
        others=list_sent_letters(db, actor, wanted, but_for=TOLD_AS_FACTS, page=page),
        earlier=list_facts(db, actor, wanted, waiting=False, page=page),
        number=page,
    )
    nearest = number_of(page, found.longest, LETTERS_A_PAGE)
    return found if nearest == page else letters_to_provider(db, actor, wanted, page=nearest)

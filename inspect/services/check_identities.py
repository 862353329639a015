"""Which words of a letter may tell who somebody is, and which of them no person has decided to keep."""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...models.identities import IdentityTick
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, MarkKind, TickChoice
from ...models.letters import Letter
from ..rules.letter_kinds import KINDS
from ..rules.letter_obstacles import ParagraphLike, stands
from ..rules.reidentification import Guard, Mark, Passage
from .gather_roster import gather_roster
from .guard_words import lexicon_of
from .last_change import last_change

MOST_GUARDS = 32
MOST_TEXTS = 20_000


_TICKS = (
    select(IdentityTick)
    .join(Letter, Letter.id == IdentityTick.letter_id)
    .where(
        Letter.inspection_id == bindparam("inspection"),
        Letter.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(IdentityTick.at, IdentityTick.id)
)


class WithText(ParagraphLike, Protocol):
    """A paragraph, or what a page reads of one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One mark of a letter, where it stands, and the last decision about it."""

    mark: Mark
    language: str
    paragraph: str
    tick: IdentityTick | None

    @property
    def is_open(self) -> bool:
        """Nobody has decided to keep it: undecided, or to be rephrased or removed and still there."""
        return self.tick is None or self.tick.choice is not TickChoice.KEEP

    @property
    def name(self) -> str:
        """What forms call it. The same words in the same sentence have the same name, wherever they stand."""
        return hashlib.sha256("\0".join(_key(self.language, self.mark)).encode()).hexdigest()[:24]


def checked_marks(
    db: Session, inspection: Inspection, letter: Letter, paragraphs: Iterable[ParagraphLike] | None = None
) -> tuple[Checked, ...]:
    """Every mark of the letter as it stands, in its order, in every language.

    `paragraphs` are those of the letter, when they have been read already.
    """
    given = letter.paragraphs if paragraphs is None else paragraphs
    texts = [one for one in given if stands(one) and one.text.strip()]
    if not texts:
        return ()
    ready, texts_known = _guard_of(db, inspection)
    ticks = {
        (tick.language, str(tick.kind), tick.words, tick.sentence): tick
        for tick in db.scalars(_TICKS, {"inspection": inspection.id, "kinds": _same_readers(letter)})
    }
    return tuple(
        Checked(mark, one.language, one.key, ticks.get(_key(one.language, mark)))
        for one in texts
        for mark in _marks_in(ready, texts_known, one.text, one.language)
    )


def open_marks(
    db: Session, inspection: Inspection, letter: Letter, paragraphs: Iterable[ParagraphLike] | None = None
) -> tuple[Checked, ...]:
    """The marks that keep the letter from being submitted, approved or issued."""
    return tuple(one for one in checked_marks(db, inspection, letter, paragraphs) if one.is_open)


def words_of(marks: Iterable[Checked]) -> str:
    """The marked words, each once, in their order."""
    told: dict[str, str] = {}
    for one in marks:
        told.setdefault(one.mark.words.casefold(), one.mark.words)
    return ", ".join(told.values())


def _same_readers(letter: Letter) -> list[LetterKind]:
    """The kinds for the same reader: what was decided of a sentence in one of them holds in the others."""
    return [row.kind for row in KINDS.values() if row.reader is KINDS[letter.kind].reader]


def _key(language: str, mark: Mark) -> tuple[str, str, str, str]:
    return language, str(mark.kind), mark.words, mark.sentence


def _marks_in(
    ready: Guard, known: dict[tuple[str, str], tuple[Mark, ...]], text: str, language: str
) -> Sequence[Mark]:
    """The marks of one paragraph, looked for once as long as neither text nor case has changed."""
    key = language, text
    if key not in known:
        if len(known) >= MOST_TEXTS:
            known.clear()
        known[key] = ready.look(Passage(text, language))
    return known[key]


_guards: OrderedDict[Hashable, tuple[Guard, dict[tuple[str, str], tuple[Mark, ...]]]] = OrderedDict()


def _guard_of(db: Session, inspection: Inspection) -> tuple[Guard, dict[tuple[str, str], tuple[Mark, ...]]]:
    """The guard of a case, and what it has found in its texts; kept until something is done in the case."""
    key = _state_of(db, inspection)
    if key not in _guards:
        _guards[key] = Guard(gather_roster(db, inspection), lexicon_of(inspection.pack)), {}
        while len(_guards) > MOST_GUARDS:
            _guards.popitem(last=False)
    _guards.move_to_end(key)
    return _guards[key]


def _state_of(db: Session, inspection: Inspection) -> Hashable:
    """The same as long as nothing was done in the case that could name somebody."""
    last = last_change(db, inspection.id)
    people = tuple(member.name for member in inspection.team)
    home = inspection.home
    return inspection.id, last, home.name, home.municipality, home.provider.name, people


__all__ = ["Checked", "MarkKind", "checked_marks", "open_marks", "words_of"]

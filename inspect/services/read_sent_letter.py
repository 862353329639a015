"""What the provider reads of every kind: letters that have reached it, and nothing before.

The feedback letter is answered too: services/read_letter.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.register import Home
from ...models.vocabulary import Role
from ..errors import NotFound
from ..rules.access import Actor
from ..rules.letter_kinds import TO_PROVIDER
from .provider_homes import homes_of
from .read_letter import NO_LETTER
from .wanted_letters import EVERY_LETTER, WantedLetters


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as its reader has it: the newest version that was sent, by language."""

    letter: Letter
    versions: dict[str, LetterVersion]

    @property
    def sent_at(self) -> datetime:
        """When the newest of what the reader has came."""
        return max(one.sent_at or one.at for one in self.versions.values())


def list_sent_letters(
    db: Session, actor: Actor, wanted: WantedLetters = EVERY_LETTER
) -> Sequence[SentLetter]:
    """Letters other than the feedback letter that have reached the actor's provider, the newest first
    unless asked otherwise.
    """
    kinds = tuple(kind for kind in TO_PROVIDER if kind is not LetterKind.FEEDBACK)

    def place(one: SentLetter) -> tuple[str, datetime]:
        home = one.letter.inspection.home.search_key if wanted.order.key == "home" else ""
        return home, one.sent_at

    found = _sent(db, actor, kinds, wanted=wanted)
    return sorted(found, key=place, reverse=wanted.order.descending)


def find_sent_letter(db: Session, actor: Actor, letter_id: UUID) -> SentLetter:
    """A letter of any kind that has reached the actor's provider. Raises NotFound for every other."""
    for found in _sent(db, actor, TO_PROVIDER, letter_id):
        return found
    raise NotFound(NO_LETTER)


def _sent(
    db: Session,
    actor: Actor,
    kinds: Sequence[LetterKind],
    letter_id: UUID | None = None,
    wanted: WantedLetters = EVERY_LETTER,
) -> Sequence[SentLetter]:
    if Role.PROVIDER not in actor.roles or actor.provider_id is None:
        return ()
    reached = exists().where(LetterVersion.letter_id == Letter.id, LetterVersion.sent_at.is_not(None))
    asked = (
        select(Letter)
        .join(Letter.inspection)
        .join(Inspection.home)
        .where(
            Letter.kind.in_(kinds),
            (Letter.state == LetterState.SENT) | reached,
            homes_of(actor),
            wanted.about(),
        )
        .options(
            selectinload(Letter.versions),
            contains_eager(Letter.inspection).contains_eager(Inspection.home).selectinload(Home.provider),
            contains_eager(Letter.inspection).selectinload(Inspection.team),
        )
    )
    if letter_id is not None:
        asked = asked.where(Letter.id == letter_id)
    found = (SentLetter(letter, _versions(letter)) for letter in db.scalars(asked).unique())
    return [one for one in found if one.versions]


def _versions(letter: Letter) -> dict[str, LetterVersion]:
    """The newest version by language, of those that were sent; every version of a letter that is sent."""
    whole = letter.state is LetterState.SENT
    return {
        one.language: one
        for one in sorted(letter.versions, key=lambda one: one.number)
        if whole or one.sent_at is not None
    }

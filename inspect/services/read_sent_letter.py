"""What the provider reads of every kind: letters that have reached it, and nothing before.

The feedback letter is answered too: services/read_letter.py.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, selectinload

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.register import Home
from ..errors import NotFound
from ..rules.access import Actor
from ..rules.letter_kinds import TO_PROVIDER
from .long_lists import Paged, page_of
from .provider_homes import homes_of
from .read_letter import LETTERS_A_PAGE, NO_LETTER
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
    db: Session,
    actor: Actor,
    wanted: WantedLetters = EVERY_LETTER,
    *,
    but_for: Collection[LetterKind] = (),
    page: int = 1,
) -> Paged[SentLetter]:
    """Letters other than the feedback letter, and than those of the kinds `but_for`, that have reached the
    actor's provider, the newest first unless asked otherwise. A page beyond the last is empty.
    """
    kinds = [kind for kind in TO_PROVIDER if kind is not LetterKind.FEEDBACK and kind not in but_for]
    asked = _sent(actor, kinds).where(wanted.about()).order_by(*wanted.sorted(_newest(), Letter.id))
    found = page_of(db, asked, Letter.id, page, LETTERS_A_PAGE)
    rows = tuple(SentLetter(letter, _versions(letter)) for letter in found.rows)
    return Paged(rows, found.total, page, LETTERS_A_PAGE)


def find_sent_letter(db: Session, actor: Actor, letter_id: UUID) -> SentLetter:
    """A letter of any kind that has reached the actor's provider. Raises NotFound for every other."""
    letter = db.scalar(_sent(actor, TO_PROVIDER).where(Letter.id == letter_id))
    if letter is None:
        raise NotFound(NO_LETTER)
    return SentLetter(letter, _versions(letter))


def letter_of_facts(db: Session, actor: Actor, inspection_id: UUID) -> Letter | None:
    """The letter in which the facts of a case reached the actor's provider, if it came as a letter."""
    asked = _sent(actor, [LetterKind.COMMUNICATION]).where(Letter.inspection_id == inspection_id)
    return db.scalar(asked.order_by(_newest().desc(), Letter.id).limit(1))


def _sent(actor: Actor, kinds: Collection[LetterKind]) -> Select[Letter]:
    """Of their versions the files and texts are read when they are shown."""
    return (
        select(Letter)
        .join(Letter.inspection)
        .join(Inspection.home)
        .where(
            Letter.kind.in_(kinds),
            exists().where(_has_come()),
            homes_of(actor),
        )
        .options(
            selectinload(Letter.versions).options(defer(LetterVersion.pdf), defer(LetterVersion.content)),
            contains_eager(Letter.inspection).contains_eager(Inspection.home).selectinload(Home.provider),
            contains_eager(Letter.inspection).selectinload(Inspection.team),
        )
    )


def _has_come() -> ColumnElement[bool]:
    """A version that the reader has: as `_versions`, for a question that asks for letters."""
    whole = Letter.state == LetterState.SENT
    return and_(LetterVersion.letter_id == Letter.id, or_(whole, LetterVersion.sent_at.is_not(None)))


def _newest() -> ColumnElement[datetime]:
    """When the newest version that the reader has came."""
    came = func.coalesce(LetterVersion.sent_at, LetterVersion.at)
    return select(func.max(came)).where(_has_come()).correlate(Letter).scalar_subquery()


def _versions(letter: Letter) -> dict[str, LetterVersion]:
    """The newest version by language, of those that were sent; every version of a letter that is sent."""
    whole = letter.state is LetterState.SENT
    return {
        one.language: one
        for one in sorted(letter.versions, key=lambda one: one.number)
        if whole or one.sent_at is not None
    }

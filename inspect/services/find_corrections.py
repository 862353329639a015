"""Corrections of letters, to those who make them and to the provider that the letter was sent to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, defer, selectinload

from ...models.corrections import Correction
from ...models.inspections import Inspection
from ...models.letter_vocabulary import CorrectionState, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.register import Home
from ...models.vocabulary import N_, Role
from ..errors import NotFound
from ..rules.access import Actor, Permission, may
from ..rules.letter_kinds import KINDS
from .long_lists import Paged, page_of
from .provider_homes import homes_of
from .read_letter import LETTERS_A_PAGE
from .wanted_letters import EVERY_LETTER, WantedLetters

NO_CORRECTION = N_("There is no such correction, or it is not for you.")
NO_VERSION = N_("There is no such letter, or it is not for you.")


def letter_of_case(db: Session, inspection: Inspection, letter_id: UUID) -> Letter:
    """A letter of this case, of any kind, with its versions. Raises NotFound."""
    letter = db.scalar(
        select(Letter)
        .where(Letter.id == letter_id, Letter.inspection_id == inspection.id)
        .options(selectinload(Letter.versions))
    )
    if letter is None:
        raise NotFound(NO_VERSION)
    return letter


def version_of_case(db: Session, inspection: Inspection, letter_number: str) -> LetterVersion:
    """The frozen version with that letter number. Raises NotFound when it is not of this case."""
    version = db.scalar(
        select(LetterVersion)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .where(LetterVersion.letter_number == letter_number, Letter.inspection_id == inspection.id)
    )
    if version is None:
        raise NotFound(NO_VERSION)
    return version


def newest_versions(letter: Letter) -> dict[str, LetterVersion]:
    """By language the newest version that was sent."""
    return {one.language: one for one in letter.versions if one.sent_at is not None}


def list_corrections(db: Session, letter: Letter) -> Sequence[Correction]:
    """The corrections of a letter, the newest first, with their words."""
    return db.scalars(_corrections().where(Correction.letter_id == letter.id)).all()


def open_correction(db: Session, letter: Letter) -> Correction | None:
    """The correction that waits to be decided."""
    return db.scalar(
        _corrections().where(Correction.letter_id == letter.id, Correction.state == CorrectionState.PROPOSED)
    )


def corrections_to_decide(db: Session, actor: Actor) -> Sequence[Correction]:
    """The proposals, in cases of any state, that this actor may decide on; the oldest first."""
    if Role.SUPERVISOR not in actor.roles:
        return ()
    waiting = db.scalars(
        select(Correction)
        .join(Correction.letter)
        .join(Letter.inspection)
        .join(Inspection.home)
        .where(Correction.state == CorrectionState.PROPOSED, Correction.proposed_by_id != actor.user_id)
        .options(
            contains_eager(Correction.letter)
            .contains_eager(Letter.inspection)
            .contains_eager(Inspection.home)
            .selectinload(Home.provider),
            contains_eager(Correction.letter).contains_eager(Letter.inspection).selectinload(Inspection.team),
        )
        .order_by(Correction.proposed_at)
    )
    return [one for one in waiting if may(actor, Permission.REVIEW_LETTER, one.letter.inspection)]


def find_correction(db: Session, letter: Letter, correction_id: UUID) -> Correction:
    """The correction of this letter. Raises NotFound."""
    for correction in list_corrections(db, letter):
        if correction.id == correction_id:
            return correction
    raise NotFound(NO_CORRECTION)


def _corrections() -> Select[Correction]:
    return select(Correction).options(selectinload(Correction.words)).order_by(Correction.proposed_at.desc())


# --- The provider's side --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CorrectedLetter:
    """A correction as the provider sees it; `made`: the new versions by language, `replaced`: the old."""

    correction: Correction
    inspection: Inspection
    letter: Letter
    made: dict[str, LetterVersion]
    replaced: dict[str, LetterVersion]

    @property
    def may_comment(self) -> bool:
        one = self.correction
        return (
            one.state is CorrectionState.PROPOSED
            and one.comment_by_on is not None
            and one.commented_at is None
        )


def corrections_for(
    db: Session, actor: Actor, wanted: WantedLetters = EVERY_LETTER, *, page: int = 1
) -> Paged[CorrectedLetter]:
    """What the actor's provider is told: corrections that are made, and those that it is asked about.

    A page beyond the last is empty.
    """
    asked = _for_provider(actor).where(wanted.about())
    ordered = asked.order_by(*wanted.sorted(Correction.proposed_at, Correction.id))
    found = page_of(db, ordered, Correction.id, page, LETTERS_A_PAGE)
    return Paged(_corrected(found.rows), found.total, page, LETTERS_A_PAGE)


def corrections_to_comment_on(db: Session, actor: Actor, at_most: int) -> Sequence[CorrectedLetter]:
    """Those that wait for the provider's words, the soonest day first."""
    waits = _for_provider(actor).where(
        Correction.state == CorrectionState.PROPOSED, Correction.commented_at.is_(None)
    )
    soonest = waits.order_by(Correction.comment_by_on, Correction.id)
    return _corrected(db.scalars(soonest.limit(at_most)).unique())


def _corrected(found: Iterable[Correction]) -> tuple[CorrectedLetter, ...]:
    made = []
    for one in found:
        known = {version.id: version for version in one.letter.versions}
        made.append(
            CorrectedLetter(
                correction=one,
                inspection=one.letter.inspection,
                letter=one.letter,
                made={words.language: known[words.made_id] for words in one.words if words.made_id in known},
                replaced={words.language: known[words.replaces_id] for words in one.words},
            )
        )
    return tuple(made)


def correction_of(db: Session, actor: Actor, correction_id: object) -> tuple[Correction, Inspection]:
    """The correction that the actor's provider is told of. Raises NotFound."""
    told = told_of(db, actor, correction_id)
    return told.correction, told.inspection


def told_of(db: Session, actor: Actor, correction_id: object) -> CorrectedLetter:
    """As correction_of, with the letter and its versions. Raises NotFound."""
    for told in _corrected(db.scalars(_for_provider(actor).where(Correction.id == correction_id)).unique()):
        return told
    raise NotFound(NO_CORRECTION)


def told_version(db: Session, actor: Actor, letter_number: str) -> LetterVersion:
    """A version that a correction made or replaced: the provider reads both. Raises NotFound."""
    of_letter = select(LetterVersion.letter_id).where(LetterVersion.letter_number == letter_number)
    for told in _corrected(db.scalars(_for_provider(actor).where(Letter.id.in_(of_letter))).unique()):
        for version in (*told.made.values(), *told.replaced.values()):
            if version.letter_number == letter_number:
                return version
    raise NotFound(NO_VERSION)


def _for_provider(actor: Actor) -> Select[Correction]:
    """Of the letters' versions their files and texts are read when they are shown."""
    told = (Correction.state == CorrectionState.MADE) | (
        (Correction.state == CorrectionState.PROPOSED) & Correction.comment_by_on.is_not(None)
    )
    kinds = [kind for kind, row in KINDS.items() if row.for_provider]
    return (
        select(Correction)
        .join(Correction.letter)
        .join(Letter.inspection)
        .join(Inspection.home)
        .where(
            told,
            Letter.state == LetterState.SENT,
            Letter.kind.in_(kinds),
            homes_of(actor),
        )
        .options(
            selectinload(Correction.words),
            contains_eager(Correction.letter)
            .selectinload(Letter.versions)
            .options(defer(LetterVersion.pdf), defer(LetterVersion.content)),
            contains_eager(Correction.letter)
            .contains_eager(Letter.inspection)
            .contains_eager(Inspection.home)
            .selectinload(Home.provider),
            contains_eager(Correction.letter).contains_eager(Letter.inspection).selectinload(Inspection.team),
        )
    )

"""What the provider sees: letters that have been sent, for its own homes, and nothing before.

Whatever is not sent, or belongs to another provider, is not there at all (NotFound), so that its
existence is not told either: an unannounced inspection shows first when something is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from ...models.among import among
from ...models.assessments import Finding
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState, Stance
from ...models.letters import Answer, Letter, LetterVersion, Measure, Paragraph
from ...models.register import Home
from ...models.vocabulary import N_, FindingKind, Role
from ..errors import NotFound
from ..rules.access import Actor
from ..rules.answer_gaps import Gap, PointAnswer, gaps_of, needs_attention
from .long_lists import Paged, page_of
from .provider_homes import homes_of
from .wanted_letters import EVERY_LETTER, WantedLetters

NO_LETTER = N_("There is no such letter, or it is not for you.")

ORDER_OF_KINDS = {FindingKind.DEFICIENCY: 0, FindingKind.ADVICE: 1, FindingKind.STRENGTH: 2}


@dataclass(frozen=True, slots=True)
class Point:
    """One finding of a sent letter, with what the provider has answered and will do."""

    finding: Finding
    answer: Answer | None
    measures: tuple[Measure, ...]

    @property
    def is_deficiency(self) -> bool:
        return self.finding.kind is FindingKind.DEFICIENCY

    @property
    def stance(self) -> Stance | None:
        return self.answer.stance if self.answer else None

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        """The version an answer is written from; 0 before the first."""
        return self.answer.version if self.answer else 0

    @property
    def as_answered(self) -> PointAnswer:
        return PointAnswer(self.finding.kind, self.stance, self.text, len(self.measures))

    @property
    def is_answered(self) -> bool:
        return self.as_answered.is_answered

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return gaps_of(self.as_answered)

    @property
    def attention(self) -> int:
        return needs_attention(self.as_answered)


LETTERS_A_PAGE = 20
"""Of each kind in the provider's list."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the provider's list. `due_on`: the first date by which something must be done."""

    letter: Letter
    home: str
    points: int
    answered: int
    due_on: date | None


def _letters_of(actor: Actor, wanted: WantedLetters = EVERY_LETTER) -> Select[Letter]:
    return (
        select(Letter)
        .join(Letter.inspection)
        .join(Inspection.home)
        .where(
            Letter.kind == LetterKind.FEEDBACK,
            Letter.state == LetterState.SENT,
            homes_of(actor),
            wanted.about(),
        )
        .options(
            contains_eager(Letter.inspection).contains_eager(Inspection.home).selectinload(Home.provider),
            contains_eager(Letter.inspection).selectinload(Inspection.team),
        )
        .order_by(*wanted.sorted(Letter.sent_at, Letter.id))
    )


def _is_provider(actor: Actor) -> bool:
    return Role.PROVIDER in actor.roles and actor.provider_id is not None


def list_letters(
    db: Session, actor: Actor, wanted: WantedLetters = EVERY_LETTER, *, page: int = 1
) -> Paged[LetterLine]:
    """The letters sent to the actor's provider, the newest first unless asked otherwise, with how far the
    answer has come. A page beyond the last is empty.
    """
    if not _is_provider(actor):
        return Paged((), 0, page, LETTERS_A_PAGE)
    found = page_of(db, _letters_of(actor, wanted), Letter.id, page, LETTERS_A_PAGE)
    lines, by_letter = [], points_of_letters(db, found.rows)
    for letter in found.rows:
        points = by_letter[letter.id]
        due = [point.finding.due_on for point in points if point.is_deficiency and point.finding.due_on]
        lines.append(
            LetterLine(
                letter=letter,
                home=letter.inspection.home.name,
                points=sum(point.is_deficiency for point in points),
                answered=sum(point.is_deficiency and not point.gaps for point in points),
                due_on=min(due, default=None),
            )
        )
    return Paged(tuple(lines), found.total, page, LETTERS_A_PAGE)


def find_letter(db: Session, actor: Actor, letter_id: UUID) -> Letter:
    """A letter that has been sent to the actor's provider. Raises NotFound for every other."""
    letter = db.scalar(_letters_of(actor).where(Letter.id == letter_id)) if _is_provider(actor) else None
    if letter is None:
        raise NotFound(NO_LETTER)
    return letter


def points_of(db: Session, letter: Letter) -> tuple[Point, ...]:
    """The points of a letter: deficiencies first, then advice, then what works well.

    Each in the order of the letter, so that the first here is the first there.
    """
    return points_of_letters(db, [letter])[letter.id]


def points_of_letters(db: Session, letters: Sequence[Letter]) -> dict[UUID, tuple[Point, ...]]:
    """The same of each of these letters, in four questions however many they are."""
    ids = [letter.id for letter in letters]
    blocks = _blocks(db, ids, "sv")
    cases = [letter.inspection_id for letter in letters]
    findings: dict[UUID, list[Finding]] = {}
    for finding in db.scalars(
        select(Finding).where(among(Finding.inspection_id, cases)).order_by(Finding.position)
    ):
        findings.setdefault(finding.inspection_id, []).append(finding)
    answers = {
        (a.letter_id, a.finding_id): a for a in db.scalars(select(Answer).where(among(Answer.letter_id, ids)))
    }
    measures: dict[tuple[UUID, UUID], list[Measure]] = {}
    for one in db.scalars(select(Measure).where(among(Measure.letter_id, ids)).order_by(Measure.id)):
        measures.setdefault((one.letter_id, one.finding_id), []).append(one)
    found = {}
    for letter in letters:
        places = {finding: place for place, finding in enumerate(blocks.get(letter.id, {}))}
        found[letter.id] = tuple(
            Point(
                finding,
                answers.get((letter.id, finding.id)),
                tuple(measures.get((letter.id, finding.id), ())),
            )
            for finding in sorted(
                findings.get(letter.inspection_id, ()),
                key=lambda one: (ORDER_OF_KINDS[one.kind], places.get(one.id, len(places))),
            )
        )
    return found


def find_point(db: Session, letter: Letter, finding_id: UUID) -> Point:
    """The point of `letter` about this finding. Raises NotFound."""
    for point in points_of(db, letter):
        if point.finding.id == finding_id:
            return point
    raise NotFound(N_("The letter has no such point."))


def frozen_versions(db: Session, letter: Letter) -> dict[str, LetterVersion]:
    """The approved text of a letter by language; the latest where there are several."""
    rows = db.scalars(
        select(LetterVersion).where(LetterVersion.letter_id == letter.id).order_by(LetterVersion.number)
    )
    return {row.language: row for row in rows}


def block_of_finding(db: Session, letter: Letter, language: str) -> dict[UUID, str]:
    """For each finding the key of its passage in the letter, as far as its paragraphs tell."""
    return _blocks(db, [letter.id], language).get(letter.id, {})


def _blocks(db: Session, letters: Sequence[UUID], language: str) -> dict[UUID, dict[UUID, str]]:
    rows = db.execute(
        select(Paragraph.letter_id, Paragraph.finding_id, Paragraph.key)
        .where(
            among(Paragraph.letter_id, letters),
            Paragraph.language == language,
            Paragraph.finding_id.is_not(None),
        )
        .order_by(Paragraph.position)
    )
    found: dict[UUID, dict[UUID, str]] = {}
    for letter_id, finding_id, key in rows:
        if finding_id is not None:
            found.setdefault(letter_id, {}).setdefault(finding_id, key)
    return found

"""What the answers to a reply have changed: the fact as it was sent and as it is, and where in the letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.inspections import Inspection
from ...models.letter_history import KeptText
from ...models.letter_vocabulary import LetterState
from ...models.letters import Letter, Paragraph
from .communicate_facts import sent_facts
from .compose_letter import fresh_paragraphs
from .corrected_facts import corrected_facts, corrected_text, is_of_corrected
from .find_letter import find_letter
from .keep_text import texts_by_key
from .view_case import view_case


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of the letter: how it read when the letter was approved, and how it reads then."""

    language: str
    section: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What has become of one fact that the provider called wrong.

    `after`: title and what was seen as they stand, None when the finding is gone. `places`: the passages of
    the letter that are other than they were approved; `in_letter`: the letter has gone with them.
    """

    before: tuple[str, str]
    after: tuple[str, str] | None
    places: tuple[Place, ...]
    in_letter: bool

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def trace_reply(db: Session, communication: Communication, inspection: Inspection) -> dict[str, Trace]:
    """For each corrected fact, by its id as text, what it has changed."""
    corrected = corrected_facts(db, inspection)
    if not corrected:
        return {}
    letter = find_letter(db, inspection)
    is_sent = letter is not None and letter.state is LetterState.SENT
    places = _places(db, inspection, letter, corrected, is_sent=is_sent) if letter is not None else {}
    now = {
        one.id: (one.title, one.saw)
        for one in db.scalars(select(Finding).where(Finding.id.in_(list(corrected))))
    }
    return {
        fact.finding: Trace(
            before=(fact.title, fact.saw),
            after=now.get(UUID(fact.finding)),
            places=tuple(places.get(UUID(fact.finding), ())),
            in_letter=is_sent,
        )
        for fact in sent_facts(db, communication, inspection)
        if UUID(fact.finding) in corrected
    }


def _places(
    db: Session, inspection: Inspection, letter: Letter, corrected: dict[UUID, str], *, is_sent: bool
) -> dict[UUID, list[Place]]:
    """From the history of a letter that has gone; of one that has not, what it says when it goes."""
    of_fact = [one for one in letter.paragraphs if is_of_corrected(one.key, one.finding_id, corrected)]
    pairs = _as_sent(db, letter, of_fact) if is_sent else _as_it_will(db, inspection, of_fact, corrected)
    found: dict[UUID, list[Place]] = {}
    for paragraph, before, after in pairs:
        if before != after and paragraph.finding_id is not None:
            place = Place(paragraph.language, paragraph.section, paragraph.key, before, after)
            found.setdefault(paragraph.finding_id, []).append(place)
    return found


def _as_sent(
    db: Session, letter: Letter, paragraphs: Iterable[Paragraph]
) -> Iterable[tuple[Paragraph, str, str]]:
    """What stood when the letter was approved is the last text that was kept before it was."""
    kept: Mapping[tuple[str, str], list[KeptText]] = texts_by_key(db, letter)
    for one in paragraphs:
        entries = kept.get((one.language, one.key), [])
        before = next(
            (entry.text for entry in entries if letter.approved_at is None or entry.at <= letter.approved_at),
            one.text,
        )
        yield one, before, one.text


def _as_it_will(
    db: Session, inspection: Inspection, paragraphs: Iterable[Paragraph], corrected: dict[UUID, str]
) -> Iterable[tuple[Paragraph, str, str]]:
    fresh = {one.key: one for one in fresh_paragraphs(view_case(db, inspection))}
    for one in paragraphs:
        made = fresh.get(one.key)
        if made is not None:
            text = made.text.in_language(one.language)
            yield one, one.text, corrected_text(one.key, one.finding_id, one.language, text, corrected)

"""Search in one case: everything that is sealed in it is opened, and nothing of that is kept.

There is no index: an index of what people said would be that, in clear. There is no search over cases either:
what is sensitive about people is not to be compiled (SoLPuL 7 a §), and who works with a case needs that one
(SoLPuL 10 §; docs/keys.md, "Search").
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from ...models.assessments import Check, Finding
from ...models.decisions import DialogueMeeting
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph
from ...models.sealed import opened
from ...models.vocabulary import N_, Titled
from ..errors import Invalid, NotFound
from ..rules.access import Actor, Permission, may
from .find_inspection import NO_SUCH_CASE
from .record_event import record_event

LEAST, MOST = 2, 100
"""Characters of the words that are looked for."""
SHOWN = 200
"""So many places are shown; more words make them fewer."""
AROUND = 70
"""Characters of the text on each side of the first word that was found."""


class Where(Titled):
    """In what the words stand."""

    TALK = "talk", N_("Said in a talk")
    ITEM = "item", N_("Observation or document")
    NOTE = "note", N_("Note on a talk")
    CHECK = "check", N_("Note on a requirement")
    FINDING = "finding", N_("Finding")
    MEETING = "meeting", N_("Note of a meeting")
    LETTER = "letter", N_("Draft of a letter")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the case before it is looked through. `place`: the id that leads there; `label`: its name."""

    where: Where
    place: UUID
    label: str
    text: str
    kind: LetterKind | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """`before`, `found`, `after`: the text around the first word, as it was written."""

    text: Text
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """`number`: of all; `shown`: the first of them."""

    number: int
    shown: tuple[Hit, ...]


def search_case(db: Session, *, actor: Actor, inspection: Inspection, words: str, now: datetime) -> Hits:
    """The texts of a case in which every word stands, in large letters or small; å, ä and ö are their own.

    The search is an event, which says how much was found and not what was looked for. Raises NotFound,
    Invalid.
    """
    if not may(actor, Permission.READ_INSPECTION, inspection):
        raise NotFound(NO_SUCH_CASE)
    if not LEAST <= len(words.strip()) <= MOST:
        raise Invalid(
            N_("Write %(least)s to %(most)s characters."), {"field": "words", "least": LEAST, "most": MOST}
        )
    hits = matches(texts_of(db, inspection), words)
    record_event(
        db, EventKind.CASE_SEARCHED, actor=actor, now=now, inspection_id=inspection.id, number=hits.number
    )
    return hits


def matches(texts: Iterable[Text], words: str) -> Hits:
    """Those of `texts` in which every one of `words` stands."""
    wanted = [_folded(one) for one in words.split()]
    number = 0
    shown: list[Hit] = []
    for text in texts:
        folded = _folded(text.text)
        if all(one in folded for one in wanted):
            number += 1
            if len(shown) < SHOWN:
                shown.append(_hit(text, folded, wanted[0]))
    return Hits(number, tuple(shown))


_CASE: BindParameter[UUID] = bindparam("case")
_STATEMENTS = select(
    Statement.id, Statement.label, Statement.interview_id, Statement.evidence_id, Statement.text_sealed
).where(Statement.inspection_id == _CASE)
_TALKS = select(Interview.id, Interview.person, Interview.note_sealed).where(Interview.inspection_id == _CASE)
_CHECKS = select(Check.id, Check.requirement, Check.note_sealed).where(Check.inspection_id == _CASE)
_MEETINGS = select(DialogueMeeting.id, DialogueMeeting.note_sealed).where(
    DialogueMeeting.inspection_id == _CASE
)
_DRAFTS = (
    select(Paragraph.id, Paragraph.language, Paragraph.text_sealed, Letter.kind)
    .join(Letter, Letter.id == Paragraph.letter_id)
    .where(Letter.inspection_id == _CASE)
    .order_by(Letter.kind, Paragraph.language, Paragraph.position)
)


def texts_of(db: Session, inspection: Inspection) -> Iterator[Text]:
    """Everything that is looked through, opened one at a time."""
    here = {"case": inspection.id}
    for row in db.execute(_STATEMENTS.order_by(Statement.position), here):
        where, place = (Where.TALK, row.interview_id) if row.interview_id else (Where.ITEM, row.evidence_id)
        yield Text(where, place, row.label, opened("statements", "text_sealed", row.id, row.text_sealed))
    for id, person, note in db.execute(_TALKS.order_by(Interview.started_at), here):
        yield Text(Where.NOTE, id, person, opened("interviews", "note_sealed", id, note))
    for id, requirement, note in db.execute(_CHECKS.order_by(Check.requirement), here):
        yield Text(Where.CHECK, id, requirement, opened("checks", "note_sealed", id, note))
    for finding in db.scalars(select(Finding).where(Finding.inspection_id == inspection.id)):
        for text in (finding.title, finding.saw, finding.matters, finding.proportion, finding.achieve):
            yield Text(Where.FINDING, finding.id, finding.requirement or "", text)
    for id, note in db.execute(_MEETINGS, here):
        yield Text(Where.MEETING, id, "", opened("dialogue_meetings", "note_sealed", id, note))
    for id, language, sealed, kind in db.execute(_DRAFTS, here):
        text = opened("paragraphs", "text_sealed", id, sealed)
        yield Text(Where.LETTER, id, "", text, kind, language)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _hit(text: Text, folded: str, word: str) -> Hit:
    """Where folding changes how long a text is (ß), the part that is shown may begin a letter aside."""
    whole = unicodedata.normalize("NFC", text.text)
    begins = folded.index(word)
    ends = begins + len(word)
    return Hit(
        text,
        _cut(whole[max(0, begins - AROUND) : begins], begins > AROUND, ""),
        whole[begins:ends],
        _cut(whole[ends : ends + AROUND], False, "…" if len(whole) > ends + AROUND else ""),
    )


def _cut(part: str, is_cut: bool, end: str) -> str:
    return ("…" if is_cut else "") + " ".join(part.split("\n")) + end

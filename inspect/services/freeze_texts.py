"""Take texts of a case into a request for documents: each is frozen as it stands, and masks are proposed.

Only what is an official document or was brought into the case is offered: letters that were sent,
decisions, what was noted of talks, meetings, observations and documents (TF 2 kap. 10 and 12 §§, FL 27 §).
Drafts are not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.letters import Letter, LetterVersion
from ...models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from ...models.openness_words import MaskState, TextKind
from ...models.vocabulary import N_, Informant
from ...reports.letter_data import from_data
from ...reports.reading import sentences
from ..errors import Invalid
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.masking import cleaned, whole_words
from ..rules.openness import is_always_shown
from ..rules.reidentification import Guard, Passage
from .find_disclosure import changed, to_change
from .gather_roster import gather_roster
from .guard_words import lexicon_of
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class Offered:
    """A text of the case that can be taken into a request. `of_child`: a child said it."""

    kind: TextKind
    source_id: UUID
    text: str
    dated_on: date | None = None
    of_child: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind.value}.{self.source_id}"


def offered_texts(db: Session, inspection: Inspection) -> tuple[Offered, ...]:
    """What can be asked for in this case, in the order of the case; empty texts are left out."""
    parts = (
        _letters(db, inspection),
        _decisions(db, inspection),
        _talks(db, inspection),
        _statements(db, inspection),
        _meetings(db, inspection),
    )
    return tuple(one for part in parts for one in part if one.text)


def take_texts(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    version: int,
    keys: Collection[str],
    now: datetime,
) -> DisclosureRequest:
    """Freeze the chosen texts, and propose masks. Those that are chosen no longer go, with their masks.

    Raises NotAllowed, NotFound, NotPossibleNow, Conflict, and Invalid when nothing is chosen.
    """
    request = to_change(db, actor, inspection, disclosure_id, version)
    offered = [one for one in offered_texts(db, inspection) if one.key in keys]
    if not offered:
        raise Invalid(N_("Choose at least one text."), {"field": "texts"})
    kept = {f"{one.kind.value}.{one.source_id}": one for one in request.texts}
    request.texts = [one for key, one in kept.items() if key in {new.key for new in offered}]
    guard = Guard(gather_roster(db, inspection), lexicon_of(inspection.pack))
    for position, new in enumerate(offered):
        text = kept.get(new.key) or _frozen(request, new)
        text.position = position
        if new.key not in kept:
            request.texts.append(text)
            if not is_always_shown(request.kind, new.kind):
                text.masks = _proposals(guard, text)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_TEXTS_TAKEN, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, number=len(offered),
    )  # fmt: skip
    return request


def _frozen(request: DisclosureRequest, new: Offered) -> DisclosureText:
    made = DisclosureText(
        request_id=request.id, kind=new.kind, source_id=new.source_id, dated_on=new.dated_on, position=0
    )
    made.text = new.text
    return made


def _proposals(guard: Guard, text: DisclosureText) -> list[DisclosureMask]:
    """What the guard would ask a person about, as ranges over whole words; each once."""
    said = text.text
    made: dict[tuple[int, int], DisclosureMask] = {}
    for mark in guard.look(Passage(said)):
        start, end = whole_words(said, mark.start, mark.end)
        if start < end and (start, end) not in made:
            made[start, end] = DisclosureMask(
                text_id=text.id, start=start, end=end, state=MaskState.PROPOSED, found=mark.kind
            )
    return list(made.values())


def _letters(db: Session, inspection: Inspection) -> Iterator[Offered]:
    """Each letter as its reader got it, in Swedish."""
    sent = db.scalars(
        select(LetterVersion)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .where(
            Letter.inspection_id == inspection.id,
            LetterVersion.sent_at.is_not(None),
            LetterVersion.language == "sv",
        )
        .order_by(LetterVersion.sent_at, LetterVersion.id)
    )
    for one in sent:
        said = "\n".join(sentences(from_data(one.content)))
        yield Offered(TextKind.LETTER, one.id, cleaned(said), _day(one.sent_at))


def _decisions(db: Session, inspection: Inspection) -> Iterator[Offered]:
    for one in db.scalars(select(Decision).where(Decision.inspection_id == inspection.id)):
        yield Offered(TextKind.DECISION, one.id, cleaned(one.content), one.decided_on)


def _talks(db: Session, inspection: Inspection) -> Iterator[Offered]:
    talks = select(Interview).where(Interview.inspection_id == inspection.id).order_by(Interview.id)
    for one in db.scalars(talks):
        yield Offered(
            TextKind.TALK_NOTE, one.id, cleaned(one.note), of_child=one.informant is Informant.CHILD
        )


def _statements(db: Session, inspection: Inspection) -> Iterator[Offered]:
    """Each statement by itself: it is assessed by itself."""
    rows = db.execute(
        select(Statement, Interview.informant)
        .outerjoin(Interview, Interview.id == Statement.interview_id)
        .where(Statement.inspection_id == inspection.id)
        .order_by(Statement.interview_id, Statement.evidence_id, Statement.position, Statement.id)
    )
    for one, informant in rows:
        kind = TextKind.EVIDENCE if informant is None else TextKind.STATEMENT
        yield Offered(kind, one.id, cleaned(one.text), of_child=informant is Informant.CHILD)


def _meetings(db: Session, inspection: Inspection) -> Iterator[Offered]:
    held = select(DialogueMeeting).where(DialogueMeeting.inspection_id == inspection.id)
    for meeting in db.scalars(held.order_by(DialogueMeeting.held_at)):
        yield Offered(TextKind.MEETING_NOTE, meeting.id, cleaned(meeting.note), _day(meeting.held_at))
    for one in db.scalars(select(Communication).where(Communication.inspection_id == inspection.id)):
        if one.replied_at is not None and not one.reply.startswith(("{", "[")):
            yield Offered(TextKind.REPLY, one.id, cleaned(one.reply), _day(one.replied_at))


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SWEDEN).date() if moment else None

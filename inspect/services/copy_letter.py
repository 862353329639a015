"""Who gets a copy of a letter by law, and that it has been sent to them.

The copy is the letter itself, the same bytes with the same number: whoever gets it can have it recognised as
genuine. That somebody gets it stands in its head. What is recorded here is that the authority has sent it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.letter_wording import load_letter_wording
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .find_letter import name_of
from .lay_out_letter import COPIED
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class CopySent:
    """One copy that has gone: the number of the version, when, and by whom it was noted."""

    number: int
    at: datetime
    by: str


def copied_to(inspection: Inspection, kind: LetterKind, language: str) -> str:
    """Who gets a copy of letters of that kind by the law of the pack; "" for nobody."""
    wording = load_letter_wording(inspection.pack)
    if kind not in COPIED or not wording.has("copies.municipality"):
        return ""
    return wording.say("copies.municipality", language, municipality=inspection.home.municipality)


def copies_sent(db: Session, inspection: Inspection) -> dict[str, Sequence[CopySent]]:
    """The copies that have been sent, by the id of the letter, the latest last."""
    events = db.scalars(
        select(Event)
        .where(Event.inspection_id == inspection.id, Event.kind == EventKind.LETTER_COPIED)
        .order_by(Event.at, Event.id)
    )
    found: dict[str, list[CopySent]] = {}
    for one in events:
        sent = CopySent(int(one.details["number"]), one.at, name_of(db, one.actor_id))
        found.setdefault(str(one.details["letter"]), []).append(sent)
    return {**found}


def note_copy(db: Session, *, actor: Actor, inspection: Inspection, letter: Letter, now: datetime) -> None:
    """Note that the copy of the letter, as it stands now, has been sent; the same again changes nothing.

    `letter` with its versions. Raises NotAllowed; NotPossibleNow: not sent, or nobody gets a copy of it.
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    if letter.state is not LetterState.SENT:
        raise NotPossibleNow(N_("The letter is not sent yet. The copy goes when it is."))
    if not copied_to(inspection, letter.kind, "sv"):
        raise NotPossibleNow(N_("Nobody gets a copy of this letter."))
    number = max(one.number for one in letter.versions)
    if any(one.number == number for one in copies_sent(db, inspection).get(str(letter.id), ())):
        return
    record_event(
        db, EventKind.LETTER_COPIED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, number=number,
    )  # fmt: skip

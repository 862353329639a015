"""Who gets a copy of a letter by law, and that it has been sent to them: förordning (2013:176) 2 §.

The copy is the letter itself, the same bytes with the same number: whoever gets it can have it recognised as
genuine. That somebody gets it stands in its head. What is recorded here is which version the authority has
sent, to which municipality or region, on which day, and who noted it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.letter_wording import load_letter_wording
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letter_vocabulary import CopyReader, LetterKind, LetterState
from ...models.letters import Letter
from ...models.register import Municipality
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from .find_letter import name_of
from .lay_out_letter import COPIED
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class CopySent:
    """One copy that has gone: the number of the version, to whom, on which day, and who noted it when.

    `to`: the name of the municipality or region; "" in what was noted before it was asked.
    """

    number: int
    at: datetime
    by: str
    reader: CopyReader
    to: str
    on: date


@dataclass(frozen=True, slots=True)
class CopyAddress:
    """Somebody who gets a copy: `name`, and the `address` and `email` of its registry where known."""

    reader: CopyReader
    name: str
    address: str = ""
    email: str = ""


def copied_to(inspection: Inspection, kind: LetterKind, language: str) -> str:
    """Who gets a copy of letters of that kind by the law of the pack; "" for nobody."""
    wording = load_letter_wording(inspection.pack)
    if kind not in COPIED or not wording.has("copies.municipality"):
        return ""
    return wording.say("copies.municipality", language, municipality=inspection.home.municipality)


def copy_addresses(db: Session, inspection: Inspection) -> Sequence[CopyAddress]:
    """The municipality that the home lies in, and its region where the register knows which it is."""
    home = inspection.home
    known = db.get(Municipality, home.municipality_id) if home.municipality_id else None
    if known is None:
        return [CopyAddress(CopyReader.MUNICIPALITY, home.municipality)]
    found = [CopyAddress(CopyReader.MUNICIPALITY, known.name, known.address, known.email)]
    return [*found, CopyAddress(CopyReader.REGION, known.region)] if known.region else found


def copies_sent(db: Session, inspection: Inspection) -> dict[str, Sequence[CopySent]]:
    """The copies that have been sent, by the id of the letter, the latest last."""
    events = db.scalars(
        select(Event)
        .where(Event.inspection_id == inspection.id, Event.kind == EventKind.LETTER_COPIED)
        .order_by(Event.at, Event.id)
    ).all()
    known = _municipalities(db, events)
    found: dict[str, list[CopySent]] = {}
    for one in events:
        reader = CopyReader(one.details.get("reader", CopyReader.MUNICIPALITY.value))
        town = known.get(str(one.details.get("municipality", "")))
        on = one.details.get("sent_on")
        sent = CopySent(
            number=int(one.details["number"]),
            at=one.at,
            by=name_of(db, one.actor_id),
            reader=reader,
            to="" if town is None else town.region if reader is CopyReader.REGION else town.name,
            on=date.fromisoformat(str(on)) if on else one.at.astimezone(SWEDEN).date(),
        )
        found.setdefault(str(one.details["letter"]), []).append(sent)
    return {**found}


def note_copy(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    reader: CopyReader = CopyReader.MUNICIPALITY,
    sent_on: date | None = None,
    now: datetime,
) -> None:
    """Note that the copy of the letter, as it stands now, has been sent; the same again changes nothing.

    `letter` with its versions; `sent_on`: today when nothing is said. Raises NotAllowed; NotPossibleNow: not
    sent, or nobody gets a copy of it; Invalid: the day, or a region that is not known.
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    if letter.state is not LetterState.SENT or letter.sent_at is None:
        raise NotPossibleNow(N_("The letter is not sent yet. The copy goes when it is."))
    if not copied_to(inspection, letter.kind, "sv"):
        raise NotPossibleNow(N_("Nobody gets a copy of this letter."))
    if reader not in {one.reader for one in copy_addresses(db, inspection)}:
        raise Invalid(N_("Write first, with the municipality in the register, which region it is."))
    today = now.astimezone(SWEDEN).date()
    on = sent_on or today
    if on > today:
        raise Invalid(N_("The day cannot be in the future."), {"field": "sent_on"})
    first = min(one.sent_at for one in letter.versions if one.sent_at is not None)
    if on < first.astimezone(SWEDEN).date():
        raise Invalid(N_("The copy goes on the day of the letter or later."), {"field": "sent_on"})
    number = max(one.number for one in letter.versions)
    sent = copies_sent(db, inspection).get(str(letter.id), ())
    if any((one.number, one.reader) == (number, reader) for one in sent):
        return
    home = inspection.home.municipality_id
    record_event(
        db, EventKind.LETTER_COPIED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, number=number, reader=reader.value, sent_on=on.isoformat(),
        **({"municipality": home} if home else {}),
    )  # fmt: skip


def _municipalities(db: Session, events: Sequence[Event]) -> Mapping[str, Municipality]:
    ids = {UUID(str(one.details["municipality"])) for one in events if one.details.get("municipality")}
    rows = db.scalars(select(Municipality).where(Municipality.id.in_(ids))) if ids else ()
    return {str(one.id): one for one in rows}

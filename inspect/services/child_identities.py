"""Write who a child is, ask to open it, agree to that, and look: two people, two sides, a short time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.child_identities import (
    MAX_CONTACT,
    MAX_NAME,
    MAX_NUMBER,
    MAX_PURPOSE,
    ChildIdentity,
    IdentityOpening,
    IdentityPurpose,
    IdentitySide,
)
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, Resident
from ...models.notices import NoticeKind
from ...models.people import User
from ...models.vocabulary import N_, TeamRole
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor
from ..rules.child_identities import FEWEST_CHARACTERS, LOOK_FOR, can_look, side_to_confirm, sides_of, waits
from .record_event import record_event
from .tell import tell
from .whom_to_tell import in_team

PARTS = {
    IdentitySide.INSPECTS: (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR),
    IdentitySide.OVERSEES: (TeamRole.DECISION_MAKER, TeamRole.LAWYER),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits: who asked, for what, and for which side the one who looks could say yes."""

    opening: IdentityOpening
    asked_by: str
    side: IdentitySide | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class IdentityPage:
    """What one may know of a child's record without opening it; `seen` only during a look."""

    resident: Resident
    written_at: datetime | None
    written_by: str | None
    may_write: bool
    may_ask: bool
    waiting: tuple[Waiting, ...]
    seen: ChildIdentity | None
    seen_until: datetime | None
    purpose: IdentityPurpose | None
    opening: IdentityOpening | None


def resident_of(inspection: Inspection, resident_id: UUID) -> Resident:
    """Raises NotFound."""
    found = next((one for one in inspection.residents if one.id == resident_id), None)
    if found is None:
        raise NotFound(N_("There is no such child in this case."))
    return found


def see_identity_page(
    db: Session, *, actor: Actor, inspection: Inspection, resident: Resident, now: datetime
) -> IdentityPage:
    """The page of one child's record. Raises NotAllowed for whoever can speak for neither side."""
    sides = _sides(actor, inspection)
    record = _record(db, resident)
    openings = _lately(db, record) if record else ()
    looked = next((one for one in openings if can_look(one, actor, inspection, now)), None)
    names = _names(db, {one.asked_by_id for one in openings} | ({record.written_by_id} if record else set()))
    return IdentityPage(
        resident,
        record.written_at if record else None,
        names.get(record.written_by_id) if record else None,
        IdentitySide.INSPECTS in sides,
        record is not None
        and not any(one.asked_by_id == actor.user_id and waits(one, now) for one in openings),
        tuple(
            Waiting(
                one,
                names[one.asked_by_id],
                side_to_confirm(one, actor, inspection, now),
                one.asked_by_id == actor.user_id,
            )
            for one in openings
            if waits(one, now)
        ),
        record if looked else None,
        looked.confirmed_at + LOOK_FOR if looked and looked.confirmed_at else None,
        looked.purpose if looked else None,
        looked,
    )


def write_identity(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident: Resident,
    name: str,
    number: str,
    contact: str,
    now: datetime,
) -> None:
    """Put down who the child is, in place of what stood there, unseen. By those who meet the child.

    Raises NotAllowed and Invalid.
    """
    if IdentitySide.INSPECTS not in _sides(actor, inspection):
        raise NotAllowed(N_("Who a child is, is written by those who inspect."))
    values = {"name": name.strip(), "number": number.strip(), "contact": contact.strip()}
    if not values["name"]:
        raise Invalid(N_("Write the child’s name."), {"field": "name"})
    for field, most in (("name", MAX_NAME), ("number", MAX_NUMBER), ("contact", MAX_CONTACT)):
        if len(values[field]) > most:
            raise Invalid(N_("At most %(limit)s characters fit."), {"limit": most, "field": field})
    record = _record(db, resident)
    if record is None:
        record = ChildIdentity(resident_id=resident.id, written_at=now, written_by_id=actor.user_id)
        db.add(record)
    record.written_at, record.written_by_id = now, actor.user_id
    record.name, record.number, record.contact = values["name"], values["number"], values["contact"]
    db.flush()
    _record_event(db, EventKind.IDENTITY_WRITTEN, actor, inspection, resident, now)


def ask_to_open(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident: Resident,
    purpose: IdentityPurpose,
    words: str,
    side: IdentitySide | None = None,
    now: datetime,
) -> IdentityOpening:
    """Ask the other side to agree. Raises NotAllowed, Invalid, and NotPossibleNow when nothing is written."""
    sides = _sides(actor, inspection)
    text = words.strip()
    if not FEWEST_CHARACTERS <= len(text) <= MAX_PURPOSE:
        raise Invalid(
            N_("Write what it is for, with at least %(least)s and at most %(most)s characters."),
            {"least": FEWEST_CHARACTERS, "most": MAX_PURPOSE, "field": "words"},
        )
    record = _record(db, resident)
    if record is None:
        raise NotPossibleNow(N_("Nothing is written about who this child is."))
    if any(one.asked_by_id == actor.user_id and waits(one, now) for one in _lately(db, record)):
        raise NotPossibleNow(N_("You have asked already: the other side has fifteen minutes to agree."))
    asked_as = side if side in sides else min(sides, key=list(IdentitySide).index)
    opening = IdentityOpening(
        identity_id=record.id, purpose=purpose, words=text, asked_by_id=actor.user_id, asked_as=asked_as,
        asked_at=now,
    )  # fmt: skip
    db.add(opening)
    db.flush()
    _record_event(
        db,
        EventKind.IDENTITY_ASKED,
        actor,
        inspection,
        resident,
        now,
        opening=opening.id,
        purpose=purpose.value,
    )
    other = next(one for one in IdentitySide if one is not asked_as)
    users = in_team(db, inspection.id, PARTS[other], but=actor.user_id)
    tell(db, users=users, kind=NoticeKind.IDENTITY_ASKED, inspection=inspection.id, now=now)
    return opening


def agree_to_open(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident: Resident,
    opening_id: UUID,
    now: datetime,
) -> None:
    """The other side's yes: from now who asked can look, for a short time.

    Raises NotFound, NotAllowed (the same person or side), NotPossibleNow (agreed already, or too late).
    """
    _sides(actor, inspection)
    opening = _opening(db, resident, opening_id)
    if not waits(opening, now):
        raise NotPossibleNow(N_("It was agreed to already, or more than fifteen minutes ago. Ask anew."))
    side = side_to_confirm(opening, actor, inspection, now)
    if side is None:
        raise NotAllowed(N_("Somebody else, of the other side, has to agree."))
    opening.confirmed_by_id, opening.confirmed_as, opening.confirmed_at = actor.user_id, side, now
    _record_event(db, EventKind.IDENTITY_CONFIRMED, actor, inspection, resident, now, opening=opening.id)


def record_look(
    db: Session,
    *,
    actor: Actor,
    inspection_id: UUID,
    resident_id: UUID,
    opening_id: UUID,
    purpose: IdentityPurpose,
    now: datetime,
) -> None:
    """A look has been taken: an event, and word to both sides. Runs when the page has been made."""
    record_event(
        db,
        EventKind.IDENTITY_OPENED,
        actor=actor,
        now=now,
        inspection_id=inspection_id,
        resident=resident_id,
        opening=opening_id,
        purpose=purpose.value,
    )
    users = in_team(db, inspection_id, (TeamRole.INSPECTOR, TeamRole.DECISION_MAKER), but=actor.user_id)
    tell(db, users=users, kind=NoticeKind.IDENTITY_OPENED, inspection=inspection_id, now=now)


def _sides(actor: Actor, inspection: Inspection) -> frozenset[IdentitySide]:
    sides = sides_of(actor, inspection)
    if not sides:
        raise NotAllowed(
            N_("Who a child is, is opened by inspectors together with decision-maker or lawyer.")
        )
    return sides


def _record(db: Session, resident: Resident) -> ChildIdentity | None:
    return db.scalar(select(ChildIdentity).where(ChildIdentity.resident_id == resident.id))


def _lately(db: Session, record: ChildIdentity) -> tuple[IdentityOpening, ...]:
    chosen = select(IdentityOpening).where(IdentityOpening.identity_id == record.id)
    return tuple(db.scalars(chosen.order_by(IdentityOpening.asked_at.desc()).limit(20)))


def _opening(db: Session, resident: Resident, opening_id: UUID) -> IdentityOpening:
    found = db.scalar(
        select(IdentityOpening)
        .join(ChildIdentity, ChildIdentity.id == IdentityOpening.identity_id)
        .where(IdentityOpening.id == opening_id, ChildIdentity.resident_id == resident.id)
    )
    if found is None:
        raise NotFound(N_("There is no such request."))
    return found


def _names(db: Session, ids: set[UUID]) -> dict[UUID, str]:
    return {row.id: row.name for row in db.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def _record_event(
    db: Session,
    kind: EventKind,
    actor: Actor,
    inspection: Inspection,
    resident: Resident,
    now: datetime,
    **details: object,
) -> None:
    record_event(db, kind, actor=actor, now=now, inspection_id=inspection.id, resident=resident.id, **details)

"""A device is lost: from that moment it fetches nothing, and what it sends is kept apart."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from ...models.devices import Device
from ...models.event_kinds import EventKind
from ...models.people import SignInSession
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound
from ..rules.access import Actor, Permission, may
from .record_event import record_event

LONGEST_REASON = 2_000
TIME_TO_SEND = timedelta(minutes=10)


def report_lost(db: Session, *, actor: Actor, device_id: UUID, reason: str, now: datetime) -> Device:
    """Revoke a device, by a supervisor or by its own person, and sign its person out everywhere.

    A device that is lost stays so: one that turns up again is enrolled anew. Once more changes nothing.
    Raises NotFound, or Invalid at "reason".
    """
    device = db.get(Device, device_id)
    if device is None or not (may(actor, Permission.SEE_DEVICES) or device.user_id == actor.user_id):
        raise NotFound(N_("There is no such device, or it is not yours."))
    if device.lost_at is not None:
        return device
    reason = reason.strip()
    if not reason:
        raise Invalid(N_("Write what has happened, in a sentence."), {"field": "reason"})
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            N_("The text is %(length)s characters long. At most %(limit)s fit here."),
            {"field": "reason", "length": len(reason), "limit": LONGEST_REASON},
        )
    device.reason = reason
    device.lost_at, device.lost_by_id = now, actor.user_id
    db.execute(
        update(SignInSession)
        .where(SignInSession.user_id == device.user_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    record_event(db, EventKind.DEVICE_LOST, actor=actor, now=now, device=device.id)
    return device


def note_back(db: Session, *, device: Device, now: datetime) -> None:
    """The lost device came back, wherever it is; the first time is kept."""
    if device.told_at is None:
        device.told_at = now
        record_event(db, EventKind.DEVICE_BACK, actor=None, now=now, device=device.id)


def must_clear(device: Device, now: datetime) -> bool:
    """Is a lost device to forget everything now? Not in the first minutes after it came back: what nobody
    can read but we, it may send first, so that no word of a child is lost with it.
    """
    return device.told_at is not None and now - device.told_at >= TIME_TO_SEND

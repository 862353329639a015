"""Make a browser a device of the person who sits at it, know it again, and let go of it."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from ...models.devices import Device, KeyWay
from ...models.event_kinds import EventKind
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .limit_asks import note_enrolment
from .record_event import record_event

_BY_TOKEN = (
    select(Device).where(Device.token_hash == bindparam("token_hash")).options(joinedload(Device.user))
)
"""Built once: every request of every device asks it."""
MOST_DEVICES = 10
"""Of one person at a time: what is no longer used is to be let go of."""


def enrol_device(
    db: Session, *, actor: Actor, name: str, key_way: KeyWay, client: str, now: datetime
) -> tuple[Device, str]:
    """A new device of `actor`, and its token. The token is random and told once: we keep its SHA-256.

    Raises NotAllowed, Invalid at "name", NotPossibleNow when the person has too many, or TooOften.
    """
    if not may(actor, Permission.CARRY_DEVICE):
        raise NotAllowed(N_("Only those who take part in inspections carry cases on a device."))
    if not name.strip():
        raise Invalid(N_("Give the device a name, so that you know it again."), {"field": "name"})
    note_enrolment(db, actor=actor, now=now)
    open_ones = select(func.count(Device.id)).where(
        Device.user_id == actor.user_id, Device.lost_at.is_(None), Device.left_at.is_(None)
    )
    if (db.scalar(open_ones) or 0) >= MOST_DEVICES:
        raise NotPossibleNow(
            N_("You have %(most)s devices already. Let go of one that you no longer use, and try again."),
            {"most": MOST_DEVICES},
        )
    token = secrets.token_urlsafe(32)
    device = Device(
        user_id=actor.user_id,
        name=name.strip(),
        token_hash=hash_token(token),
        key_way=key_way,
        client=client,
        enrolled_at=now,
        last_seen_at=now,
    )
    db.add(device)
    db.flush()
    record_event(db, EventKind.DEVICE_ENROLLED, actor=actor, now=now, device=device.id)
    return device, token


def find_device(db: Session, token: str) -> Device | None:
    """The device with this token, lost and left ones too, with its person."""
    return db.scalar(_BY_TOKEN, {"token_hash": hash_token(token)})


def person_of(device: Device) -> Actor:
    """The person of a device, as the one who acts. `device.user` must be loaded."""
    user = device.user
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
    )


def leave_device(db: Session, *, actor: Actor, device_id: UUID, now: datetime) -> Device:
    """The person is done with a device of their own: it may fetch and send no more.

    Raises NotFound for another's, NotPossibleNow while it has notes that it has not sent.
    """
    device = db.get(Device, device_id)
    if device is None or device.user_id != actor.user_id:
        raise NotFound(N_("There is no such device, or it is not yours."))
    if device.lost_at is not None:
        raise NotPossibleNow(N_("The device is reported lost."))
    if device.left_at is None:
        if device.unsent:
            raise NotPossibleNow(
                N_("The device has notes that it has not sent. Open it and send them first.")
            )
        device.left_at = now
        record_event(db, EventKind.DEVICE_LEFT, actor=actor, now=now, device=device.id)
    return device


def hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

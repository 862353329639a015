"""Receive a batch in which nothing is amiss from a device about which nothing is amiss: a few questions.

Whatever is not so simple is for services/receive_ops.py, and leaves no trace here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from ...models.devices import Device
from ...models.people import SignInSession, User, UserRole
from ...models.vocabulary import Role
from ..rules.access import Actor
from .enrol_device import hash_token
from .keep_arrivals import Arrived, SealedBatch, hold_device, keep_arrival
from .limit_asks import counted
from .note_contact import contact
from .receive_ops import said_by_clock

_DEVICE, _USER, _SESSION = Device.__table__.c, User.__table__.c, SignInSession.__table__.c
_ROLE = UserRole.__table__.c
_ROLES = (
    select(func.aggregate_strings(_ROLE.role, ","))
    .where(_ROLE.user_id == _USER.id)
    .correlate(User.__table__)
    .scalar_subquery()
)
# Built once, and without the classes of the rows: every batch of every device asks these.
_SENDER = (
    select(
        _DEVICE.id, _USER.id.label("user_id"), _USER.name, _USER.provider_id, _USER.home_id,
        _ROLES.label("roles"), _SESSION.created_at, _SESSION.last_seen_at,
    )
    .select_from(
        Device.__table__.join(User.__table__, _USER.id == _DEVICE.user_id).join(
            SignInSession.__table__, _SESSION.user_id == _USER.id
        )
    )
    .where(
        _DEVICE.token_hash == bindparam("device"),
        _SESSION.token_hash == bindparam("session"),
        _DEVICE.lost_at.is_(None),
        _DEVICE.left_at.is_(None),
        _USER.disabled_at.is_(None),
        _SESSION.revoked_at.is_(None),
    )
)  # fmt: skip
_TELL = update(Device.__table__).where(_DEVICE.id == bindparam("device"))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sender:
    """A device in use and its person, who is signed in since `since` and was last seen then."""

    device_id: UUID
    actor: Actor
    since: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a device says with a batch: services/receive_ops.py."""

    client: str
    announced_seq: int
    unsent: int
    device_time: datetime


def find_sender(db: Session, *, token: str, session_hash: bytes) -> Sender | None:
    """The device with this token and the living session of its person; None when anything is otherwise."""
    row = db.execute(_SENDER, {"device": hash_token(token), "session": session_hash}).one_or_none()
    if row is None:
        return None
    roles = frozenset(Role(one) for one in (row.roles or "").split(",") if one)
    actor = Actor(row.user_id, row.name, roles, row.provider_id, row.home_id)
    return Sender(row.id, actor, row.created_at, row.last_seen_at)


def receive_whole(
    db: Session, *, sender: Sender, batch: SealedBatch, said: Said, now: datetime
) -> Arrived | None:
    """Keep the batch in one piece (services/keep_arrivals.py); None, and nothing written, when it asks for a
    closer look. The transaction must be one that writes. Raises TooOften.
    """
    device = hold_device(db, sender.device_id)
    if device.left_at is not None:
        return None
    asks, since = counted(device.asks, device.asks_since, now)
    arrived = keep_arrival(
        db,
        device=device,
        actor=sender.actor,
        batch=batch,
        sent_at=said_by_clock(said.device_time),
        announced_seq=said.announced_seq,
        now=now,
    )
    if arrived is None:
        return None
    told = contact(client=said.client, unsent=said.unsent, device_time=said.device_time, now=now)
    told |= {"acked_seq": arrived.acked_seq, "announced_seq": arrived.announced_seq}
    db.execute(_TELL.values(**told, asks=asks, asks_since=since), {"device": device.id})
    return arrived

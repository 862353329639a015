"""The devices in the field, as supervisors and their own people see them: where cases are, no contents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, or_, select, true
from sqlalchemy.orm import Session, joinedload

from ...models.among import among
from ...models.devices import Device, DeviceAlarm, DeviceHolding
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import NotFound
from ..rules.access import Actor, Permission, may
from .find_inspection import is_no_secret, seen_in_list
from .long_lists import Column, Order, Paged, count_of, cut, number_of, sorted_by

SILENT = timedelta(days=7)
"""A device with notes that it has not sent, and that has not been heard from for so long, is asked about."""


@dataclass(frozen=True, slots=True)
class Held:
    """A case on a device."""

    holding: DeviceHolding
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """A device with whose it is, what it holds, and what looks wrong with it.

    `untold`: how many more cases it holds that the reader may not know of: unannounced visits that have not
    begun, of other teams (OSL 17 kap. 1 §). Only the report of a loss says even that.
    """

    device: Device
    person: str
    holds: tuple[Held, ...]
    untold: int
    alarms: tuple[DeviceAlarm, ...]
    is_silent: bool
    lost_by: str = ""


SORTED: dict[str, tuple[Column, ...]] = {
    "name": (Device.name,),
    "seen": (Device.last_seen_at,),
    "unsent": (Device.unsent,),
}
LAST_SEEN_FIRST = Order("seen", descending=True)
MOST_SHOWN = 50
"""Of devices that are lost or no longer used: the latest; the log has all."""


class Show(StrEnum):
    """Which of the devices in use."""

    ALL = ""
    UNSENT = "unsent"
    """With notes that have not come here."""
    SILENT = "silent"
    """Of those the ones that have not been heard from for long."""


def devices_in_use(
    db: Session,
    actor: Actor,
    *,
    show: Show = Show.ALL,
    order: Order = LAST_SEEN_FIRST,
    page: int = 1,
    now: datetime,
) -> Paged[SeenDevice]:
    """One page of the devices that may send and fetch."""
    chosen = select(Device.id).where(Device.lost_at.is_(None), Device.left_at.is_(None))
    if show is not Show.ALL:
        chosen = chosen.where(Device.unsent > 0)
    if show is Show.SILENT:
        chosen = chosen.where(Device.last_seen_at < now - SILENT)
    total = count_of(db, chosen)
    number = number_of(page, total)
    ids = db.scalars(cut(chosen.order_by(*sorted_by(order, SORTED, Device.id)), number)).all()
    found = {one.id: one for one in db.scalars(_devices().where(among(Device.id, ids)))}
    return Paged(tuple(_seen(db, actor, [found[key] for key in ids], now)), total, number)


def lost_devices(db: Session, actor: Actor, *, now: datetime) -> list[SeenDevice]:
    """Those reported lost, the latest first."""
    chosen = _devices().where(Device.lost_at.is_not(None)).order_by(Device.lost_at.desc()).limit(MOST_SHOWN)
    return _seen(db, actor, db.scalars(chosen).all(), now)


def left_devices(db: Session) -> Sequence[Device]:
    """Those that their people are done with, the latest first."""
    chosen = _devices().where(Device.left_at.is_not(None), Device.lost_at.is_(None))
    return db.scalars(chosen.order_by(Device.left_at.desc()).limit(MOST_SHOWN)).all()


def devices_of(db: Session, actor: Actor, *, now: datetime) -> list[SeenDevice]:
    """The person's own devices, but those they are done with, the last seen first."""
    own = _devices().where(Device.user_id == actor.user_id, Device.left_at.is_(None))
    return _seen(db, actor, db.scalars(own.order_by(Device.last_seen_at.desc())).all(), now)


def see_device(db: Session, *, actor: Actor, device_id: UUID, now: datetime) -> SeenDevice:
    """One device, for a supervisor or its own person. Raises NotFound."""
    open_to_them = true() if may(actor, Permission.SEE_DEVICES) else Device.user_id == actor.user_id
    device = db.scalar(_devices().where(Device.id == device_id, open_to_them))
    if device is None:
        raise NotFound(N_("There is no such device, or it is not yours."))
    return _seen(db, actor, [device], now)[0]


def silent_devices(db: Session, *, now: datetime) -> Sequence[Device]:
    """Devices in use that have notes which have not come here, and have not been heard from for long."""
    return db.scalars(
        _devices()
        .where(
            Device.lost_at.is_(None),
            Device.left_at.is_(None),
            Device.unsent > 0,
            Device.last_seen_at < now - SILENT,
        )
        .order_by(Device.last_seen_at)
    ).all()


def _devices() -> Select[Device]:
    return select(Device).options(joinedload(Device.user))


def _seen(db: Session, actor: Actor, devices: Sequence[Device], now: datetime) -> list[SeenDevice]:
    ids = [device.id for device in devices]
    held: dict[UUID, list[Held]] = {}
    untold: Counter[UUID] = Counter()
    rows = db.execute(
        select(DeviceHolding, Inspection, or_(is_no_secret(), seen_in_list(actor)))
        .join(Inspection, Inspection.id == DeviceHolding.inspection_id)
        .where(among(DeviceHolding.device_id, ids), DeviceHolding.dropped_at.is_(None))
        .options(joinedload(Inspection.home))
        .order_by(DeviceHolding.taken_at)
    )
    for holding, inspection, is_told in rows:
        if is_told:
            held.setdefault(holding.device_id, []).append(Held(holding, inspection))
        else:
            untold[holding.device_id] += 1
    alarms: dict[UUID, list[DeviceAlarm]] = {}
    for alarm in db.scalars(
        select(DeviceAlarm)
        .where(among(DeviceAlarm.device_id, ids), DeviceAlarm.seen_at.is_(None))
        .order_by(DeviceAlarm.raised_at)
    ):
        alarms.setdefault(alarm.device_id, []).append(alarm)
    losers = {device.lost_by_id for device in devices if device.lost_by_id}
    names = dict(db.execute(select(User.id, User.name).where(among(User.id, losers))).all())
    return [
        SeenDevice(
            device=device,
            person=device.user.name,
            holds=tuple(held.get(device.id, ())),
            untold=untold[device.id],
            alarms=tuple(alarms.get(device.id, ())),
            is_silent=device.is_open and bool(device.unsent) and now - device.last_seen_at > SILENT,
            lost_by=names.get(device.lost_by_id, "") if device.lost_by_id else "",
        )
        for device in devices
    ]

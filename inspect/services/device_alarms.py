"""What looks wrong with a device: raised by the server, shown to supervisors until one has seen to it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ...models.devices import AlarmKind, Device, DeviceAlarm
from ...models.event_kinds import EventKind
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound
from ..rules.access import Actor, Permission, may
from .record_event import record_event


def raise_alarm(
    db: Session, *, device: Device, kind: AlarmKind, notes: int, actor: Actor | None, now: datetime
) -> DeviceAlarm:
    """Say that something is wrong with a device: a new alarm, or more of one that nobody has seen to."""
    alarm = db.scalar(
        select(DeviceAlarm).where(
            DeviceAlarm.device_id == device.id, DeviceAlarm.kind == kind, DeviceAlarm.seen_at.is_(None)
        )
    )
    if alarm is None:
        alarm = DeviceAlarm(device_id=device.id, kind=kind, raised_at=now, last_at=now, notes=0)
        db.add(alarm)
        record_event(
            db,
            EventKind.DEVICE_ALARM_RAISED,
            actor=actor,
            now=now,
            device=device.id,
            alarm=kind.value,
            number=notes,
        )
    alarm.last_at = now
    alarm.notes += notes
    db.flush()
    return alarm


def open_alarms(db: Session) -> Sequence[DeviceAlarm]:
    """Those that nobody has seen to, the oldest first, each with its device and whose it is."""
    return db.scalars(
        select(DeviceAlarm)
        .where(DeviceAlarm.seen_at.is_(None))
        .options(joinedload(DeviceAlarm.device).joinedload(Device.user))
        .order_by(DeviceAlarm.raised_at)
    ).all()


def alarms_of(db: Session, device_id: UUID) -> Sequence[DeviceAlarm]:
    """Every alarm about one device, the latest first."""
    return db.scalars(
        select(DeviceAlarm).where(DeviceAlarm.device_id == device_id).order_by(DeviceAlarm.raised_at.desc())
    ).all()


def see_to_alarm(db: Session, *, actor: Actor, alarm_id: UUID, now: datetime) -> DeviceAlarm:
    """A supervisor has seen to an alarm. Raises NotAllowed or NotFound; once more changes nothing."""
    if not may(actor, Permission.SEE_DEVICES):
        raise NotAllowed(N_("Only supervisors see to devices."))
    alarm = db.scalar(
        select(DeviceAlarm).where(DeviceAlarm.id == alarm_id).options(joinedload(DeviceAlarm.device))
    )
    if alarm is None:
        raise NotFound(N_("There is no such alarm."))
    if alarm.seen_at is None:
        alarm.seen_at, alarm.seen_by_id = now, actor.user_id
        record_event(
            db,
            EventKind.DEVICE_ALARM_SEEN,
            actor=actor,
            now=now,
            device=alarm.device_id,
            alarm=alarm.kind.value,
        )
    return alarm

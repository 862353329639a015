"""What devices hold of cases: taken along, told about, and to be dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from ...models.devices import Device, DeviceHolding
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_, State
from ..errors import NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import RECORDING
from .case_outline import outlines
from .find_inspection import in_list_for
from .record_event import record_event

_HOLDING = DeviceHolding.__table__.c
CARRIED = RECORDING | {State.PLANNED, State.PREPARED}
"""States in which a case can be taken along: from the plan until it is handed over to review."""
_READABLE = select(_HOLDING.inspection_id, _HOLDING.taken_at).where(
    _HOLDING.device_id == bindparam("device"), _HOLDING.dropped_at.is_(None), _HOLDING.readable
).order_by(_HOLDING.taken_at)  # fmt: skip
"""Built once: every batch of every device asks it."""
FETCH_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Holds:
    """What a device tells that it holds of one case."""

    inspection_id: UUID
    readable: bool
    unsent: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Drop:
    """A case that a device is to make unreadable, and why: `retention`, `closed` or `access`."""

    inspection_id: UUID
    reason: str


def cases_to_carry(db: Session, actor: Actor) -> Sequence[Inspection]:
    """The inspections that `actor` may record in and that can be taken along now."""
    return [
        inspection
        for inspection in db.scalars(
            in_list_for(actor)
            .where(Inspection.state.in_(CARRIED))
            .options(selectinload(Inspection.residents))
        )
        if may(actor, Permission.RECORD_IN_INSPECTION, inspection)
    ]


def take_along(db: Session, *, actor: Actor, device: Device, inspection: Inspection, now: datetime) -> None:
    """Note that the device took the case along. Raises NotPossibleNow when the visit is over."""
    if inspection.state not in CARRIED:
        raise NotPossibleNow(N_("The case is past the visit, and is not taken along any more."))
    holding = _holding(db, device.id, inspection.id)
    if holding is None:
        holding = DeviceHolding(device_id=device.id, inspection_id=inspection.id)
        db.add(holding)
    holding.taken_at = holding.fetched_at = now
    holding.readable, holding.dropped_at = True, None
    record_event(
        db,
        EventKind.CASE_TAKEN_ALONG,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        device=device.id,
    )


def note_fetched(db: Session, *, device: Device, inspection_id: UUID, now: datetime) -> None:
    """Note that the device fetched what is new in a case that it holds."""
    holding = _holding(db, device.id, inspection_id)
    if holding is not None and now - holding.fetched_at >= FETCH_NOTED_EVERY:
        holding.fetched_at = now


def note_holds(
    db: Session, *, actor: Actor, device: Device, holds: Sequence[Holds], seq: int, now: datetime
) -> None:
    """Keep what the device tells that it holds. A case that it names no more is no longer there."""
    told = {one.inspection_id: one for one in holds}
    device.announced_seq = max(device.announced_seq, seq)
    device.unsent = sum(one.unsent for one in holds)
    device.sealed_left = sum(one.sealed for one in holds)
    for holding in holdings_of(db, device.id):
        one = told.get(holding.inspection_id)
        was_readable = holding.readable
        holding.told_at = now
        holding.readable = one is not None and one.readable
        holding.unsent = one.unsent if one else 0
        holding.sealed_left = one.sealed if one else 0
        if was_readable and not holding.readable:
            record_event(
                db,
                EventKind.CASE_DROPPED,
                actor=actor,
                now=now,
                inspection_id=holding.inspection_id,
                device=device.id,
            )
        if one is None and holding.dropped_at is None:
            holding.dropped_at = now


def holdings_of(db: Session, device_id: UUID) -> Sequence[DeviceHolding]:
    """What the device holds, as far as is known."""
    return db.scalars(
        select(DeviceHolding)
        .where(DeviceHolding.device_id == device_id, DeviceHolding.dropped_at.is_(None))
        .order_by(DeviceHolding.taken_at)
    ).all()


def cases_to_drop(db: Session, *, device_id: UUID, actor: Actor, days: int, now: datetime) -> list[Drop]:
    """What the device of `actor` holds readable and is to make unreadable; told until it has done so."""
    held = db.execute(_READABLE, {"device": device_id}).all()
    cases = outlines(db, [inspection_id for inspection_id, _ in held])
    drops = []
    for inspection_id, taken_at in held:
        case = cases[inspection_id]
        if not may(actor, Permission.RECORD_IN_INSPECTION, case):
            drops.append(Drop(inspection_id, "access"))
        elif case.state not in CARRIED:
            drops.append(Drop(inspection_id, "closed"))
        elif now >= readable_until(taken_at, days):
            drops.append(Drop(inspection_id, "retention"))
    return drops


def readable_until(taken_at: datetime, days: int) -> datetime:
    """Until when a case that was taken along then may be read on the device."""
    return taken_at + timedelta(days=days)


def _holding(db: Session, device_id: UUID, inspection_id: UUID) -> DeviceHolding | None:
    return db.scalar(
        select(DeviceHolding).where(
            DeviceHolding.device_id == device_id, DeviceHolding.inspection_id == inspection_id
        )
    )

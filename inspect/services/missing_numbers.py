"""Notice that a device has lost notes: numbers that it has given, that never came, and that it has no longer.

The device is asked first: the answer tells it how far everything has come. Only when it has had time to hear
that, and the same numbers are still missing, are they lost. Then what comes after them is kept waiting no
longer, a supervisor is told, and the numbers stand in a list of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.devices import AlarmKind, Device
from ...models.field import MissingNumbers
from ..rules.access import Actor
from ..rules.field_judging import Judged, Sent, Verdict
from .device_alarms import raise_alarm

TIME_TO_HEAR = timedelta(minutes=2)
"""Answers get lost: so long a device is asked for what is missing before it is taken for lost."""
TIME_TO_OPEN = timedelta(days=1)
"""The same for one that sends what only the server can read, and so does not say how much it has."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a device says with a batch: the highest number it has given, and how many of its notes it has no
    answer about. None: it does not say."""

    announced: int | None
    unsent: int | None


def pass_over_lost(
    db: Session, *, device: Device, actor: Actor, batch: Sequence[Sent], told: Told, now: datetime
) -> None:
    """When a batch begins after a gap that the device was asked about and cannot fill, let it begin there."""
    first = next((sent.seq for sent in batch if sent.seq is not None and sent.seq > device.acked_seq), None)
    if first is None or first == device.acked_seq + 1:
        return
    top = max(device.announced_seq, told.announced or 0, first)
    if told.unsent is not None and told.unsent > top - first + 1:
        return  # it has some of them
    asked = _asked(db, device)
    patience = TIME_TO_OPEN if told.unsent is None else TIME_TO_HEAR
    if asked is not None and now - asked.asked_at >= patience:
        asked.last_seq = first - 1
        _lose(db, asked, device, actor, now)
        device.acked_seq = first - 1


def note_missing(
    db: Session, *, device: Device, actor: Actor, judged: Sequence[Judged], told: Told, now: datetime
) -> None:
    """After a batch: remember the highest number announced, and what the device is now asked for."""
    seqs = [one.sent.seq for one in judged if one.sent.seq is not None]
    before = device.announced_seq
    top = max(before, told.announced or 0, *seqs, 0)
    gap = next((one.sent.seq for one in judged if one.verdict is Verdict.GAP), None)
    took = any(one.verdict is Verdict.NEW or one.takes_number for one in judged)
    device.announced_seq = top
    if gap is not None:
        _ask(db, device, device.acked_seq + 1, gap - 1, now)
    elif told.announced is None or told.unsent is None:
        return
    elif took and told.announced < before and told.announced >= device.acked_seq:
        # An older copy of the store is back in use, and counts on from there.
        rolled_back = _ask(db, device, told.announced + 1, before, now)
        _lose(db, rolled_back, device, actor, now)
        device.announced_seq = max(told.announced, device.acked_seq)
    elif not took and told.unsent <= len(judged) and top > device.acked_seq:
        _nothing_left(db, device, actor, told.announced, top, now)


def _nothing_left(db: Session, device: Device, actor: Actor, announced: int, top: int, now: datetime) -> None:
    """The device has nothing more to send, and yet it has given numbers that are not here."""
    asked = _asked(db, device)
    if asked is None or asked.last_seq != top:
        _ask(db, device, device.acked_seq + 1, top, now)
        return
    if now - asked.asked_at < TIME_TO_HEAR:
        return
    _lose(db, asked, device, actor, now)
    if announced >= top:
        device.acked_seq = top
    else:
        device.announced_seq = max(announced, device.acked_seq)


def _asked(db: Session, device: Device) -> MissingNumbers | None:
    """The numbers right after what has come that the device was asked for, if it was."""
    return db.scalar(
        select(MissingNumbers).where(
            MissingNumbers.device_id == device.id,
            MissingNumbers.lost_at.is_(None),
            MissingNumbers.first_seq == device.acked_seq + 1,
        )
    )


def _ask(db: Session, device: Device, first: int, last: int, now: datetime) -> MissingNumbers:
    """There is one row of numbers that a device is asked for: the one that keeps the rest waiting."""
    asked = db.scalar(
        select(MissingNumbers).where(MissingNumbers.device_id == device.id, MissingNumbers.lost_at.is_(None))
    )
    if asked is None or asked.first_seq != first:
        if asked is not None:
            db.delete(asked)  # what was asked for then has come since
        asked = MissingNumbers(device_id=device.id, asked_at=now, first_seq=first, last_seq=last)
        db.add(asked)
    asked.last_seq = last
    db.flush()
    return asked


def _lose(db: Session, asked: MissingNumbers, device: Device, actor: Actor, now: datetime) -> None:
    asked.lost_at = now
    number = asked.last_seq - asked.first_seq + 1
    raise_alarm(db, device=device, kind=AlarmKind.LOST_NOTES, notes=number, actor=actor, now=now)

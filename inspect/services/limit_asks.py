"""How often a device may ask: far more often than a person can write, and less than a fault or a foe would.

Counted in the database, so that all processes of a server count the same.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.devices import Device
from ...models.vocabulary import N_
from ..errors import TooOften
from ..rules.access import Actor

MOST_BATCHES = 3_000
SPAN = timedelta(minutes=1)
"""Of one device: fifty batches a second, for as long as a minute."""
MOST_ENROLLED = 20
ENROLLING = timedelta(hours=1)
"""Devices that one person can make, those that are no longer used too."""


def note_ask(*, device: Device, now: datetime) -> None:
    """Count a batch. Raises TooOften."""
    device.asks, device.asks_since = counted(device.asks, device.asks_since, now)


def counted(asks: int, since: datetime | None, now: datetime) -> tuple[int, datetime]:
    """`asks` since then, and one more now: how many, and since when. Raises TooOften."""
    if since is None or not timedelta(0) <= now - since < SPAN:
        asks, since = 0, now
    if asks >= MOST_BATCHES:
        raise TooOften(WAIT, {"seconds": _until(since + SPAN, now)})
    return asks + 1, since


def note_enrolment(db: Session, *, actor: Actor, now: datetime) -> None:
    """Ask whether one more device can be made now. Raises TooOften."""
    made = select(func.count(Device.id), func.min(Device.enrolled_at)).where(
        Device.user_id == actor.user_id, Device.enrolled_at > now - ENROLLING
    )
    number, first = db.execute(made).one()
    if number >= MOST_ENROLLED:
        raise TooOften(WAIT, {"seconds": _until(first + ENROLLING, now)})


WAIT = N_("That was more often than anybody needs. Wait %(seconds)s seconds, and try again.")


def _until(then: datetime, now: datetime) -> int:
    return max(1, round((then - now).total_seconds()))

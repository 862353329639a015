"""What a device tells of itself each time it sends."""

from datetime import datetime, timedelta
from typing import Any

from ...models.devices import Device

FURTHEST = timedelta(days=3650)
"""A clock that differs more than this was never set; it is kept as this much."""


def note_contact(device: Device, *, client: str, unsent: int, device_time: datetime, now: datetime) -> None:
    """Keep the version of the field app, how much is left there, and how far its clock is from ours."""
    for name, value in contact(client=client, unsent=unsent, device_time=device_time, now=now).items():
        setattr(device, name, value)


def contact(*, client: str, unsent: int, device_time: datetime, now: datetime) -> dict[str, Any]:
    """The columns of the device that say so."""
    ahead = max(-FURTHEST, min(FURTHEST, device_time - now))
    return {
        "client": client,
        "unsent": unsent,
        "clock_ahead_ms": round(ahead / timedelta(milliseconds=1)),
        "last_seen_at": now,
    }

"""The one place that asks what time it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
"""Times are stored in UTC and shown in Swedish time."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)

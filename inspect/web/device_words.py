"""How a device stands, in words: its state, its clock, and what an alarm means."""

from flask_babel import gettext as _
from flask_babel import ngettext

from ...models.devices import AlarmKind, Device, DeviceAlarm
from ..services.see_devices import SeenDevice

EXACT_ENOUGH_MS = 60_000
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000


def state_of(seen: SeenDevice) -> tuple[str, str]:
    """The words and the look of the pill."""
    device = seen.device
    if device.lost_at is not None:
        return _("Lost"), "locked"
    if device.left_at is not None:
        return _("No longer used"), "neutral"
    if seen.alarms:
        return _("Look at this"), "acute"
    if seen.is_silent:
        return _("Not heard from"), "returned"
    if device.unsent:
        return ngettext("%(num)s note not sent", "%(num)s notes not sent", device.unsent), "waiting"
    return _("Everything is sent"), "done"


def clock_words(device: Device) -> str:
    """How the device's clock goes, as people say it."""
    ahead = device.clock_ahead_ms
    if ahead is None:
        return _("Not known yet")
    if abs(ahead) < EXACT_ENOUGH_MS:
        return _("It goes right")
    span = _span(abs(ahead))
    return _("%(time)s fast", time=span) if ahead > 0 else _("%(time)s slow", time=span)


def alarm_words(alarm: DeviceAlarm) -> tuple[str, str]:
    """What the alarm says, and what to do about it."""
    if alarm.kind is AlarmKind.CLONED:
        return (
            _("Two devices send as one: the same number came with two different notes."),
            _(
                "The store of the device may have been copied, or put back from a backup. Talk with its"
                " person. If nobody can explain it, report the device as lost. Both notes are kept."
            ),
        )
    return (
        ngettext(
            "The device has lost %(num)s note that it had not sent.",
            "The device has lost %(num)s notes that it had not sent.",
            alarm.notes,
        ),
        _(
            "Its store was cleared, by its person or by the browser. Talk with its person soon, while they"
            " remember what was said, and have it written again."
        ),
    )


def _span(milliseconds: int) -> str:
    if milliseconds < 2 * HOUR_MS:
        return ngettext("%(num)s minute", "%(num)s minutes", milliseconds // MINUTE_MS)
    if milliseconds < 2 * DAY_MS:
        return ngettext("%(num)s hour", "%(num)s hours", milliseconds // HOUR_MS)
    return ngettext("%(num)s day", "%(num)s days", milliseconds // DAY_MS)

"""The devices on the first page of supervisors: what looks wrong, and what has not been heard from."""

from flask import url_for
from flask_babel import gettext as _

from ..services.device_alarms import open_alarms
from ..services.see_devices import silent_devices
from .database import db, now
from .device_words import alarm_words
from .language import ago, label
from .start_rows import Group, Row


def device_group() -> Group:
    """One row for each alarm that nobody has seen to, then the devices that keep notes and are silent."""
    alarms = open_alarms(db())
    told = {alarm.device_id for alarm in alarms}
    rows = [
        Row(
            _("%(device)s, %(person)s", device=alarm.device.name, person=alarm.device.user.name),
            url_for("devices.device", device_id=alarm.device_id),
            alarm_words(alarm)[0],
            note=_("Noticed %(when)s.", when=ago(alarm.raised_at)),
            pill=label(alarm.kind),
            kind="acute",
        )
        for alarm in alarms
    ]
    rows += [
        Row(
            _("%(device)s, %(person)s", device=device.name, person=device.user.name),
            url_for("devices.device", device_id=device.id),
            _(
                "Has notes that have not come here, and was last seen %(when)s.",
                when=ago(device.last_seen_at),
            ),
            pill=_("Not heard from"),
            kind="returned",
        )
        for device in silent_devices(db(), now=now())
        if device.id not in told
    ]
    return Group(_("Devices in the field"), tuple(rows))

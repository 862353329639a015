"""The devices in the field: the supervisor's list, a person's own, one of them, and what a lost one held."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..errors import Invalid
from ..rules.access import Permission, may
from ..services.device_alarms import open_alarms, see_to_alarm
from ..services.enrol_device import leave_device
from ..services.lose_device import report_lost
from ..services.report_loss import report_loss
from ..services.see_devices import (
    LAST_SEEN_FIRST,
    SORTED,
    Show,
    devices_in_use,
    devices_of,
    left_devices,
    lost_devices,
    see_device,
)
from .access import access
from .database import db, now
from .device_words import alarm_words, clock_words, state_of
from .forms.devices import DevicesFilterForm, LostForm
from .forms.faults import put_at_field
from .paging import asked_order, asked_page, pages_of, sortable
from .session import current_actor, settings

devices = Blueprint("devices", __name__, url_prefix="/devices")

Page = str | Response | tuple[str, int]


@devices.get("", endpoint="all")
@access(Permission.SEE_DEVICES)
def all_of_them() -> str:
    order, form = asked_order(SORTED, str(LAST_SEEN_FIRST)), DevicesFilterForm(request.args)
    show = next((one for one in Show if one == form.show.data), Show.ALL)
    found = devices_in_use(db(), current_actor(), show=show, order=order, page=asked_page(), now=now())
    return render_template(
        "devices/devices.html",
        in_use=found.rows,
        form=form,
        filtered=show is not Show.ALL,
        columns=sortable(
            order,
            (_("Device"), "name"),
            _("How it stands"),
            (_("Last seen"), "seen"),
            (_("Not sent"), "unsent"),
            _("Cases on it"),
            _("Clock"),
        ),
        at=pages_of(found.number, found.pages),
        alarms=open_alarms(db()),
        lost=lost_devices(db(), current_actor(), now=now()),
        left=left_devices(db()),
        state_of=state_of,
        clock_words=clock_words,
        alarm_words=alarm_words,
    )


@devices.get("/mine")
@access(Permission.CARRY_DEVICE)
def mine() -> str:
    return render_template(
        "devices/mine.html",
        seen=devices_of(db(), current_actor(), now=now()),
        state_of=state_of,
        days=settings().field_days,
    )


@devices.get("/<uuid:device_id>")
@access(Permission.CARRY_DEVICE)
def device(device_id: UUID) -> str:
    return _page(device_id, LostForm())


@devices.post("/<uuid:device_id>/lost")
@access(Permission.CARRY_DEVICE)
def lost(device_id: UUID) -> Page:
    form = LostForm()
    if not form.validate_on_submit():
        return _page(device_id, form), 422
    try:
        gone = report_lost(
            db(), actor=current_actor(), device_id=device_id, reason=form.reason.data or "", now=now()
        )
    except Invalid as fault:
        put_at_field(form, fault, "reason")
        return _page(device_id, form), 422
    if gone.user_id == current_actor().user_id:
        return redirect(url_for("account.sign_in", next=url_for("devices.loss", device_id=device_id)), 303)
    flash(_("%(device)s is shut out, and its person is signed out everywhere.", device=gone.name), "success")
    return redirect(url_for("devices.loss", device_id=device_id), 303)


@devices.post("/<uuid:device_id>/leave")
@access(Permission.CARRY_DEVICE)
def leave(device_id: UUID) -> Response:
    gone = leave_device(db(), actor=current_actor(), device_id=device_id, now=now())
    flash(_("%(device)s is no longer one of your devices.", device=gone.name), "success")
    return redirect(url_for("devices.mine"), 303)


@devices.get("/<uuid:device_id>/loss")
@access(Permission.CARRY_DEVICE)
def loss(device_id: UUID) -> str:
    return render_template(
        "devices/loss.html",
        loss=report_loss(db(), actor=current_actor(), device_id=device_id, now=now()),
        days=settings().field_days,
        authority=settings().authority,
        written_at=now(),
    )


@devices.post("/alarms/<uuid:alarm_id>/seen")
@access(Permission.SEE_DEVICES)
def seen(alarm_id: UUID) -> Response:
    alarm = see_to_alarm(db(), actor=current_actor(), alarm_id=alarm_id, now=now())
    flash(_("The alarm is seen to. It stays in the log."), "success")
    return redirect(url_for("devices.device", device_id=alarm.device_id), 303)


def _page(device_id: UUID, form: LostForm) -> str:
    seen = see_device(db(), actor=current_actor(), device_id=device_id, now=now())
    return render_template(
        "devices/device.html",
        seen=seen,
        form=form,
        is_mine=seen.device.user_id == current_actor().user_id,
        supervises=may(current_actor(), Permission.SEE_DEVICES),
        state_of=state_of,
        clock_words=clock_words,
        alarm_words=alarm_words,
        days=settings().field_days,
    )

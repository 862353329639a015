"""Who asks: the device by its token, its person by the session, and what each may do from there."""

from datetime import timedelta
from uuid import UUID

from flask import g, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from ....models.devices import Device
from ....models.inspections import Inspection
from ....models.vocabulary import N_
from ...errors import NotFound
from ...rules.access import Permission
from ...services.enrol_device import find_device
from ...services.find_inspection import find_inspection, is_near
from ...services.lose_device import must_clear, note_back
from ..access import require
from ..database import db, now, writing
from ..session import current_actor
from .answers import OtherPerson, Unknown

SCHEME = "device"
SEEN_EVERY = timedelta(minutes=1)
NO_DEVICE = N_("There is no such device, or it is not yours.")
NO_CASE = N_("There is no such case, or it is not open to you.")


def device_token() -> str:
    """What the request gives as the token of a device; "" without the header."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == SCHEME else ""


def device_by_token(session: Session) -> Device | None:
    """The device that the request names, lost and left ones too; None without the header.

    Raises Unknown for a token that nobody has.
    """
    token = device_token()
    if not token:
        return None
    device = find_device(session, token)
    if device is None:
        raise Unknown("device_unknown")
    return device


def signed_out() -> None:
    """Answer a request without a session: raises Unknown. A lost device is known even then."""
    device = device_by_token(db())
    if device is not None and device.lost_at is not None:
        refuse_lost(device)
    raise Unknown("signed_out")


def refuse_lost(device: Device) -> None:
    """Give a lost device nothing: raises Unknown. When it first comes back it has some minutes to send."""
    with writing() as own:
        found = own.get(Device, device.id)
        if found is not None:
            note_back(own, device=found, now=now())
        clear = found is None or must_clear(found, now())
    raise Unknown("device_lost" if clear else "signed_out")


def sending_device(session: Session, named: str) -> Device:
    """The device that sends, lost ones too, which must be the one that the body names.

    Raises Unknown or NotFound.
    """
    device = device_by_token(session)
    if device is None:
        raise Unknown("device_unknown")
    if device.left_at is not None and device.lost_at is None:
        raise Unknown("device_left")
    if str(device.id) != named:
        raise NotFound(NO_DEVICE)
    return device


def device_of_person(session: Session) -> Device:
    """The open device that asks, which must be that of the person signed in.

    Raises Unknown (no such device, left, lost) or OtherPerson.
    """
    device = device_by_token(session)
    if device is None:
        raise Unknown("device_unknown")
    if device.lost_at is not None:
        refuse_lost(device)
    if device.left_at is not None:
        raise Unknown("device_left")
    require_own(device)
    return device


def require_own(device: Device) -> None:
    """Raises Unknown without a session, OtherPerson when somebody else is signed in."""
    if g.actor is None:
        raise Unknown("signed_out")
    if device.user_id != g.actor.user_id:
        raise OtherPerson


def seen(device: Device) -> None:
    """Note that the device was here, at most once a minute; `device` is of a session that writes."""
    if now() - device.last_seen_at >= SEEN_EVERY:
        device.last_seen_at = now()


def inspection_by_id(session: Session, inspection_id: UUID) -> Inspection:
    """The inspection, whole, when the person may record in it. Raises NotFound or NotAllowed.

    One in which nothing is open to the person takes the same questions as one that is not there.
    """
    dnr = session.scalar(select(Inspection.dnr).where(Inspection.id == inspection_id)) or ""
    if not is_near(session, actor=current_actor(), dnr=dnr):
        raise NotFound(NO_CASE)
    inspection = find_inspection(session, dnr)
    require(Permission.RECORD_IN_INSPECTION, inspection)
    return inspection


def uuid_of(text: str) -> UUID:
    """The id in an address, as devices write it. Raises NotFound for anything else."""
    try:
        found = UUID(text)
    except ValueError:
        raise NotFound(NO_CASE) from None
    if str(found) != text:
        raise NotFound(NO_CASE)
    return found

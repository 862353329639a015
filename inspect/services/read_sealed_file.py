"""A sealed export: the file in which a device hands over what it could not send.

JSON: `{"format": "tillsyn-sealed/1", "device_id", "made_at", "items": [{"seq", "sealed"}]}`. Who carries it
cannot read it. To take in the same file again changes nothing.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ...models.devices import Device
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound
from ..outside.field_key import FieldKey
from ..rules.field_documents import ID
from ..rules.field_ops import is_seq
from .enrol_device import person_of
from .receive_ops import MOST_OPS, OpResult
from .receive_sealed import SealedNote, receive_sealed

FORMAT = "tillsyn-sealed/1"
_ID = re.compile(ID)
_SEALED = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What the file holds, in the order of the numbers."""

    device_id: UUID
    notes: tuple[SealedNote, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of each note of a file; up to `acked_seq` everything the device wrote is here."""

    device: Device
    results: tuple[OpResult, ...]
    acked_seq: int

    def count(self, *statuses: str) -> int:
        return sum(result.status.partition(":")[0] in statuses for result in self.results)


def read_sealed_file(content: bytes) -> SealedFile:
    """Raises Invalid, saying what is wrong, when `content` is no sealed export."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid(N_("The file is no sealed export: it is not JSON.")) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Invalid(N_("The file is no sealed export of the form %(format)s."), {"format": FORMAT})
    device_id, items = said.get("device_id"), said.get("items")
    if not isinstance(device_id, str) or not _ID.fullmatch(device_id):
        raise Invalid(N_("The file does not say which device it comes from."))
    if not isinstance(items, list):
        raise Invalid(N_("The file holds no notes."))
    notes = [_note(item, number) for number, item in enumerate(items, start=1)]
    return SealedFile(UUID(device_id), tuple(sorted(notes, key=lambda note: note.seq)))


def take_in_file(db: Session, *, file: SealedFile, key: FieldKey, now: datetime) -> TakenIn:
    """Take in the notes of a file as if the device had sent them. Raises NotFound for an unknown device."""
    device = db.scalar(
        select(Device)
        .where(Device.id == file.device_id)
        .options(joinedload(Device.user).selectinload(User.roles))
    )
    if device is None:
        raise NotFound(N_("The device %(id)s is not enrolled here."), {"id": str(file.device_id)})
    results: list[OpResult] = []
    acked = device.acked_seq
    for first in range(0, len(file.notes), MOST_OPS):
        received = receive_sealed(
            db,
            device=device,
            actor=person_of(device),
            key=key,
            notes=file.notes[first : first + MOST_OPS],
            now=now,
        )
        results += received.results
        acked = received.acked_seq
    device.unsent = max(0, device.announced_seq - acked)
    return TakenIn(device, tuple(results), acked)


def _note(item: object, number: int) -> SealedNote:
    if isinstance(item, dict):
        seq, sealed = item.get("seq"), item.get("sealed")
        if isinstance(seq, int) and is_seq(seq) and isinstance(sealed, str) and _SEALED.fullmatch(sealed):
            return SealedNote(seq, sealed)
    raise Invalid(N_("Note %(number)s of the file is not whole."), {"number": number})

"""Notes that only the server can open: opened here, and handed on as if they had come in clear."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...models.devices import Device
from ..outside.field_key import CannotOpen, FieldKey, from_text
from ..rules.access import Actor
from .receive_ops import Received, receive_ops

MOST_SEALED = 200
"""In one batch: each is opened with a key of its own, which takes a hundred times as long as to read one."""


@dataclass(frozen=True, slots=True)
class SealedNote:
    """One note as the device sent it: its number, and the sealed bytes in base64url."""

    seq: int
    sealed: str


def receive_sealed(
    db: Session,
    *,
    device: Device,
    actor: Actor,
    key: FieldKey,
    notes: Sequence[SealedNote],
    now: datetime,
    may_wait: bool = False,
) -> Received:
    """Open notes and take them in, in the order of their numbers. To send them again changes nothing.

    What cannot be opened is handed on as it came, so that it is kept whole in quarantine: another key may
    open it one day. A device that is locked tells no time, so its clock is taken as it was last known.
    """
    ops = [_opened(device, key, note) for note in sorted(notes, key=lambda note: note.seq)]
    return receive_ops(db, device=device, actor=actor, ops=ops, device_time=None, now=now, may_wait=may_wait)


def _opened(device: Device, key: FieldKey, note: SealedNote) -> Any:
    whole = {"device_id": str(device.id), "seq": note.seq, "sealed": note.sealed}
    try:
        plain = key.open(from_text(note.sealed), device_id=device.id, seq=note.seq)
        op = json.loads(plain)
    except (CannotOpen, ValueError, RecursionError):
        return whole
    return op if isinstance(op, dict) and op.get("seq") == note.seq else whole

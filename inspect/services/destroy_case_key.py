"""Destroy the key of a case: what it sealed cannot be opened again, also not in a copy made later.

For disposal (gallring), beside the deletion of the rows: what a database leaves of deleted rows in its files,
journals and replicas opens no longer. A backup from before holds the key as well, wrapped: it opens until the
backup is gone, or the key-encryption key that wrapped it (docs/keys.md).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.data_keys import DataKey
from ...models.event_kinds import EventKind
from ..outside.key_store import look_again
from ..rules.access import Actor
from .record_event import record_event


def destroy_case_key(db: Session, inspection_id: UUID, *, actor: Actor | None, now: datetime) -> int:
    """Destroy every key that the case has or had; how many they were. None: it never had one, or no longer.

    Who may decide that, and that two do, is for the caller. Processes that have the key open drop it within a
    minute. What has been sealed before cases had keys is not covered: `tillsyn keys renew` moves it.
    """
    keys = db.scalars(
        select(DataKey)
        .where(DataKey.holder_id == inspection_id, DataKey.destroyed_at.is_(None))
        .with_for_update()
    ).all()
    for key in keys:
        key.wrapped, key.destroyed_at = None, now
    if keys:
        record_event(
            db,
            EventKind.CASE_KEY_DESTROYED,
            actor=actor,
            now=now,
            inspection_id=inspection_id,
            number=len(keys),
        )
    db.flush()
    look_again()
    return len(keys)

"""Rotate the key-encryption key: every data key is wrapped anew. What is sealed is not touched."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ...models.data_keys import DataKey
from ...models.event_kinds import EventKind
from ...models.reached_rows import KEYS
from ..errors import NotPossibleNow
from ..outside.key_store import KeyRow
from ..outside.keys import DataCipher
from ..outside.reach import Reach, reach_as
from .record_event import record_event

AT_ONCE = 200
"""Keys that are wrapped in one transaction: others write in between."""

_LEFT = DataKey.wrapped.is_not(None)
_REACH = Reach(frozenset({KEYS}))
"""The keys of all cases, and nothing that they seal."""


def keys_left(db: Session, cipher: DataCipher) -> int:
    """How many keys another key-encryption key than the current one has wrapped.

    Raises NotPossibleNow when it is not here: then nothing could be done about them.
    """
    reach_as(db, _REACH)
    counted = db.execute(
        select(DataKey.kek_id, func.count())
        .where(_LEFT, DataKey.kek_id != cipher.current.id)
        .group_by(DataKey.kek_id)
    ).all()
    unknown = [f"{kek_id} ({number})" for kek_id, number in counted if not cipher.knows(kek_id)]
    if unknown:
        raise NotPossibleNow(
            "keys are wrapped by keys that are not here: %(keys)s. Add them to TILLSYN_DATA_KEYS_OLD",
            {"keys": ", ".join(unknown)},
        )
    return sum(number for _, number in counted)


def rewrap_some(db: Session, cipher: DataCipher, *, now: datetime) -> int:
    """Wrap some of the keys that are left; how many. 0: all are done."""
    reach_as(db, _REACH)
    rows = db.execute(
        select(DataKey.id, DataKey.holder_id, DataKey.wrapped, DataKey.kek_id)
        .where(_LEFT, DataKey.kek_id != cipher.current.id)
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    for row in rows:
        anew = cipher.wrapped_anew(KeyRow(*row))
        db.execute(
            update(DataKey)
            .where(DataKey.id == row.id)
            .values(wrapped=anew, kek_id=cipher.current.id)
            .execution_options(synchronize_session=False)
        )
    if rows:
        record_event(db, EventKind.KEYS_REWRAPPED, actor=None, now=now, number=len(rows))
    db.flush()
    return len(rows)

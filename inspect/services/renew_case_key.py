"""Give a case a new data key, and seal everything that it has with that, a little at a time.

Meanwhile the old key opens what it has sealed. It is destroyed by a later run: who had it in hand when it
was retired may write with it a moment longer. Whoever is interrupted goes on where it was: what is sealed
with the new key tells so itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, func, literal, or_, select, update
from sqlalchemy.orm import Session

from ...models.case_of import rows_of_case
from ...models.data_keys import OF_NO_CASE, DataKey
from ...models.event_kinds import EventKind
from ...models.sealed import SealedBytes
from ..errors import NotPossibleNow
from ..outside.key_store import look_again
from ..outside.keys import BY_KEY, ID, DataCipher
from .record_event import record_event
from .verify_database import open_sealed, sealed_columns

GRACE = timedelta(hours=1)
"""A transaction that was begun before a key was retired has ended by then."""
ROWS_AT_ONCE = 500
FILES_AT_ONCE = 8
"""Rows with parts of files, which are large."""
_LARGE = frozenset({"upload_parts", "answer_files", "register_imports"})


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction did: values that were sealed anew, and the last row that was looked at (None: the
    table has no more)."""

    values: int
    last: UUID | None


def sealed_tables() -> tuple[Table, ...]:
    return tuple(dict.fromkeys(table for table, _ in sealed_columns()))


def begin_renewal(db: Session, cipher: DataCipher, *, holder: UUID, now: datetime) -> UUID:
    """The key that the case's values are to be sealed with: a new one, unless a renewal has been begun.

    Raises NotPossibleNow when the key was destroyed: nothing is left that could be sealed.
    """
    keys = db.scalars(
        select(DataKey).where(DataKey.holder_id == holder).order_by(DataKey.made_at).with_for_update()
    ).all()
    if any(key.destroyed_at and not key.retired_at for key in keys):
        raise NotPossibleNow("the key of the case has been destroyed: nothing is left to seal anew")
    keys = [key for key in keys if key.destroyed_at is None]
    if keys and not any(key.retired_at for key in keys):
        for key in keys:
            key.retired_at = now
        db.flush()
        look_again()
    return UUID(bytes=cipher.key_for(db.connection(), holder))


def renew_some(
    db: Session, cipher: DataCipher, *, holder: UUID, key: UUID, table: Table, after: UUID | None
) -> Step:
    """Seal some rows of one table with `key`. A value that somebody changes meanwhile is left to them."""
    columns = [column for one, column in sealed_columns() if one is table]
    places = {"id"}.union(*(column.type.place for column in columns if isinstance(column.type, SealedBytes)))
    wanted = (
        rows_of_case(table, *(table.c[one] for one in places), *columns, case=_case(holder))
        .where(or_(*(_is_otherwise(column, key) for column in columns)))
        .order_by(table.c.id)
        .limit(FILES_AT_ONCE if table.name in _LARGE else ROWS_AT_ONCE)
    )
    if after is not None:
        wanted = wanted.where(table.c.id > after)
    rows = [dict(row) for row in db.connection().execute(wanted).mappings()]
    changed = 0
    for row in rows:
        for column in columns:
            sealed = row[column.name]
            if sealed is None or sealed[: 1 + ID] == BY_KEY + key.bytes:
                continue
            assert isinstance(column.type, SealedBytes)  # noqa: S101 - for the type checker  # nosec B101
            anew = cipher.sealed_with(
                key.bytes,
                open_sealed(table, column, row),
                column.type.associated(table.name, column.name, row),
            )
            done = db.connection().execute(
                update(table).where(table.c.id == row["id"], column == sealed).values({column.name: anew})
            )
            changed += done.rowcount
    return Step(changed, rows[-1]["id"] if rows else None)


def end_renewal(db: Session, cipher: DataCipher, *, holder: UUID, values: int, now: datetime) -> int:
    """Note what was done, and destroy former keys that seal nothing, retired a while ago; how many."""
    old = db.scalars(
        select(DataKey).where(
            DataKey.holder_id == holder,
            DataKey.retired_at <= now - GRACE,
            DataKey.destroyed_at.is_(None),
        )
    ).all()
    spent = [key for key in old if not values and not count_sealed_with(db.connection(), holder, key.id)]
    for key in spent:
        key.wrapped, key.destroyed_at = None, now
    cipher.forget([key.id for key in spent])
    if values or spent:
        record_event(
            db,
            EventKind.CASE_KEY_RENEWED,
            actor=None,
            now=now,
            inspection_id=_case(holder),
            number=values,
        )
    db.flush()
    return len(spent)


def count_sealed_with(connection: Connection, holder: UUID, key: UUID) -> int:
    """Values of a case that this key sealed."""
    return sum(
        connection.execute(
            select(func.count()).select_from(
                rows_of_case(table, table.c.id, case=_case(holder))
                .where(_begins(column) == _prefix(key))
                .subquery()
            )
        ).scalar_one()
        for table, column in sealed_columns()
    )


def _is_otherwise(column: Any, key: UUID) -> ColumnElement[bool]:
    return column.is_not(None) & (_begins(column) != _prefix(key))


def _begins(column: Any) -> ColumnElement[bytes]:
    return func.substr(column, 1, 1 + ID, type_=LargeBinary())


def _prefix(key: UUID) -> ColumnElement[bytes]:
    return literal(BY_KEY + key.bytes, LargeBinary())


def _case(holder: UUID) -> UUID | None:
    return None if holder == OF_NO_CASE else holder

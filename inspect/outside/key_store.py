"""Where wrapped keys lie: they are looked for in the transaction that goes on, else in one of their own."""

import time
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, NullPool, Select, Transaction, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from ...models.base import new_id
from ...models.data_keys import IN_USE, OF_NO_CASE, DataKey
from ...models.reached_rows import KEYS
from ...models.sealed import connection_here
from . import clock
from .reach import reach_always

FRESH = 60.0
"""Seconds after which it is asked again whether a key is in use, and whether it has been destroyed."""
MOST_KEPT = 5_000

_KEYS = DataKey.__table__.c


class KeyRow(NamedTuple):
    id: UUID
    holder_id: UUID
    wrapped: bytes | None
    kek_id: str


_ROW = (_KEYS.id, _KEYS.holder_id, _KEYS.wrapped, _KEYS.kek_id)
_in_use: WeakKeyDictionary[Transaction, dict[UUID, KeyRow]] = WeakKeyDictionary()
"""Keys that a transaction has found. Of a savepoint by itself: when it is undone, so is a key made in it."""
_committed: dict[UUID, tuple[KeyRow, float]] = {}
"""Keys of cases that a committed transaction has found, and until when that is not asked anew."""
_engines: dict[str, Engine] = {}


def key_in_use(connection: Connection, holder: UUID) -> KeyRow | None:
    """The key with which a case is sealed now. One that was retired within FRESH may be given yet."""
    kept = _committed.get(holder)
    if kept is not None and time.monotonic() < kept[1]:
        return kept[0]
    transaction = connection.get_nested_transaction() or connection.get_transaction()
    found = _in_use.setdefault(transaction, {}) if transaction is not None else {}
    if holder not in found:
        row = _found(connection, select(*_ROW).where(_KEYS.holder_id == holder, _KEYS.retired_at.is_(None)))
        if row is None:
            return None
        found[holder] = row
    return found[holder]


def look_again() -> None:
    """For whoever retires or destroys a key: what transactions have found is asked anew."""
    _in_use.clear()
    _committed.clear()


@event.listens_for(Engine, "commit")
def _keep_what_was_found(connection: Connection) -> None:
    """What the transaction itself has found is there for all from now on; of a savepoint that is not said."""
    transaction = connection.get_transaction()
    found = _in_use.get(transaction, {}) if transaction is not None else {}
    if len(_committed) >= MOST_KEPT:
        _committed.clear()
    until = time.monotonic() + FRESH
    _committed.update({holder: (row, until) for holder, row in found.items() if holder != OF_NO_CASE})


def keep_new_key(
    connection: Connection, holder: UUID, kek_id: str, wrapped: Callable[[UUID], bytes]
) -> KeyRow:
    """A new key for a case that has none; when another made one meanwhile, that one."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    id = new_id()
    connection.execute(
        insert(DataKey)
        .values(
            id=id, holder_id=holder, wrapped=wrapped(id), kek_id=kek_id, made_at=clock.now(),
            retired_at=None, destroyed_at=None,
        )
        .on_conflict_do_nothing(index_elements=["holder_id"], index_where=IN_USE)
    )  # fmt: skip
    row = key_in_use(connection, holder)
    if row is None:
        raise RuntimeError("a key was made and is not there")
    return row


def find_key(url: str, id: UUID) -> KeyRow | None:
    """The key with this id, in the transaction of this thread or in the database at `url`."""
    wanted = select(*_ROW).where(_KEYS.id == id)
    here = connection_here()
    if here is not None:
        try:
            row = _found(here, wanted)
        except SQLAlchemyError:  # its transaction has failed already, and tells of it itself
            row = None
        if row is not None or not url:
            return row
    if not url:
        return None
    try:
        with _engine(url).connect() as own:
            return _found(own, wanted)
    except SQLAlchemyError:
        return None


def _found(connection: Connection, wanted: Select[UUID, UUID, bytes | None, str]) -> KeyRow | None:
    row = connection.execute(wanted).one_or_none()
    return KeyRow(*row) if row is not None else None


def _engine(url: str) -> Engine:
    if url not in _engines:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        _engines[url] = create_engine(parsed, poolclass=NullPool)
        reach_always(_engines[url], KEYS)
    return _engines[url]

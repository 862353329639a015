"""Text encrypted at rest: what a person said is never in clear in the database.

A sealed column holds what the cipher made of the text; the associated data is `table.column:row id`, so a
value that is moved to another row, column or table does not open. Each case has a key of its own: what is set
is held, sealed with a key of this process alone, until the flush seals it with the key of its case. The
cipher itself is handed in at start (`install_cipher`): this layer knows no keys.
"""

import json
import threading
import weakref
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol, overload
from uuid import UUID

from sqlalchemy import Connection, Dialect, LargeBinary, TypeDecorator, event
from sqlalchemy.orm import Mapped, Mapper, Session, SessionTransaction, mapped_column

from .base import Base
from .case_of import CASES, case_of


class Cipher(Protocol):
    def seal(self, plain: bytes, associated: bytes) -> bytes:
        """Sealed with the installation's key: for migrations, which know no cases."""

    def open(self, sealed: bytes, associated: bytes) -> bytes: ...

    def hold(self, plain: bytes, associated: bytes) -> bytes:
        """Sealed for this process only, until `settle`. Opens with `open`, and is never stored."""

    def settle(self, connection: Connection, case: UUID | None, held: bytes) -> bytes:
        """What is held, sealed with the key of its case (None: of what belongs to no case)."""

    def begin(self, connection: Connection, case: UUID) -> None:
        """Make the key of a new case, so that nobody who writes in it later needs to."""

    def knows(self, kek_id: str) -> bool:
        """Is the key here that wraps keys of cases under this name?"""


class NoCipher(RuntimeError):
    """A sealed value was touched before `install_cipher`; it is never stored in clear instead."""


HELD = b"\x00"
"""The first byte of what `Cipher.hold` gives."""


class NotSettled(RuntimeError):
    """A value on its way to the database that no case's key has sealed: use `settled`."""


_installed: list[Cipher] = []
_here = threading.local()


def install_cipher(cipher: Cipher) -> None:
    """Make `cipher` the one that seals and opens in this process."""
    _installed[:] = [cipher]


def installed_cipher() -> Cipher:
    if not _installed:
        raise NoCipher("no cipher is installed: sealed text can neither be written nor read")
    return _installed[0]


def _associated(table: str, column: str, id: UUID | str) -> bytes:
    return f"{table}.{column}:{id}".encode()


def opened(table: str, column: str, id: UUID | str, sealed: bytes | None) -> str:
    """The plain text of one sealed value, for those who read rows without their classes; NULL is "".

    `id` is the row's, as a UUID or written with hyphens. Raises the cipher's error when the stored bytes do
    not belong to this row.
    """
    if sealed is None:
        return ""
    return _unpacked(installed_cipher().open(sealed, _associated(table, column, id))).decode()


def packed(text: bytes) -> bytes:
    """A long UTF-8 text in less room, to be sealed with `held_bytes`; `opened` gives the text."""
    return _PACKED + zlib.compress(text, _QUICKLY)


def _unpacked(plain: bytes) -> bytes:
    return zlib.decompress(plain[1:]) if plain[:1] == _PACKED else plain


_PACKED = b"\xff"
"""With this no text in UTF-8 begins."""
_QUICKLY = 1


def sealed_bytes(table: str, column: str, id: UUID | str, plain: bytes) -> bytes:
    """Bytes sealed to one row with the installation's key, for migrations from before cases had keys."""
    return installed_cipher().seal(plain, _associated(table, column, id))


def held_bytes(table: str, column: str, id: UUID | str, plain: bytes) -> bytes:
    """Bytes held for one row: `settled`, or the flush of the row, seals them with the key of its case."""
    return installed_cipher().hold(plain, _associated(table, column, id))


def settled(db: Session | Connection, case: UUID | None, held: bytes) -> bytes:
    """What `held_bytes` gave, sealed with the key of its case: for rows written without their classes.

    Goes into the transaction of `db`: a case that has no key yet gets one.
    """
    connection = db.connection() if isinstance(db, Session) else db
    return installed_cipher().settle(connection, case, held)


def opened_bytes(table: str, column: str, id: UUID | str, sealed: bytes) -> bytes:
    """What `held_bytes` or `sealed_bytes` sealed. Raises the cipher's error when it is not of this row."""
    return installed_cipher().open(sealed, _associated(table, column, id))


class SealedBytes(TypeDecorator[bytes]):
    """The column type of sealed text. Its Python value is the sealed bytes; `SealedText` opens them.

    `name`: what stands for the column in the associated data, its own name as a rule; `place`: the columns
    whose values tell the row.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, name: str = "", place: tuple[str, ...] = ("id",)) -> None:
        super().__init__()
        self.name, self.place = name, place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and value[:1] == HELD:
            raise NotSettled("a text was to be stored that the key of its case has not sealed")
        return value

    def associated(self, table: str, column: str, row: Mapping[str, Any]) -> bytes:
        """What binds a value to its row; `row` has the columns of `place`."""
        return _associated(table, self.name or column, "/".join(str(row[one]) for one in self.place))


class SealedText:
    """The plain text beside its sealed column: `text = SealedText("text_sealed")`.

    Reading opens, writing seals; None stays None. Raises the cipher's error when the
    stored bytes do not belong to this row. `or_null`: the empty text is NULL, so that SQL can
    tell whether there is any.
    """

    def __init__(self, column: str, *, or_null: bool = False) -> None:
        self.column, self.or_null = column, or_null

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "SealedText | str":
        if row is None:
            return self
        return opened(row.__tablename__, self.column, row.id, getattr(row, self.column))

    def __set__(self, row: Any, text: str | None) -> None:
        plain = (text or "").encode()
        empty = self.or_null and not plain
        held = None if empty else held_bytes(row.__tablename__, self.column, row.id, plain)
        setattr(row, self.column, held)


class SealedLines:
    """A list of texts in one sealed column, as JSON; the empty list is NULL."""

    def __init__(self, column: str) -> None:
        self.column, self._text = column, SealedText(column, or_null=True)

    @overload
    def __get__(self, row: None, owner: type) -> "SealedLines": ...
    @overload
    def __get__(self, row: object, owner: type) -> list[str]: ...
    def __get__(self, row: Any, owner: type) -> "SealedLines | list[str]":
        if row is None:
            return self
        lines: list[str] = json.loads(self._text.__get__(row, owner) or "[]")
        return lines

    def __set__(self, row: Any, lines: list[str]) -> None:
        self._text.__set__(row, json.dumps(lines, ensure_ascii=False) if lines else "")


def sealed_column() -> Mapped[bytes | None]:
    """A nullable column for sealed text; NULL reads as the empty text."""
    return mapped_column(SealedBytes(), nullable=True)


@cache
def _sealed_names(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(
        mapper.get_property_by_column(column).key
        for column in mapper.columns
        if isinstance(column.type, SealedBytes)
    )


@event.listens_for(Base, "before_insert", propagate=True)
@event.listens_for(Base, "before_update", propagate=True)
def _settle(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    """Its parents are there by now, and so its case is known."""
    held = [
        name for name in _sealed_names(mapper) if (row.__dict__.get(name) or b"")[:1] == HELD
    ]  # what is not loaded has not been set
    if held:
        case = case_of(connection, row.__table__, lambda name: getattr(row, name))
        for name in held:
            setattr(row, name, settled(connection, case, row.__dict__[name]))


@event.listens_for(Base, "before_insert", propagate=True)
def _begin_case(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    if row.__table__.name == CASES and _installed:
        _installed[0].begin(connection, row.id)


@event.listens_for(Session, "after_begin")
def _note_connection(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    _here.connection = weakref.ref(connection)


@contextmanager
def reading_keys_from(connection: Connection) -> Iterator[None]:
    """Meanwhile keys are looked for through `connection`, for those who read rows without a session."""
    before = getattr(_here, "connection", None)
    _here.connection = weakref.ref(connection)
    try:
        yield
    finally:
        _here.connection = before


def connection_here() -> Connection | None:
    """The connection whose transaction goes on in this thread, if any: a key may be new in it."""
    kept = getattr(_here, "connection", None)
    connection: Connection | None = kept() if kept is not None else None
    if connection is None or connection.closed or not connection.in_transaction():
        return None
    return connection

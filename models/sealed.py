"""Text encrypted at rest: what a person said is never in clear in the database.

A sealed column holds `version byte ‖ nonce ‖ ciphertext and tag`; the associated data is
`table.column:row id`, so a value that is moved to another row, column or table does not open.
The cipher itself is handed in at start (`install_cipher`): this layer knows no keys.
"""

import zlib
from typing import Any, Protocol, overload
from uuid import UUID

from sqlalchemy import LargeBinary, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column


class Cipher(Protocol):
    def seal(self, plain: bytes, associated: bytes) -> bytes: ...
    def open(self, sealed: bytes, associated: bytes) -> bytes: ...


class NoCipher(RuntimeError):
    """A sealed value was touched before `install_cipher`; it is never stored in clear instead."""


_installed: list[Cipher] = []


def install_cipher(cipher: Cipher) -> None:
    """Make `cipher` the one that seals and opens in this process."""
    _installed[:] = [cipher]


def _cipher() -> Cipher:
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
    return _unpacked(_cipher().open(sealed, _associated(table, column, id))).decode()


def packed(text: bytes) -> bytes:
    """A long UTF-8 text in less room, to be sealed with `sealed_bytes`; `opened` gives the text."""
    return _PACKED + zlib.compress(text, _QUICKLY)


def _unpacked(plain: bytes) -> bytes:
    return zlib.decompress(plain[1:]) if plain[:1] == _PACKED else plain


_PACKED = b"\xff"
"""With this no text in UTF-8 begins."""
_QUICKLY = 1


def sealed_bytes(table: str, column: str, id: UUID | str, plain: bytes) -> bytes:
    """Bytes sealed to one row, for columns that are no text (a part of a file)."""
    return _cipher().seal(plain, _associated(table, column, id))


def opened_bytes(table: str, column: str, id: UUID | str, sealed: bytes) -> bytes:
    """What `sealed_bytes` sealed. Raises the cipher's error when it does not belong to this row."""
    return _cipher().open(sealed, _associated(table, column, id))


class SealedBytes(TypeDecorator[bytes]):
    """The column type of sealed text. Its Python value is the sealed bytes; `SealedText` opens them."""

    impl = LargeBinary
    cache_ok = True


class SealedText:
    """The plain text beside its sealed column: `text = SealedText("text_sealed")`.

    Reading opens, writing seals; None stays None. Raises the cipher's error when the
    stored bytes do not belong to this row.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "SealedText | str":
        if row is None:
            return self
        return opened(row.__tablename__, self.column, row.id, getattr(row, self.column))

    def __set__(self, row: Any, text: str | None) -> None:
        setattr(
            row,
            self.column,
            _cipher().seal((text or "").encode(), _associated(row.__tablename__, self.column, row.id)),
        )


def sealed_column() -> Mapped[bytes | None]:
    """A nullable column for sealed text; NULL reads as the empty text."""
    return mapped_column(SealedBytes(), nullable=True)

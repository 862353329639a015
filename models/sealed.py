"""Text encrypted at rest: what a person said is never in clear in the database.

A sealed column holds `version byte ‖ nonce ‖ ciphertext and tag`; the associated data is
`table.column:row id`, so a value that is moved to another row, column or table does not open.
The cipher itself is handed in at start (`install_cipher`): this layer knows no keys.
"""

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

    def _associated(self, row: Any) -> bytes:
        identity: UUID = row.id
        return f"{row.__tablename__}.{self.column}:{identity}".encode()

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "SealedText | str":
        if row is None:
            return self
        sealed: bytes | None = getattr(row, self.column)
        return "" if sealed is None else _cipher().open(sealed, self._associated(row)).decode()

    def __set__(self, row: Any, text: str | None) -> None:
        setattr(row, self.column, _cipher().seal((text or "").encode(), self._associated(row)))


def sealed_column() -> Mapped[bytes | None]:
    """A nullable column for sealed text; NULL reads as the empty text."""
    return mapped_column(SealedBytes(), nullable=True)

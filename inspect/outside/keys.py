"""AES-256-GCM for text at rest (NIST SP 800-38D): random 96-bit nonce, associated data binds the row.

| first byte | the rest | sealed with |
|---|---|---|
| 1 | nonce, ciphertext and tag | the installation's key itself: from before cases had keys |
| 2 | id of a data key (16 bytes), nonce, ciphertext and tag | that key; the id is bound too |
| 0 | length and associated data, nonce, ciphertext and tag | a key of this process: never stored |
"""

import os
import time
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from ...models.data_keys import OF_NO_CASE
from ...models.sealed import HELD
from .key_encryption import KeyEncryption, KeyServiceSilent, LocalKey, NotUnwrapped
from .key_store import FRESH, KeyRow, find_key, keep_new_key, key_in_use

VERSION = b"\x01"
BY_KEY = b"\x02"
NONCE = 12
ID = 16
KEY = 32
MOST_OPEN = 5_000
"""Keys that lie open in the memory of a process; then it begins anew."""

_OF_THIS_PROCESS = AESGCM(os.urandom(KEY))


class WrongKeyOrRow(ValueError):
    """The sealed bytes were not made with this key for this row."""


class DataCipher:
    """Seals and opens with one key for each case; all of them are wrapped by a key-encryption key.

    `key` (32 bytes, b"" for none) is the installation's: it opens what is of version 1 and, unless `service`
    is given, wraps the data keys. `others` open what is older. `database_url`: where keys are looked for when
    no transaction goes on in the thread.
    """

    def __init__(
        self,
        key: bytes,
        *,
        others: Sequence[bytes] = (),
        service: KeyEncryption | None = None,
        database_url: str = "",
    ) -> None:
        plain = [one for one in (key, *others) if one]
        self._first = AESGCM(key) if key else None
        self._plain = [AESGCM(one) for one in plain]
        known: list[KeyEncryption] = [*([service] if service else []), *map(LocalKey, plain)]
        self.current = known[0]
        self.known = {one.id: one for one in reversed(known)}
        self._url = database_url
        self._open: dict[bytes, tuple[AESGCM, float]] = {}

    def seal(self, plain: bytes, associated: bytes) -> bytes:
        if self._first is None:
            raise WrongKeyOrRow("there is no TILLSYN_DATA_KEY, which sealing without a case needs")
        nonce = os.urandom(NONCE)
        return VERSION + nonce + self._first.encrypt(nonce, plain, associated)

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        version = sealed[:1]
        if version == BY_KEY and len(sealed) > 1 + ID:
            id = sealed[1 : 1 + ID]
            return _decrypted([self._key(id)], sealed[1 + ID :], BY_KEY + id + associated)
        if version == VERSION:
            return _decrypted(self._plain, sealed[1:], associated)
        if version == HELD and len(sealed) > NONCE:
            plain, bound = _unheld(sealed)
            if bound == associated:
                return plain
            raise WrongKeyOrRow("sealed text does not open: moved from another row")
        raise WrongKeyOrRow("sealed text of an unknown version, or torn")

    def hold(self, plain: bytes, associated: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        sealed = _OF_THIS_PROCESS.encrypt(nonce, plain, associated)
        return HELD + len(associated).to_bytes(2) + associated + nonce + sealed

    def settle(self, connection: Connection, case: UUID | None, held: bytes) -> bytes:
        plain, associated = _unheld(held)
        id = self.key_for(connection, case or OF_NO_CASE)
        return self.sealed_with(id, plain, associated)

    def begin(self, connection: Connection, case: UUID) -> None:
        self.key_for(connection, case)

    def knows(self, kek_id: str) -> bool:
        return kek_id in self.known

    def sealed_with(self, id: bytes, plain: bytes, associated: bytes) -> bytes:
        """Sealed with the data key of this id."""
        nonce = os.urandom(NONCE)
        return BY_KEY + id + nonce + self._key(id).encrypt(nonce, plain, BY_KEY + id + associated)

    def key_for(self, connection: Connection, holder: UUID) -> bytes:
        """The id of the key in use of a case; it is made in the transaction of `connection` if there is none.

        Raises WrongKeyOrRow when it has been destroyed: the case is not written in any more.
        """
        row = key_in_use(connection, holder) or self._make(connection, holder)
        self._unwrapped(row)
        return row.id.bytes

    def wrapped_anew(self, row: KeyRow) -> bytes:
        """The same data key, wrapped by the key-encryption key that is current."""
        return self.current.wrap(self._plain_key(row), _about(row.id, row.holder_id))

    def new_wrapped(self, id: UUID, holder: UUID) -> bytes:
        return self.current.wrap(os.urandom(KEY), _about(id, holder))

    def forget(self, ids: Sequence[UUID]) -> None:
        """Drop keys from memory, at once in this process; others notice within FRESH seconds."""
        for id in ids:
            self._open.pop(id.bytes, None)

    def _make(self, connection: Connection, holder: UUID) -> KeyRow:
        return keep_new_key(connection, holder, self.current.id, lambda id: self.new_wrapped(id, holder))

    def _key(self, id: bytes) -> AESGCM:
        kept = self._open.get(id)
        if kept is not None and time.monotonic() < kept[1]:
            return kept[0]
        row = find_key(self._url, UUID(bytes=id))
        if row is None and kept is not None:  # made here, by a transaction that has not ended
            return kept[0]
        if row is None:
            raise WrongKeyOrRow("sealed text does not open: its key is not in the database")
        return self._unwrapped(row)

    def _unwrapped(self, row: KeyRow) -> AESGCM:
        if row.wrapped is None:
            self._open.pop(row.id.bytes, None)
            raise WrongKeyOrRow("sealed text does not open: its key has been destroyed")
        kept = self._open.get(row.id.bytes)
        opened = kept[0] if kept else AESGCM(self._plain_key(row))
        if len(self._open) >= MOST_OPEN:
            self._open.clear()
        self._open[row.id.bytes] = (opened, time.monotonic() + FRESH)
        return opened

    def _plain_key(self, row: KeyRow) -> bytes:
        by = self.known.get(row.kek_id)
        if by is None or row.wrapped is None:
            raise WrongKeyOrRow("sealed text does not open: its key is wrapped by a key that is not here")
        try:
            return by.unwrap(row.wrapped, _about(row.id, row.holder_id))
        except NotUnwrapped:
            raise WrongKeyOrRow("sealed text does not open: its key does not unwrap") from None
        except KeyServiceSilent as fault:
            raise WrongKeyOrRow(f"sealed text does not open: {fault}") from None


def _about(id: UUID, holder: UUID) -> bytes:
    """Binds a wrapped key to its row and its case."""
    return b"tillsyn data key:" + id.bytes + holder.bytes


def _unheld(held: bytes) -> tuple[bytes, bytes]:
    end = 3 + int.from_bytes(held[1:3])
    associated = held[3:end]
    return _decrypted([_OF_THIS_PROCESS], held[end:], associated), associated


def _decrypted(keys: Sequence[AESGCM], sealed: bytes, associated: bytes) -> bytes:
    for key in keys:
        try:
            return key.decrypt(sealed[:NONCE], sealed[NONCE:], associated)
        except (InvalidTag, ValueError):  # the wrong key, or too few bytes for a nonce
            continue
    raise WrongKeyOrRow("sealed text does not open: wrong key, or moved from another row")

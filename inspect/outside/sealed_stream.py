"""A file that only its passphrase opens, of any length and in little memory: backups.

The key comes from the passphrase by Argon2id (RFC 9106) with a salt of the file's own. The content is cut
into pieces, each sealed with AES-256-GCM; the nonce is the number of the piece and whether it is the last,
so that pieces that are changed, moved, left out or cut off are found (STREAM: Hoang, Reyhanitabar, Rogaway
and Vizár, CRYPTO 2015). Layout: magic ‖ salt (16) ‖ pieces; a sealed piece is 64 KiB and a tag of 16 bytes,
the last one shorter.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"TILLSYN-SEALED-1\n"
SALT, PIECE, TAG = 16, 64 * 1024, 16
MEMORY = 64 * 1024
"""KiB that finding the key takes, and whoever guesses passphrases for each guess."""

LEAST_PASSPHRASE: Final = 16
"""Characters. Five words of a word list are more."""


class NotOpened(ValueError):
    """The file is none of ours, was changed or cut off, or the passphrase is another."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    """RFC 9106 §4, the second recommended option: 64 MiB, three passes, four lanes."""
    key = hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=MEMORY, parallelism=4, hash_len=32, type=Type.ID
    )
    return AESGCM(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealedWriter:
    """Seals what is written to it into `target`. Without `close` the file has no end and does not open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT)
        self._target, self._aead = target, _cipher(passphrase, salt)
        self._number, self._left = 0, bytearray()
        target.write(MAGIC + salt)

    def write(self, content: bytes) -> int:
        self._left += content
        while len(self._left) > PIECE:  # the last piece is known only by `close`
            self._seal(bytes(self._left[:PIECE]), last=False)
            del self._left[:PIECE]
        return len(content)

    def close(self) -> None:
        self._seal(bytes(self._left), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._aead.encrypt(_nonce(self._number, last=last), piece, MAGIC))
        self._number += 1


def opened_pieces(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The content of `source`, a piece at a time. Raises NotOpened, maybe after pieces that were whole."""
    if source.read(len(MAGIC)) != MAGIC or len(salt := source.read(SALT)) != SALT:
        raise NotOpened("the file is no backup made by tillsyn")
    aead, number, piece = _cipher(passphrase, salt), 0, source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield aead.decrypt(_nonce(number, last=not following), piece, MAGIC)
        except InvalidTag:
            raise NotOpened(
                "the passphrase is another, or the file was changed or cut off"
                if number == 0
                else "the file was changed or cut off"
            ) from None
        if not following:
            return
        piece, number = following, number + 1

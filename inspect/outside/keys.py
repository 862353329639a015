"""AES-256-GCM for text at rest (NIST SP 800-38D): random 96-bit nonce, associated data binds the row."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE = 12


class WrongKeyOrRow(ValueError):
    """The sealed bytes were not made with this key for this row."""


class DataCipher:
    """Seals and opens bytes with one 32-byte key. Sealed: version ‖ nonce ‖ ciphertext and tag."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, plain: bytes, associated: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return VERSION + nonce + self._aead.encrypt(nonce, plain, associated)

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        if sealed[:1] != VERSION:
            raise WrongKeyOrRow("sealed text of an unknown version")
        try:
            return self._aead.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], associated)
        except InvalidTag:
            raise WrongKeyOrRow("sealed text does not open: wrong key, or moved from another row") from None

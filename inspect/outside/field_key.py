"""The key that devices seal their notes to: P-256, private here, public on every device.

A sealed note can be opened by the server only. It holds `version 1 ‖ the sealer's passing public point
(65 bytes, uncompressed) ‖ nonce (12 bytes) ‖ ciphertext and tag`: ECDH on P-256 (NIST SP 800-56A),
HKDF-SHA256 without salt (RFC 5869) with the info `tillsyn sealed op 1` and the device's id, AES-256-GCM
(NIST SP 800-38D) with the associated data `device id:seq`, so that a note cannot be moved to another place
or device.
"""

import base64
import binascii
import os
import re
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = b"\x01"
POINT = 65
NONCE = 12
TAG = 16
INFO = b"tillsyn sealed op 1"
CURVE = ec.SECP256R1()
BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}")


class CannotOpen(ValueError):
    """The sealed bytes are damaged, or were sealed to another key, by another device or in another place."""


class FieldKey:
    """Opens what devices sealed. The first of `secrets` is the one in use; the rest open what is older."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._keys = [ec.derive_private_key(int.from_bytes(secret), CURVE) for secret in secrets]

    @property
    def public(self) -> bytes:
        """The point that devices seal to: 65 bytes, uncompressed (SEC 1 §2.3.3)."""
        return _point(self._keys[0].public_key())

    def open(self, sealed: bytes, *, device_id: UUID, seq: int) -> bytes:
        """The bytes that were sealed. Raises CannotOpen."""
        if sealed[:1] != VERSION or len(sealed) < 1 + POINT + NONCE + TAG:
            raise CannotOpen("not a sealed note of version 1")
        point, nonce = sealed[1 : 1 + POINT], sealed[1 + POINT : 1 + POINT + NONCE]
        try:
            passing = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        except ValueError:
            raise CannotOpen("the sealer's point is not on the curve") from None
        for key in self._keys:
            try:
                return _cipher(key, passing, device_id).decrypt(
                    nonce, sealed[1 + POINT + NONCE :], _place(device_id, seq)
                )
            except InvalidTag:
                continue
        raise CannotOpen("sealed to another key, by another device or in another place")


def seal_to(public: bytes, plain: bytes, *, device_id: UUID, seq: int) -> bytes:
    """Seal as a device does. `public` is FieldKey.public; raises ValueError when it is no point."""
    passing = ec.generate_private_key(CURVE)
    nonce = os.urandom(NONCE)
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    sealed = _cipher(passing, receiver, device_id).encrypt(nonce, plain, _place(device_id, seq))
    return VERSION + _point(passing.public_key()) + nonce + sealed


def in_text(raw: bytes) -> str:
    """base64url without padding, as in JSON between device and server (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The bytes of base64url, with or without padding. Raises CannotOpen when it is something else."""
    if not BASE64URL.fullmatch(text):
        raise CannotOpen("not base64url")
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        raise CannotOpen("not base64url") from None


def _cipher(key: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, device_id: UUID) -> AESGCM:
    shared = key.exchange(ec.ECDH(), other)
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=INFO + str(device_id).encode()).derive(shared))


def _place(device_id: UUID, seq: int) -> bytes:
    return f"{device_id}:{seq}".encode()


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

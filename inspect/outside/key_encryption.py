"""Keys that encrypt keys: one of this place (environment or file), or one that a service never lets out.

`id` tells one from another and nothing of the key; it is kept beside what was wrapped.
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from typing import Protocol
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
PATIENCE = 10
"""Seconds that the service of keys has for its answer."""


class NotUnwrapped(ValueError):
    """The key was not wrapped by this key-encryption key, or not for this use."""


class KeyServiceSilent(RuntimeError):
    """The service that holds the key-encryption key does not answer as it should."""


class KeyEncryption(Protocol):
    @property
    def id(self) -> str: ...
    def wrap(self, key: bytes, about: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes, about: bytes) -> bytes: ...


class LocalKey:
    """A key-encryption key derived from 32 bytes (HKDF, RFC 5869): they themselves may seal what is older."""

    def __init__(self, key: bytes) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"tillsyn key-encryption key 1").derive(key)
        self._aead = AESGCM(derived)
        self.id = "local:" + hmac.new(derived, b"its name", hashlib.sha256).hexdigest()[:16]

    def wrap(self, key: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._aead.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        try:
            return self._aead.decrypt(wrapped[:NONCE], wrapped[NONCE:], about)
        except InvalidTag:
            raise NotUnwrapped("a data key does not open with this key-encryption key") from None


class _NoOtherPlace(HTTPRedirectHandler):
    """What is asked carries a key, and the right to ask: it goes nowhere else, whatever is answered."""

    def redirect_request(self, *_given: object) -> None:
        return None


_OPENER = build_opener(_NoOtherPlace)


@dataclass(frozen=True, slots=True)
class KeyService:
    """A key-encryption key behind an address: docs/keys.md describes the two questions.

    POST `address`/wrap with {"key", "plain", "about"} answers {"wrapped"}; POST `address`/unwrap with
    {"key", "wrapped", "about"} answers {"plain"}; all but the name of the key in base64.
    """

    address: str
    key: str
    token: str = ""

    @property
    def id(self) -> str:
        return f"service:{self.key}"

    def wrap(self, key: bytes, about: bytes) -> bytes:
        return self._ask("wrap", "wrapped", plain=key, about=about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        return self._ask("unwrap", "plain", wrapped=wrapped, about=about)

    def _ask(self, what: str, answer: str, **values: bytes) -> bytes:
        body = {"key": self.key} | {name: base64.b64encode(one).decode() for name, one in values.items()}
        request = Request(  # noqa: S310 - the scheme is looked at where the setting is read
            f"{self.address}/{what}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with _OPENER.open(request, timeout=PATIENCE) as told:
                return base64.b64decode(json.load(told)[answer], validate=True)
        except URLError as fault:
            if getattr(fault, "code", None) in (400, 403, 404, 422):
                raise NotUnwrapped(f"the service of keys refuses to {what} with {self.key}") from None
            raise KeyServiceSilent(f"the service of keys does not answer: {type(fault).__name__}") from None
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise KeyServiceSilent(f"the service of keys does not answer: {type(fault).__name__}") from None


LOOPBACK = ("127.0.0.1", "::1", "localhost")


def key_service_at(address: str, key: str, token: str) -> KeyService:
    """Raises ValueError with what to set when the address would send keys in clear."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(
            f"TILLSYN_KEY_SERVICE is {address!r}: set it to an https address, or to http on this machine."
        )
    if not key:
        raise ValueError("TILLSYN_KEY_SERVICE is set: name its key with TILLSYN_KEY_SERVICE_KEY.")
    return KeyService(address.rstrip("/"), key, token)

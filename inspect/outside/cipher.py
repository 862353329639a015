"""The cipher of this process, from the settings."""

from typing import Protocol

from ...models.sealed import install_cipher
from .key_encryption import KeyService
from .keys import DataCipher


class KeysOf(Protocol):
    """The part of the settings that says by which keys."""

    @property
    def data_key(self) -> bytes: ...
    @property
    def other_data_keys(self) -> tuple[bytes, ...]: ...
    @property
    def key_service(self) -> KeyService | None: ...
    @property
    def database_url(self) -> str: ...


def cipher_of(settings: KeysOf) -> DataCipher:
    """What seals and opens by these settings."""
    return DataCipher(
        settings.data_key,
        others=settings.other_data_keys,
        service=settings.key_service,
        database_url=settings.database_url,
    )


def install_keys(settings: KeysOf) -> DataCipher:
    """Make what people said open and be sealed in this process."""
    cipher = cipher_of(settings)
    install_cipher(cipher)
    return cipher

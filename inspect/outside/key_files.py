"""The keys of an installation: from the environment or, locally, files that are made once."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from .key_encryption import KeyService, key_service_at


def read_secret_key(environment: Mapping[str, str], env: str, instance: Path) -> str:
    given = environment.get("TILLSYN_SECRET_KEY")
    if given is None:
        _refuse_in_production(env, "TILLSYN_SECRET_KEY", "secrets.token_urlsafe(48)", "secrets")
        return _kept_once(instance / "secret.key", lambda: secrets.token_urlsafe(48))
    if len(given) < 32:
        raise ValueError("TILLSYN_SECRET_KEY is shorter than 32 characters: make a longer one.")
    return given


ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Private keys of the curve are below it (FIPS 186-5, SP 800-186 §3.2.1.3)."""
MAKING = "base64.b64encode(os.urandom(32)).decode()"


def read_data_key(environment: Mapping[str, str], env: str, instance: Path) -> bytes:
    """The key that wraps the keys of the cases: from the environment, or a file that it names; b"" when a
    service does that and none is given."""
    named = environment.get("TILLSYN_DATA_KEY_FILE")
    if named and "TILLSYN_DATA_KEY" not in environment:
        try:
            return _key("TILLSYN_DATA_KEY_FILE", Path(named).read_text().strip())
        except OSError as fault:
            raise ValueError(
                f"TILLSYN_DATA_KEY_FILE is {named}, which cannot be read: {fault.strerror}."
            ) from None
    if environment.get("TILLSYN_KEY_SERVICE") and "TILLSYN_DATA_KEY" not in environment:
        return b""
    return _key(
        "TILLSYN_DATA_KEY", _given_or_kept(environment, env, "TILLSYN_DATA_KEY", instance / "data.key")
    )


def read_other_data_keys(environment: Mapping[str, str]) -> tuple[bytes, ...]:
    """Keys that only open what is older, while it is moved to the one in use."""
    given = environment.get("TILLSYN_DATA_KEYS_OLD", "")
    return tuple(_key("TILLSYN_DATA_KEYS_OLD", one.strip()) for one in given.split(",") if one.strip())


def read_key_service(environment: Mapping[str, str]) -> KeyService | None:
    address = environment.get("TILLSYN_KEY_SERVICE", "")
    if not address:
        return None
    key, token = (environment.get(f"TILLSYN_KEY_SERVICE_{name}", "") for name in ("KEY", "TOKEN"))
    return key_service_at(address, key, token)


def read_field_keys(environment: Mapping[str, str], env: str, instance: Path) -> tuple[bytes, ...]:
    given = _given_or_kept(environment, env, "TILLSYN_FIELD_KEY", instance / "field.key")
    keys = tuple(_key("TILLSYN_FIELD_KEY", one.strip()) for one in given.split(","))
    for key in keys:
        if not 0 < int.from_bytes(key) < ORDER_OF_P256:
            raise ValueError(f"TILLSYN_FIELD_KEY is no key of the curve P-256: make another with {MAKING}.")
    return keys


def _given_or_kept(environment: Mapping[str, str], env: str, name: str, path: Path) -> str:
    given = environment.get(name)
    if given is None:
        _refuse_in_production(env, name, MAKING, "base64, os")
        return _kept_once(path, lambda: base64.b64encode(os.urandom(32)).decode())
    return given


def _key(name: str, given: str) -> bytes:
    try:
        key = base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise ValueError(f"{name} must be 32 bytes in base64: make one with {MAKING}.")
    return key


def _refuse_in_production(env: str, name: str, making: str, modules: str) -> None:
    if env == "production":
        raise ValueError(
            f"{name} is not set, and a production start makes no keys of its own. "
            f'Make one with: python3 -c "import {modules}; print({making})", '
            "keep it where only the service can read it, and set the variable."
        )


def _kept_once(path: Path, make: Callable[[], str]) -> str:
    """The content of the key file at `path`; made with mode 0600 the first time."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(make())
    return path.read_text().strip()

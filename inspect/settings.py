"""Settings: one frozen object, read once from the environment, refused at start when unfit.

| variable | meaning | default |
|---|---|---|
| TILLSYN_ENV | `local` or `production` | local |
| TILLSYN_INSTANCE | folder for the database, keys and files | ./instance |
| TILLSYN_DATABASE_URL | SQLAlchemy URL | SQLite in the instance folder |
| TILLSYN_SECRET_KEY | signs cookies and forms; at least 32 characters | made once (local) |
| TILLSYN_DATA_KEY | 32 bytes in base64; encrypts what people said | made once (local) |
| TILLSYN_BASE_URL | the address people use | http://127.0.0.1:$PORT |
| TILLSYN_PROXIES | number of proxies in front whose headers are trusted | 0 |
| TILLSYN_AUTHORITY_* | NAME, UNIT, ADDRESS, CONTACT, WEB of the letterhead | an example authority |
| PORT, TILLSYN_HOST, TILLSYN_WORKERS | where and how `tillsyn serve` listens | 8000, 127.0.0.1, 1 |
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url


class UnfitSettings(Exception):
    """The environment cannot be used to start with; the text says what to set and how."""


@dataclass(frozen=True, slots=True)
class AuthorityDetails:
    """The letterhead of the inspecting authority."""

    name: str
    unit: str
    address: str
    contact: str
    web: str


@dataclass(frozen=True, slots=True)
class Settings:
    environment: str
    instance: Path
    database_url: str
    secret_key: str
    data_key: bytes
    base_url: str
    proxies: int
    host: str
    port: int
    workers: int
    authority: AuthorityDetails
    session_idle: timedelta = timedelta(minutes=60)
    session_absolute: timedelta = timedelta(hours=12)
    max_content_length: int = 4 * 1024 * 1024

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def cookies_are_secure(self) -> bool:
        return self.base_url.startswith("https://")

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of each setting for people to read, secrets hidden."""
        hidden = {"secret_key", "data_key"}
        shown = []
        for item in fields(self):
            value = getattr(self, item.name)
            text = "(hidden)" if item.name in hidden else str(value)
            shown.append((item.name, _without_password(text) if item.name == "database_url" else text))
        return shown


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `environment`. Makes the instance folder and, when local, its keys (mode 0600).

    Raises UnfitSettings with one sentence per fault.
    """
    env = environment.get("TILLSYN_ENV", "local")
    if env not in ("local", "production"):
        raise UnfitSettings(f"TILLSYN_ENV is {env!r}: set it to local or production.")
    instance = Path(environment.get("TILLSYN_INSTANCE", "instance")).absolute()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = _number(environment, "PORT", 8000)
    return Settings(
        environment=env,
        instance=instance,
        database_url=environment.get("TILLSYN_DATABASE_URL") or f"sqlite:///{instance / 'tillsyn.db'}",
        secret_key=_secret_key(environment, env, instance),
        data_key=_data_key(environment, env, instance),
        base_url=environment.get("TILLSYN_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        proxies=_number(environment, "TILLSYN_PROXIES", 0),
        host=environment.get("TILLSYN_HOST", "127.0.0.1"),
        port=port,
        workers=_number(environment, "TILLSYN_WORKERS", 1),
        authority=AuthorityDetails(
            name=environment.get("TILLSYN_AUTHORITY_NAME", "Exempelinspektionen"),
            unit=environment.get("TILLSYN_AUTHORITY_UNIT", "Enheten för barn och unga"),
            address=environment.get("TILLSYN_AUTHORITY_ADDRESS", "Box 1234, 111 11 Exempelstad"),
            contact=environment.get(
                "TILLSYN_AUTHORITY_CONTACT", "010-000 00 00, registrator@exempelinspektionen.example"
            ),
            web=environment.get("TILLSYN_AUTHORITY_WEB", "exempelinspektionen.example"),
        ),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, str(default))
    if not value.isdecimal():
        raise UnfitSettings(f"{name} is {value!r}: set it to a whole number.")
    return int(value)


def _secret_key(environment: Mapping[str, str], env: str, instance: Path) -> str:
    given = environment.get("TILLSYN_SECRET_KEY")
    if given is None:
        _refuse_in_production(env, "TILLSYN_SECRET_KEY", "secrets.token_urlsafe(48)", "secrets")
        return _kept_once(instance / "secret.key", lambda: secrets.token_urlsafe(48))
    if len(given) < 32:
        raise UnfitSettings("TILLSYN_SECRET_KEY is shorter than 32 characters: make a longer one.")
    return given


def _data_key(environment: Mapping[str, str], env: str, instance: Path) -> bytes:
    making = "base64.b64encode(os.urandom(32)).decode()"
    given = environment.get("TILLSYN_DATA_KEY")
    if given is None:
        _refuse_in_production(env, "TILLSYN_DATA_KEY", making, "base64, os")
        given = _kept_once(instance / "data.key", lambda: base64.b64encode(os.urandom(32)).decode())
    try:
        key = base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise UnfitSettings(f"TILLSYN_DATA_KEY must be 32 bytes in base64: make one with {making}.")
    return key


def _refuse_in_production(env: str, name: str, making: str, modules: str) -> None:
    if env == "production":
        raise UnfitSettings(
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


def _without_password(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)

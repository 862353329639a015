"""Settings: one frozen object, read once from the environment, refused at start when unfit.

| variable | meaning | default |
|---|---|---|
| TILLSYN_ENV | `local` or `production` | local |
| TILLSYN_INSTANCE | folder for the database, keys and files | ./instance |
| TILLSYN_DATABASE_URL | SQLAlchemy URL | SQLite in the instance folder |
| TILLSYN_REACH | on PostgreSQL: `person`: whose rows a page reaches; or `service`: all | person |
| TILLSYN_SECRET_KEY | signs cookies and forms; at least 32 characters | made once (local) |
| TILLSYN_DATA_KEY, or _FILE | 32 bytes in base64; opens the keys of what people said | made once (local) |
| TILLSYN_DATA_KEYS_OLD | more such keys, with commas, that only open: while keys are rotated | none |
| TILLSYN_KEY_SERVICE, _KEY, _TOKEN | a service that does that instead: address, name of key, token | none |
| TILLSYN_FIELD_KEY | 32 bytes in base64; opens what devices seal (the old after ,) | made once (local) |
| TILLSYN_FIELD_DAYS | days that a case stays readable on a device | 14 |
| TILLSYN_BASE_URL | the address people use | http://127.0.0.1:$PORT |
| TILLSYN_PROXIES | number of proxies in front whose headers are trusted | 0 |
| TILLSYN_AUTHORITY_* | NAME, UNIT, ADDRESS, CONTACT, WEB of the letterhead | an example authority |
| TILLSYN_AUTHORITY_LOGO | PNG or SVG file for the letterhead; needs the next | none |
| TILLSYN_AUTHORITY_LOGO_ALT | what the logo shows, for those who do not see it | none |
| TILLSYN_AUTHORITY_COLOUR | of headings and lines in letters, as #0B4F5C | the usual one |
| TILLSYN_AUTHORITY_HELP_LINES | others who help, in letters to children | none |
| TILLSYN_DISCLOSURE_WORDS | YAML file: the authority's own words in answers to requests | none |
| TILLSYN_SEAL_FILE | key of the authority's electronic seal (PKCS#12); letters are then sealed | none |
| TILLSYN_SEAL_PASSPHRASE | opens it | none |
| TILLSYN_FILES_CASE_MB, _DAY_MB | room for files of a case, and of a person in it in a day | 10000, 2000 |
| TILLSYN_VIRUS_SCANNER | where clamd listens: host:port or a socket file; files are then scanned | none |
| TILLSYN_SEAL_TRUSTED | PEM file: more certificates that count as the authority's own | none |
| TILLSYN_SMTP_HOST, _PORT | the mail server; without it no mail is sent | none, 587 |
| TILLSYN_SMTP_SECURITY | `starttls`, `tls`, or `none` on a server of this machine | starttls |
| TILLSYN_SMTP_USER, _PASSWORD | how to sign in to it | none |
| TILLSYN_MAIL_FROM | the address that mail is sent from; needed with a mail server | none |
| TILLSYN_LOG | `text`: faults; `json`: one object a line, also for each request, without contents | text |
| TILLSYN_METRICS_TOKEN | opens /metrics; at least 32 characters; without it there is no such page | none |
| TILLSYN_LOG_HEADS | file for ends of the log's chain, best on another machine | in the instance folder |
| TILLSYN_SECOND_FACTOR, _PROVIDERS | `required` or `optional` | outside/sign_in_settings.py |
| PORT, TILLSYN_HOST, TILLSYN_WORKERS | where and how `tillsyn serve` listens | 8000, 127.0.0.1, 1 |
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import make_url

from ..interview_guides.openness_words import UnfitWords, openness_words
from ..reports.colours import check_readable
from ..reports.content import Logo
from .outside.database_address import read_address
from .outside.key_encryption import KeyService
from .outside.key_files import (
    read_data_key,
    read_field_keys,
    read_key_service,
    read_other_data_keys,
    read_secret_key,
)
from .outside.log_lines import Form as LogForm
from .outside.log_lines import read_form
from .outside.mail_server import MailServer, read_mail_server
from .outside.seal import SealFile
from .outside.sign_in_settings import SignInRules, read_sign_in_rules
from .outside.virus_scan import Scanner
from .rules.files import FileQuota, read_file_quota

T = TypeVar("T")


class UnfitSettings(Exception):
    """The environment cannot be used to start with; the text says what to set and how."""


@dataclass(frozen=True, slots=True)
class AuthorityDetails:
    """The letterhead of the inspecting authority, and the key of its seal if it has one."""

    name: str
    unit: str
    address: str
    contact: str
    web: str
    help_lines: str = ""
    """Others who help, for letters to children: "name and number, name and number"."""
    seal: SealFile | None = None
    logo: Logo | None = None
    colour: str = ""
    """Of headings and lines in letters, as "#0B4F5C"; "" for the usual one."""
    disclosure_words: Path | None = None
    """Its own words over interview_guides/openness_words.yaml; None: those stand."""


@dataclass(frozen=True, slots=True)
class Settings:
    environment: str
    instance: Path
    database_url: str
    secret_key: str
    data_key: bytes
    """Wraps the keys of the cases, unless a service does; b"" when there is none beside the service."""
    field_keys: tuple[bytes, ...]
    """Private keys that open what devices seal: the first is in use, the others only open what is older."""
    base_url: str
    proxies: int
    host: str
    port: int
    workers: int
    authority: AuthorityDetails
    mail: MailServer | None = None
    session_idle: timedelta = timedelta(minutes=60)
    session_absolute: timedelta = timedelta(hours=12)
    field_days: int = 14
    """How long a case that was taken along stays readable on a device."""
    review_days: int = 5
    """Working days a letter may wait before its reviewers are reminded: the authority's own rule."""
    max_content_length: int = 4 * 1024 * 1024
    log_heads: Path = Path("log-heads.jsonl")
    """Where ends of the log's chain are kept, outside the database."""
    file_quota: FileQuota = field(default_factory=FileQuota)
    scanner: Scanner | None = None
    """Looks at files that come from outside the authority; none: they are not scanned for viruses."""
    log: LogForm = "text"
    sign_in: SignInRules = field(default_factory=SignInRules)
    other_data_keys: tuple[bytes, ...] = ()
    """Keys that open what the one in use has not wrapped or sealed yet."""
    key_service: KeyService | None = None
    reach_by_person: bool = True
    """On PostgreSQL: what a person asks reaches that person's rows; else the service reaches all of them."""
    metrics_token: str | None = None
    """What /metrics is asked with; none: there is no such page."""

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def cookies_are_secure(self) -> bool:
        return self.base_url.startswith("https://")

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of each setting for people to read, secrets hidden."""
        hidden = {"secret_key", "data_key", "other_data_keys", "key_service", "field_keys", "metrics_token"}
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
        database_url=_fit(lambda: read_address(environment, instance, in_production=env == "production")),
        secret_key=_fit(lambda: read_secret_key(environment, env, instance)),
        data_key=_fit(lambda: read_data_key(environment, env, instance)),
        other_data_keys=_fit(lambda: read_other_data_keys(environment)),
        key_service=_fit(lambda: read_key_service(environment)),
        field_keys=_fit(lambda: read_field_keys(environment, env, instance)),
        field_days=_number(environment, "TILLSYN_FIELD_DAYS", 14),
        review_days=_number(environment, "TILLSYN_REVIEW_DAYS", 5),
        base_url=environment.get("TILLSYN_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        proxies=_number(environment, "TILLSYN_PROXIES", 0),
        host=environment.get("TILLSYN_HOST", "127.0.0.1"),
        port=port,
        workers=_number(environment, "TILLSYN_WORKERS", 1),
        scanner=_scanner(environment),
        file_quota=_fit(lambda: read_file_quota(environment)),
        log_heads=Path(environment.get("TILLSYN_LOG_HEADS") or instance / "log-heads.jsonl").absolute(),
        authority=AuthorityDetails(
            name=environment.get("TILLSYN_AUTHORITY_NAME", "Exempelinspektionen"),
            unit=environment.get("TILLSYN_AUTHORITY_UNIT", "Enheten för barn och unga"),
            address=environment.get("TILLSYN_AUTHORITY_ADDRESS", "Box 1234, 111 11 Exempelstad"),
            contact=environment.get(
                "TILLSYN_AUTHORITY_CONTACT", "010-000 00 00, registrator@exempelinspektionen.example"
            ),
            web=environment.get("TILLSYN_AUTHORITY_WEB", "exempelinspektionen.example"),
            help_lines=environment.get("TILLSYN_AUTHORITY_HELP_LINES", ""),
            seal=_seal(environment),
            logo=_logo(environment),
            colour=_colour(environment),
            disclosure_words=_fit(lambda: _disclosure_words(environment)),
        ),
        mail=_fit(lambda: read_mail_server(environment, in_production=env == "production")),
        log=_fit(lambda: read_form(environment)),
        sign_in=_fit(lambda: read_sign_in_rules(environment, in_production=env == "production")),
        reach_by_person=_reach(environment),
        metrics_token=_metrics_token(environment),
    )


def _reach(environment: Mapping[str, str]) -> bool:
    reach = environment.get("TILLSYN_REACH") or "person"
    if reach not in ("service", "person"):
        raise UnfitSettings(f"TILLSYN_REACH is {reach!r}: set it to person or service.")
    return reach == "person"


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, str(default))
    if not value.isdecimal():
        raise UnfitSettings(f"{name} is {value!r}: set it to a whole number.")
    return int(value)


def _metrics_token(environment: Mapping[str, str]) -> str | None:
    token = environment.get("TILLSYN_METRICS_TOKEN") or None
    if token is not None and (len(token) < 32 or not token.isascii()):
        raise UnfitSettings("TILLSYN_METRICS_TOKEN needs at least 32 characters of ASCII: make another.")
    return token


def _scanner(environment: Mapping[str, str]) -> Scanner | None:
    address = environment.get("TILLSYN_VIRUS_SCANNER", "")
    try:
        return Scanner.at(address) if address else None
    except ValueError:
        raise UnfitSettings(
            f"TILLSYN_VIRUS_SCANNER is {address!r}: set it to host:port, or to the path of clamd's socket."
        ) from None


def _fit(read: Callable[[], T]) -> T:
    """What `read` gives; its ValueError, a sentence about a setting, refuses the start."""
    try:
        return read()
    except ValueError as fault:
        raise UnfitSettings(str(fault)) from fault


def _seal(environment: Mapping[str, str]) -> SealFile | None:
    named = environment.get("TILLSYN_SEAL_FILE")
    if not named:
        return None
    trusted = environment.get("TILLSYN_SEAL_TRUSTED")
    for name, path in (("TILLSYN_SEAL_FILE", named), ("TILLSYN_SEAL_TRUSTED", trusted)):
        if path and not Path(path).is_file():
            raise UnfitSettings(f"{name} is {path!r}: there is no such file.")
    if find_spec("pyhanko") is None:
        raise UnfitSettings("TILLSYN_SEAL_FILE is set, and pyHanko is missing: pip install 'tillsyn[seal]'.")
    return SealFile(
        Path(named),
        environment.get("TILLSYN_SEAL_PASSPHRASE", ""),
        Path(trusted) if trusted else None,
    )


def _logo(environment: Mapping[str, str]) -> Logo | None:
    path = environment.get("TILLSYN_AUTHORITY_LOGO")
    if not path:
        return None
    from ..reports.logo import UnfitLogo, read_logo  # only those who have a logo wait for it

    try:
        return read_logo(Path(path).read_bytes(), environment.get("TILLSYN_AUTHORITY_LOGO_ALT", ""))
    except OSError as fault:
        raise UnfitSettings(
            f"TILLSYN_AUTHORITY_LOGO is {path}, which cannot be read: {fault.strerror}."
        ) from fault
    except UnfitLogo as fault:
        raise UnfitSettings(
            f"TILLSYN_AUTHORITY_LOGO is {path}, which cannot stand in a letter: {fault}."
            " Its words are set with TILLSYN_AUTHORITY_LOGO_ALT."
        ) from fault


def _disclosure_words(environment: Mapping[str, str]) -> Path | None:
    path = environment.get("TILLSYN_DISCLOSURE_WORDS")
    if not path:
        return None
    try:
        openness_words(Path(path).absolute())
    except UnfitWords as fault:
        raise ValueError(f"TILLSYN_DISCLOSURE_WORDS cannot be used: {fault}.") from fault
    return Path(path).absolute()


def _colour(environment: Mapping[str, str]) -> str:
    colour = environment.get("TILLSYN_AUTHORITY_COLOUR", "")
    try:
        check_readable(colour or "#000000")
    except ValueError as fault:
        raise UnfitSettings(f"TILLSYN_AUTHORITY_COLOUR cannot be used: {fault}.") from fault
    return colour


def _without_password(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)

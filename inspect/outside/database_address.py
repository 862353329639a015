"""Whether an address of a database may be used where real people are told of."""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def read_address(environment: Mapping[str, str], instance: Path, *, in_production: bool) -> str:
    """Where the data is (TILLSYN_DATABASE_URL); SQLite in the instance folder unless told.

    Raises as `check_address`, which is asked in production.
    """
    url = environment.get("TILLSYN_DATABASE_URL") or f"sqlite:///{instance / 'tillsyn.db'}"
    if in_production:
        check_address(url, environment)
    return url


def check_address(url: str, environment: Mapping[str, str]) -> None:
    """Refuse a PostgreSQL server across a network that is not proved to be the right one over TLS.

    `sslmode=verify-full` in the address, or PGSSLMODE in the environment, is that. A socket file and this
    machine's own addresses need none. Raises ValueError with one sentence.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("TILLSYN_DATABASE_URL is no address of a database.") from None
    if parsed.get_backend_name() != "postgresql":
        return
    given = parsed.query.get("host", parsed.host or environment.get("PGHOST", ""))
    hosts = [given] if isinstance(given, str) else [*given]
    if all(_is_here(host) for name in hosts for host in name.split(",")):
        return
    if parsed.query.get("sslmode", environment.get("PGSSLMODE")) != "verify-full":
        raise ValueError(
            "TILLSYN_DATABASE_URL names a server across a network without sslmode=verify-full: names,"
            " sessions and the log could be read on the way, or go to whoever takes the server's place."
            " Add ?sslmode=verify-full&sslrootcert=FILE."
        )


def _is_here(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

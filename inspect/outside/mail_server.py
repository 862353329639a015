"""Where mail is handed over: what the settings say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SECURITY = ("starttls", "tls", "none")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over (RFC 5321), as whom, and from which address it is sent."""

    host: str
    port: int
    security: str
    """One of SECURITY: TLS after the greeting, TLS from the start, or none."""
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(environment: Mapping[str, str], *, in_production: bool) -> MailServer | None:
    """The mail server that the environment names, if any. Raises ValueError with one sentence."""
    host = environment.get("TILLSYN_SMTP_HOST")
    if not host:
        return None
    security = environment.get("TILLSYN_SMTP_SECURITY", "starttls")
    sender = environment.get("TILLSYN_MAIL_FROM", "")
    port = environment.get("TILLSYN_SMTP_PORT", "587")
    if security not in SECURITY:
        raise ValueError(f"TILLSYN_SMTP_SECURITY is {security!r}: set it to starttls, tls or none.")
    if security == "none" and in_production and host not in LOOPBACK:
        raise ValueError("TILLSYN_SMTP_SECURITY is none: mail would leave this machine in clear.")
    if not port.isdecimal():
        raise ValueError(f"TILLSYN_SMTP_PORT is {port!r}: set it to a whole number.")
    if sender.count("@") != 1 or sender != "".join(sender.split()) or sender.startswith("@"):
        raise ValueError(f"TILLSYN_MAIL_FROM is {sender!r}: set it to the address that mail is sent from.")
    return MailServer(
        host=host,
        port=int(port),
        security=security,
        sender=sender,
        user=environment.get("TILLSYN_SMTP_USER", ""),
        password=environment.get("TILLSYN_SMTP_PASSWORD", ""),
    )

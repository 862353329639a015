"""The mail server: one message handed over, and what went wrong when it could not be."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from .mail_server import MailServer

TIMEOUT = 30
"""Seconds that the server may take to answer."""


class MailFault(Exception):
    """A mail was not accepted. `lasting`: to try again is no use. The text names the kind, never a reader."""

    def __init__(self, text: str, *, lasting: bool = False) -> None:
        super().__init__(text)
        self.lasting = lasting


class Post:
    """A connection to the mail server, made at the first message."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Hand one message over. Raises MailFault."""
        try:
            if self._connection is None:
                self._connection = _connect(self._server)
            self._connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            code = max((code for code, _ in fault.recipients.values()), default=0)
            raise MailFault(f"SMTPRecipientsRefused {code}", lasting=code >= 500) from fault
        except smtplib.SMTPResponseException as fault:
            lasting = fault.smtp_code >= 500 and not isinstance(
                fault, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused
            )
            self.close()
            raise MailFault(f"{type(fault).__name__} {fault.smtp_code}", lasting=lasting) from fault
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            raise MailFault(type(fault).__name__) from fault

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    tls = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=tls)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            connection.starttls(context=tls)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def post_at(server: MailServer) -> Iterator[Post]:
    """The post, closed at the end."""
    post = Post(server)
    try:
        yield post
    finally:
        post.close()

"""What a mail says: that something has happened, and where to sign in. Nothing of a case, ever."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from ...models.vocabulary import N_
from ..i18n import DEFAULT_LANGUAGE, LANGUAGES, translate
from ..services.send_mail import Claimed
from ..settings import Settings

SUBJECT = N_("Something has happened in Tillsyn")
INVITATION = N_("You are invited to Tillsyn")


@cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(Path(__file__).parents[2] / "templates" / "mail")
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def write_mail(claimed: Claimed, *, settings: Settings) -> EmailMessage:
    """The mail that was claimed. Written again it is the same, with the same Message-ID (RFC 5322 3.6.4)."""
    server = settings.mail
    if server is None:
        raise ValueError("there is no mail server to write for")
    language = claimed.language if claimed.language in LANGUAGES else DEFAULT_LANGUAGE
    say = partial(translate, language)
    message = EmailMessage()
    message["From"] = Address(display_name=settings.authority.name, addr_spec=server.sender)
    message["To"] = Address(addr_spec=claimed.to)
    message["Subject"] = say(INVITATION if claimed.invited else SUBJECT)
    message["Date"] = format_datetime(claimed.made_at)
    message["Message-ID"] = f"<{claimed.id}@{urlsplit(settings.base_url).hostname}>"
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    text = _template("invitation.txt" if claimed.invited else "notice.txt").render(
        _=say, address=settings.base_url, authority=settings.authority
    )
    message.set_content(text, cte="quoted-printable")
    return message

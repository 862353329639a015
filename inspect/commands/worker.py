"""`tillsyn worker`: takes in what devices sent, reminds, sends mail, and carries out approved disposals."""

import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from ..outside import clock
from ..settings import Settings, read_settings
from .retention import carry_out_all
from .work import Transaction, transactions

if TYPE_CHECKING:
    from email.message import EmailMessage

    from ..outside.mail import MailFault, Post

LOOK_AGAIN = timedelta(hours=1)
"""How often dates are looked through."""
ALONE = 7_001_800
"""The number under which a worker is alone at making reminders and the mail of the day."""


@click.command()
@click.option("--once", is_flag=True, help="Do what there is to do now, and end.")
@click.option(
    "--every", type=click.IntRange(1, 3600), default=30, help="Seconds between looking; 30 unless given."
)
def worker(once: bool, every: int) -> int:
    """Send the mail that waits, remind of dates and make the mail of the day.

    Goes on until it is interrupted. Several may run at once; killed in the middle, one loses nothing, and the
    next goes on. With --once, exit 1 when a mail could not be sent now.
    """
    settings = read_settings()
    if settings.mail is None:
        click.echo("no mail server is set (TILLSYN_SMTP_HOST): notices are made, and no mail is sent")
    stopped = Event()
    with transactions(settings) as begin:
        if once:
            make_what_is_due(begin, review_days=settings.review_days)
            keep_the_head(settings, begin)
            carry_out_all(begin)
            return 1 if send_what_waits(settings, begin, stopped) else 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _setter(stopped))
        _go_on(settings, begin, stopped, every)
    return 0


def make_what_is_due(begin: Transaction, *, review_days: int, reminders: bool = True) -> None:
    """Take in what devices sent, make the reminders of today (if `reminders`) and the mail of the day.

    What was done already is not done again.
    """
    from ..outside.database import wait_alone
    from ..services.make_digests import make_digests
    from ..services.remind import remind
    from .field import take_in_all

    take_in_all(begin)
    now = clock.now()
    with begin() as db:
        wait_alone(db, ALONE)
        if reminders:
            remind(db, now=now, review_days=review_days)
        make_digests(db, now=now)


def keep_the_head(settings: Settings, begin: Transaction) -> None:
    """Keep the end of the log's chain outside the database, when the log has grown since it was last kept."""
    from ..outside.log_heads import keep_head, latest_head
    from ..outside.seal import SealFault
    from ..services.verify_log import log_head

    with begin() as db:
        end = log_head(db.connection(), now=clock.now())
    kept = latest_head(settings.log_heads)
    if end is None or (kept is not None and kept.hash == end.hash):
        return
    try:
        keep_head(settings.log_heads, end, seal=settings.authority.seal)
    except (OSError, SealFault) as fault:
        click.echo(f"the end of the log was not kept: {fault}", err=True)


def send_what_waits(settings: Settings, begin: Transaction, stopped: Event) -> int:
    """Hand over every mail that is due; how many could not be."""
    from ..outside.mail import post_at
    from ..services.send_mail import claim_mail, mail_failed, mail_sent
    from .mail_text import write_mail

    if settings.mail is None:
        return 0
    sent = failed = 0
    with post_at(settings.mail) as post:
        while not stopped.is_set():
            with begin() as db:
                claimed = claim_mail(db, now=clock.now())
            if not claimed:
                break
            for one in claimed:
                fault = _handed_over(post, write_mail(one, settings=settings))
                with begin() as db:
                    if fault is None:
                        mail_sent(db, id=one.id, now=clock.now())
                        sent += 1
                    else:
                        mail_failed(db, id=one.id, fault=fault, now=clock.now())
                        failed += 1
                        click.echo(f"mail {one.id} was not sent: {fault}", err=True)
    if sent:
        click.echo(f"{sent} sent")
    return failed


def _handed_over(post: "Post", message: "EmailMessage") -> "MailFault | None":
    """None when the server has taken the message; otherwise why not."""
    from ..outside.mail import MailFault

    try:
        post.send(message)
    except MailFault as fault:
        return fault
    return None


def _go_on(settings: Settings, begin: Transaction, stopped: Event, every: int) -> None:
    """Look again and again. While the database is away, wait for it."""
    from sqlalchemy.exc import OperationalError

    looked_at = None
    while not stopped.is_set():
        now = clock.now()
        try:
            again = looked_at is None or now - looked_at >= LOOK_AGAIN
            make_what_is_due(begin, review_days=settings.review_days, reminders=again)
            if again:
                keep_the_head(settings, begin)
            carry_out_all(begin, stopped)
            looked_at = now if again else looked_at
            send_what_waits(settings, begin, stopped)
        except OperationalError as fault:
            click.echo(f"the database does not answer: {fault.orig}", err=True)
        stopped.wait(every)


def _setter(stopped: Event) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    return stop


COMMANDS = (worker,)

"""`tillsyn worker`: takes in what devices sent, reminds, sends mail, and carries out approved disposals."""

import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from ..outside import clock
from ..outside.log_lines import WORKER
from ..settings import Settings, read_settings
from .job_lines import JobLines, job_lines
from .retention import carry_out_all
from .work import Transaction, transactions

if TYPE_CHECKING:
    from email.message import EmailMessage

    from ..outside.mail import MailFault, Post

log = logging.getLogger(WORKER)

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
    next goes on. What it does it tells on standard error, as TILLSYN_LOG says. With --once, exit 1 when a
    mail could not be sent now.
    """
    settings = read_settings()
    stopped = Event()
    with job_lines(settings) as lines, transactions(settings) as begin:
        if settings.mail is None:
            log.warning("no mail server is set (TILLSYN_SMTP_HOST): notices are made, and no mail is sent")
        if once:
            return 1 if _one_round(settings, begin, lines, stopped) else 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _setter(stopped))
        _go_on(settings, begin, lines, stopped, every)
    return 0


def _one_round(
    settings: Settings, begin: Transaction, lines: JobLines, stopped: Event, *, again: bool = True
) -> int:
    """All there is to do now; `again`: dates too. How many mails could not be sent."""
    try:
        make_what_is_due(begin, lines, review_days=settings.review_days, reminders=again)
        if again:
            with lines.job("log_end") as job:
                job.done, job.failed = keep_the_head(settings, begin)
        with lines.job("disposals") as job:
            job.done = carry_out_all(begin, stopped)
        return send_what_waits(settings, begin, lines, stopped)
    finally:
        lines.end_round(clock.now())


def make_what_is_due(
    begin: Transaction, lines: JobLines, *, review_days: int, reminders: bool = True
) -> None:
    """Take in what devices sent, make the reminders of today (if `reminders`) and the mail of the day.

    What was done already is not done again.
    """
    from ..outside.database import wait_alone
    from ..services.make_digests import make_digests
    from ..services.remind import remind
    from .field import take_in_all

    with lines.job("take_in") as job:
        job.done, _cases, job.failed = take_in_all(begin)
    now = clock.now()
    with lines.job("reminders") as job, begin() as db:
        wait_alone(db, ALONE)
        told = remind(db, now=now, review_days=review_days) if reminders else 0
        job.done = told + make_digests(db, now=now)


def keep_the_head(settings: Settings, begin: Transaction) -> tuple[int, int]:
    """Keep the end of the log's chain outside the database, when the log has grown since it was last kept.

    How many ends were kept, and how many could not be.
    """
    from ..outside.log_heads import keep_head, latest_head
    from ..outside.seal import SealFault
    from ..services.verify_log import log_head

    with begin() as db:
        end = log_head(db.connection(), now=clock.now())
    kept = latest_head(settings.log_heads)
    if end is None or (kept is not None and kept.hash == end.hash):
        return 0, 0
    try:
        keep_head(settings.log_heads, end, seal=settings.authority.seal)
    except (OSError, SealFault) as fault:
        log.error("the end of the log was not kept (TILLSYN_LOG_HEADS, TILLSYN_SEAL_FILE)", exc_info=fault)
        return 0, 1
    return 1, 0


def send_what_waits(settings: Settings, begin: Transaction, lines: JobLines, stopped: Event) -> int:
    """Hand over every mail that is due; how many could not be."""
    from ..outside.mail import post_at
    from ..services.send_mail import claim_mail, mail_failed, mail_sent
    from .mail_text import write_mail

    if settings.mail is None:
        return 0
    with lines.job("mail") as job, post_at(settings.mail) as post:
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
                        job.done += 1
                    else:
                        mail_failed(db, id=one.id, fault=fault, now=clock.now())
                        job.failed += 1
                        log.warning("mail %s was not sent: %s", one.id, fault)
    return job.failed


def _handed_over(post: "Post", message: "EmailMessage") -> "MailFault | None":
    """None when the server has taken the message; otherwise why not."""
    from ..outside.mail import MailFault

    try:
        post.send(message)
    except MailFault as fault:
        return fault
    return None


def _go_on(settings: Settings, begin: Transaction, lines: JobLines, stopped: Event, every: int) -> None:
    """Look again and again. While the database is away, wait for it. Each hour a line on what waits."""
    from sqlalchemy.exc import OperationalError

    from ..services.measure_waiting import measure_waiting

    looked_at = None
    while not stopped.is_set():
        now = clock.now()
        try:
            again = looked_at is None or now - looked_at >= LOOK_AGAIN
            _one_round(settings, begin, lines, stopped, again=again)
            if again:
                looked_at = now
                with begin() as db:
                    lines.tell_waiting(measure_waiting(db, now=clock.now()))
        except OperationalError as fault:
            log.error("the database does not answer", exc_info=fault)
        stopped.wait(every)


def _setter(stopped: Event) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    return stop


COMMANDS = (worker,)

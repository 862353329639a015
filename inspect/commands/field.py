"""`tillsyn sync-file`: take in what a device could not send itself."""

from pathlib import Path

import click

from ..errors import TillsynError
from ..i18n import translate
from ..outside import clock
from ..outside.field_key import FieldKey
from ..services.read_sealed_file import read_sealed_file, take_in_file
from ..services.take_in_arrivals import cases_with_arrivals, take_in_safely
from ..settings import read_settings
from .terminal import UNUSABLE, language_of_terminal
from .work import Transaction, transaction, transactions


@click.command("sync-file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def sync_file(file: Path) -> int:
    """Take in FILE, which a device in the field exported because it could not send.

    Whoever carries the file cannot read it. The same file again changes nothing. Exit 1 when something in it
    was not taken in and waits for a person, 2 when the file cannot be used.
    """
    language = language_of_terminal()
    settings = read_settings()
    try:
        sealed = read_sealed_file(file.read_bytes())
        with transaction(settings) as db:
            done = take_in_file(db, file=sealed, key=FieldKey(settings.field_keys), now=clock.now())
            name, person = done.device.name, done.device.user.name
    except TillsynError as fault:
        click.echo(f"{file.name}: {translate(language, fault.reason, **fault.values)}", err=True)
        return UNUSABLE
    new, known = done.count("accepted", "conflict", "held"), done.count("known")
    refused = done.count("rejected")
    click.echo(
        f"{name} ({person}): {new} taken in, {known} known, {done.count('held')} held, {refused} refused"
    )
    if done.acked_seq < max((note.seq for note in sealed.notes), default=0):
        click.echo(
            f"{file.name}: notes before those in the file are missing; sync the device first", err=True
        )
        return 1
    return 1 if refused or done.count("held") else 0


@click.command("take-in")
def take_in() -> None:
    """Take what devices have sent into its cases, where nobody has looked at them since.

    A busy server keeps what comes, and takes it into its case when somebody opens the case; this does it for
    all cases. Safe to run at any time, and as often as one likes.
    """
    with transactions(read_settings()) as begin:
        taken, cases, left = take_in_all(begin)
    click.echo(f"{taken} batches taken in for {cases} cases")
    if left:
        click.echo(f"{left} cases have batches that could not be taken in; see the server's log", err=True)
        raise SystemExit(1)


def take_in_all(begin: Transaction) -> tuple[int, int, int]:
    """Of all cases, some batches in each transaction.

    How many batches, for how many cases, and how many of these have some left that could not be taken in.
    """
    taken = 0
    with begin() as db:
        waiting = cases_with_arrivals(db)
    for dnr in waiting:
        some = 1
        while some:
            with begin() as db:
                some = take_in_safely(db, dnr=dnr, now=clock.now(), most=AT_A_TIME)
            taken += some
    with begin() as db:
        left = set(cases_with_arrivals(db)) & set(waiting)
    return taken, len(waiting), len(left)


AT_A_TIME = 2
"""Batches in one transaction: devices that send meanwhile wait for their turn to write."""

COMMANDS = (sync_file, take_in)

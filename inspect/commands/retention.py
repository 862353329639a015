"""`tillsyn dispose`: carry out what two people have decided to dispose of."""

from typing import TYPE_CHECKING

import click

from ..outside import clock
from ..settings import read_settings
from .work import Transaction, transactions

if TYPE_CHECKING:
    from threading import Event


@click.command()
def dispose() -> None:
    """Carry out every disposal that is approved, a case at a time.

    It may be interrupted and begun again: each case goes whole or not at all. The worker does the same.
    """
    with transactions(read_settings()) as begin:
        done = carry_out_all(begin)
    click.echo(f"{done} steps of disposals done" if done else "no disposal waits")


def carry_out_all(begin: Transaction, stopped: "Event | None" = None) -> int:
    """How many steps were done: a case that went or was left, or a disposal that was done."""
    from ..outside.wiped_space import wipe_space
    from ..services.carry_out_disposal import carry_out_next
    from ..services.rows_of_case import tables_with_case

    done, going = 0, True
    while going and not (stopped is not None and stopped.is_set()):
        with begin() as db:
            engine = db.connection().engine
            going = carry_out_next(db, now=clock.now())
        done += going
    if done:
        wipe_space(engine, [table.name for table in tables_with_case()])
    return done


COMMANDS = (dispose,)

"""`tillsyn audit verify|head|role`: the log of what happened, and whether it is what was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import NotPossibleNow
from ..outside import clock
from ..settings import Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

SHOWN = 50


@contextmanager
def _connected(settings: Settings) -> "Iterator[Connection]":
    from ..outside.database import make_engine
    from ..outside.reach import reach_always

    engine = make_engine(settings.database_url)
    reach_always(engine)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@click.group()
def audit() -> None:
    """The log: find what was changed in it, keep its end outside the database."""


@audit.command()
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with ends of the chain; else the one of TILLSYN_LOG_HEADS.",
)
def verify(heads: Path | None) -> int:
    """Compute the whole chain again. Exit 1 when a row was changed, moved, put in or taken away.

    Each fault is told with its number in the chain. That the end was cut off, or the chain made anew, is
    told by the ends that were kept outside the database.
    """
    from ..outside.log_heads import read_heads
    from ..outside.seal import SealFault
    from ..services.verify_log import verify_log

    settings = read_settings()
    path = heads or settings.log_heads
    try:
        kept = read_heads(path, seal=settings.authority.seal)  # before the log, which goes on growing
    except SealFault as fault:
        raise NotPossibleNow(str(fault)) from None
    with _connected(settings) as connection:
        found = verify_log(connection, kept.heads)
    faults = [*kept.faults, *map(str, found.faults)]
    for fault_line in faults[:SHOWN]:
        click.echo(fault_line, err=True)
    if len(faults) > SHOWN:
        click.echo(f"and {len(faults) - SHOWN} more", err=True)
    end = f"; the last is number {found.head[0]}, {found.head[1].hex()}" if found.head else ""
    click.echo(f"{found.events} events in the chain{end}")
    if not kept.heads:
        click.echo(f"no end of the chain is kept in {path}: that it was cut off cannot be told")
    else:
        click.echo(f"{len(kept.heads)} ends of it in {path}, {kept.signed} of them signed")
    click.echo(f"faults: {len(faults)}" if faults else "nothing is wrong")
    return 1 if faults else 0


@audit.command()
def head() -> None:
    """Keep the end of the chain in the file of TILLSYN_LOG_HEADS now, and print it."""
    from ..outside.log_heads import keep_head
    from ..outside.seal import SealFault
    from ..services.verify_log import log_head

    settings = read_settings()
    with _connected(settings) as connection:
        end = log_head(connection, now=clock.now())
    if end is None:
        raise NotPossibleNow("the log is empty: it has no end yet")
    try:
        keep_head(settings.log_heads, end, seal=settings.authority.seal)
    except SealFault as fault:
        raise NotPossibleNow(str(fault)) from None
    click.echo(f"{end.number} {end.hash.hex()}")


@audit.command()
@click.argument("name")
def role(name: str) -> None:
    """Give the role NAME of PostgreSQL what the application needs, and of the log only to read and add.

    Run it as the owner of the tables, after each `tillsyn db upgrade`; the application then signs in as NAME.
    """
    from ..outside.database_roles import let_role_work

    with _connected(read_settings()) as connection:
        let_role_work(connection, name)
        connection.commit()
    click.echo(f"{name} may read and write, and of the log read and add")


COMMANDS = (audit,)

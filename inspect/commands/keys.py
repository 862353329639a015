"""`tillsyn keys status|rotate|renew`: the keys that seal what was said, while the service goes on."""

from typing import TYPE_CHECKING
from uuid import UUID

import click

from ..outside import clock
from ..settings import read_settings
from .work import Transaction, transactions

if TYPE_CHECKING:
    from ..outside.keys import DataCipher

GO_ON = "Stopped at any moment it loses nothing, and the same command goes on."


@click.group()
def keys() -> None:
    """The keys of what people said: see them, rotate them, renew that of a case."""


@keys.command()
def status() -> int:
    """Say which keys there are, and whether all of them open. Exit 1 when one does not."""
    from ..outside.cipher import cipher_of
    from ..services.see_keys import see_keys

    settings = read_settings()
    cipher = cipher_of(settings)
    with transactions(settings) as begin, begin() as db:
        seen = see_keys(db.connection())
    click.echo(f"keys are wrapped by {cipher.current.id}")
    for kek_id, number in seen.by_kek.items():
        state = "in use" if kek_id == cipher.current.id else "older: tillsyn keys rotate"
        click.echo(f"  {kek_id}: {number} ({state if cipher.knows(kek_id) else 'IS NOT HERE'})")
    click.echo(f"{seen.retired} former keys wait to be destroyed, {seen.destroyed} are destroyed")
    if seen.older:
        number = sum(seen.older.values())
        click.echo(f"{number} values are sealed with TILLSYN_DATA_KEY itself: tillsyn keys renew --all")
        for name, number in seen.older.items():
            click.echo(f"  {name}: {number}")
    return 0 if all(cipher.knows(kek_id) for kek_id in seen.by_kek) else 1


@keys.command(help=f"Wrap every data key with the key-encryption key in force.\n\n{GO_ON}")
def rotate() -> None:
    from ..outside.cipher import cipher_of
    from ..services.rewrap_keys import keys_left, rewrap_some

    settings = read_settings()
    cipher = cipher_of(settings)
    with transactions(settings) as begin:
        with begin() as db:
            all_left = keys_left(db, cipher)
        done = 0
        while True:
            with begin() as db:
                number = rewrap_some(db, cipher, now=clock.now())
            if not number:
                break
            done += number
            click.echo(f"{done} of {max(done, all_left)} keys")
    click.echo(f"all keys are wrapped by {cipher.current.id}")


@keys.command(help=f"Seal what a case has with a new key.\n\n{GO_ON}")
@click.argument("dnr", required=False)
@click.option("--all", "everything", is_flag=True, help="Every case, and what belongs to none.")
def renew(dnr: str | None, everything: bool) -> None:
    from ..outside.cipher import cipher_of

    if (dnr is None) is not everything:
        raise click.UsageError("name one case, or give --all")
    settings = read_settings()
    cipher = cipher_of(settings)
    with transactions(settings) as begin:
        holders = _holders(begin, dnr)
        for number, (name, holder) in enumerate(holders, 1):
            values, destroyed = _renewed(begin, cipher, holder)
            told = f"{name}: {values} values sealed anew ({number} of {len(holders)})"
            click.echo(told + (", the former key destroyed" if destroyed else ""))


def _holders(begin: Transaction, dnr: str | None) -> list[tuple[str, UUID]]:
    from sqlalchemy import select

    from ...models.data_keys import OF_NO_CASE
    from ...models.inspections import Inspection
    from ..errors import NotFound

    with begin() as db:
        wanted = select(Inspection.dnr, Inspection.id).order_by(Inspection.id)
        if dnr is None:
            wanted = wanted.where(Inspection.disposed_at.is_(None))
            return [*((name, id) for name, id in db.execute(wanted)), ("(no case)", OF_NO_CASE)]
        one = db.execute(wanted.where(Inspection.dnr == dnr)).one_or_none()
        if one is None:
            raise NotFound("there is no case with the number %(dnr)s", {"dnr": dnr})
        return [(one.dnr, one.id)]


def _renewed(begin: Transaction, cipher: "DataCipher", holder: UUID) -> tuple[int, int]:
    from ..services.renew_case_key import begin_renewal, end_renewal, renew_some, sealed_tables

    with begin() as db:
        key = begin_renewal(db, cipher, holder=holder, now=clock.now())
    values = 0
    for table in sealed_tables():
        last: UUID | None = None
        while True:
            with begin() as db:
                step = renew_some(db, cipher, holder=holder, key=key, table=table, after=last)
            if step.last is None:
                break
            values, last = values + step.values, step.last
            if step.values:
                click.echo(f"  {table.name}: {values} values", err=True)
    with begin() as db:
        return values, end_renewal(db, cipher, holder=holder, values=values, now=clock.now())


COMMANDS = (keys,)

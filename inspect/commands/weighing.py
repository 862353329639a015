"""`tillsyn weigh`."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

import click

from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..i18n import translate
from ..outside import clock
from ..rules.weighing import UnusableCase, case_from_json, result_as_json, weigh
from ..services.find_overrides import verify_all_overrides
from ..services.take_in_arrivals import cases_with_arrivals
from ..settings import read_settings
from .field import take_in_all
from .letting_out import record_by_command
from .terminal import UNUSABLE, language_of_terminal
from .work import transaction, transactions


@click.command("weigh")
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--lines", is_flag=True, help="FILE holds one case a line; one result a line comes out.")
@click.option(
    "--all", "all_", is_flag=True, help="Weigh every stored inspection anew, and list what differs."
)
@click.option("--verify-overrides", is_flag=True, help="Recompute the hash chain of every decided position.")
def weigh_(file: BinaryIO | None, lines: bool, all_: bool, verify_overrides: bool) -> int:
    """Weigh the case in FILE (JSON; - for standard input) and print the result as JSON.

    Exit 2, with one line per fault on standard error, when a case cannot be used. With --lines every
    other case is weighed all the same, and null stands in the place of the result; empty lines are
    passed over.

    With --all, without FILE: what devices have sent is taken into its cases first, and nothing else that is
    stored is changed; one JSON object a line tells what the method now finds otherwise than the kept result,
    and why (method, catalogue or evidence has changed). Cases whose notes could not be taken in are weighed
    without them and named on standard error, and the exit code is 1.

    With --verify-overrides, alone: exit 1, with one line per record, when a decided position is not as
    it was written.
    """
    if verify_overrides and not (file or lines or all_):
        return _verify_overrides()
    if verify_overrides or all_ == (file is not None) or (all_ and lines):
        raise click.UsageError(
            "Give a FILE (with or without --lines), or one of --all and --verify-overrides alone."
        )
    return _weigh_all() if file is None else _weigh_file(file, lines)


def _verify_overrides() -> int:
    with transaction() as db:
        broken = verify_all_overrides(db)
        for one in broken:
            dnr = db.get_one(Inspection, one.inspection_id).dnr
            click.echo(f"{dnr}: decided position {one.number} is not as it was written", err=True)
    if broken:
        return 1
    click.echo("every decided position is as it was written")
    return 0


def _weigh_all() -> int:
    from ..services.weigh_all import Tally, alpha_by_quarter, weigh_all  # NumPy comes with it

    tally = Tally()
    with transactions(read_settings()) as begin:
        take_in_all(begin)
        with begin() as db:
            record_by_command(db, command="weigh.all", now=clock.now())
        with begin() as db:
            left = cases_with_arrivals(db)
            for difference in weigh_all(db, alpha_at=alpha_by_quarter(db), tally=tally):
                click.echo(json.dumps(asdict(difference), ensure_ascii=False))
    click.echo(
        f"{tally.inspections} inspections weighed in {tally.whole:.1f} s, {tally.reading:.1f} s reading;"
        f" {len(tally.differing)} differ from what is kept",
        err=True,
    )
    for dnr in left:
        click.echo(f"{dnr}: notes from devices could not be taken in; weighed without them", err=True)
    return 1 if left else 0


def _weigh_file(file: BinaryIO, lines: bool) -> int:
    language = language_of_terminal()
    worst = 0
    for number, text in _cases(file, lines):
        try:
            case = case_from_json(text)
        except UnusableCase as unusable:
            place = translate(language, N_("line %(number)s"), number=number) + ": " if lines else ""
            for fault in unusable.faults:
                click.echo(
                    f"{place}{fault.path}: {translate(language, fault.text, **fault.values)}", err=True
                )
            worst = UNUSABLE
            if lines:
                click.echo("null")
            continue
        result = result_as_json(weigh(case.catalogue, case.inspection))
        # JSON is UTF-8 whatever the terminal's own encoding is.
        click.echo(json.dumps(result, ensure_ascii=False, indent=None if lines else 1).encode())
    return worst


def _cases(file: BinaryIO, lines: bool) -> Iterator[tuple[int, bytes]]:
    """Each case with the number of the line that it begins on."""
    if not lines:
        yield 1, file.read()
        return
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield number, line


COMMANDS = (weigh_,)

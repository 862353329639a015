"""`tillsyn import`, `export` and `weigh`."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from ..i18n import LANGUAGES, translate
from ..outside import clock
from ..rules.weighing import Fault, UnusableCase, parse_case, result_as_json, weigh
from ..services.export_inspection import export_inspection
from ..services.find_inspection import find_inspection
from ..services.import_inspection import UnusableFile, import_inspection, read_inspection_file
from .work import actor_named, transaction

UNUSABLE = 2


def language_of_terminal() -> str:
    """sv or en, from LC_ALL, LC_MESSAGES or LANG; English when they say nothing we know."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return chosen[:2] if chosen[:2] in LANGUAGES else "en"


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", metavar="EMAIL", help="The account that becomes responsible inspector.")
def import_(file: Path, email: str | None) -> int:
    """Take in the inspection in FILE (format tillsyn-inspection/1), whole or not at all.

    The same file again changes nothing. Exit 2, with one line per fault, when the file cannot be used.
    """
    language = language_of_terminal()
    try:
        with transaction() as db:
            actor = actor_named(db, email)
            data = read_inspection_file(file.read_bytes())
            done = import_inspection(db, actor=actor, data=data, now=clock.now())
            state = done.inspection.state.value
    except UnusableFile as unusable:
        for fault in unusable.faults:
            click.echo(
                f"{file.name}: {fault.path}: {translate(language, fault.text, **fault.values)}", err=True
            )
        click.echo(translate(language, unusable.reason), err=True)
        return UNUSABLE
    click.echo(
        f"{data['dnr']}: imported, now in {state}"
        if done.is_new
        else f"{data['dnr']}: already here, nothing changed"
    )
    return 0


@click.command("export")
@click.argument("dnr")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output."
)
@click.option("--as", "email", metavar="EMAIL", help="The account that the log names.")
def export(dnr: str, output: Path | None, email: str | None) -> None:
    """Give the inspection DNR back in the format tillsyn-inspection/1."""
    with transaction() as db:
        actor = actor_named(db, email)
        data = export_inspection(db, actor=actor, inspection=find_inspection(db, dnr), now=clock.now())
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(f"{dnr}: written to {output.name}", err=True)


@click.command("weigh")
@click.argument("file", type=click.File("rb"))
@click.option("--lines", is_flag=True, help="FILE holds one case a line; one result a line comes out.")
def weigh_(file: BinaryIO, lines: bool) -> int:
    """Weigh the case in FILE (JSON; - for standard input) and print the result as JSON.

    Exit 2, with one line per fault, when a case cannot be used.
    """
    worst = 0
    for place, text in _cases(file, lines):
        try:
            case = parse_case(_decoded(text))
        except UnusableCase as unusable:
            for fault in unusable.faults:
                click.echo(f"{place}{fault}", err=True)
            worst = UNUSABLE
            if lines:
                click.echo("null")
            continue
        result = result_as_json(weigh(case.catalogue, case.inspection))
        click.echo(json.dumps(result, ensure_ascii=False, indent=None if lines else 1))
    return worst


def _cases(file: BinaryIO, lines: bool) -> Iterator[tuple[str, bytes]]:
    if not lines:
        yield "", file.read()
        return
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield f"line {number}: ", line


def _decoded(text: bytes) -> Any:
    try:
        return json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise UnusableCase([Fault("case", f"is not UTF-8 (byte {fault.start})")]) from None
    except (json.JSONDecodeError, RecursionError) as fault:
        raise UnusableCase([Fault("case", f"is not JSON ({fault})")]) from None


COMMANDS = (import_, export, weigh_)

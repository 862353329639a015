"""`tillsyn import` and `export`."""

import json
from pathlib import Path

import click

from ..errors import NotPossibleNow
from ..i18n import translate
from ..outside import clock
from ..rules.access import Permission, may
from ..services.blind_coding import has_colleagues_unseen
from ..services.export_inspection import export_inspection
from ..services.import_inspection import UnusableFile, import_inspection, read_inspection_file
from ..services.take_in_arrivals import has_arrivals, take_in_safely
from .letting_out import case_for, for_account, write_out
from .terminal import UNUSABLE, language_of_terminal
from .work import actor_named, transaction


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
@for_account
def export(dnr: str, output: Path | None, email: str) -> None:
    """Give the inspection DNR back in the format tillsyn-inspection/1, with all that devices sent for it.

    For whoever leads the case or decides in it. The file holds the whole case in clear.
    """
    now = clock.now()
    with transaction() as db:
        if has_arrivals(db, dnr):
            take_in_safely(db, dnr=dnr, now=now)
        actor, inspection = case_for(
            db, email=email, dnr=dnr, permission=Permission.LEAD_INSPECTION, command="export", now=now
        )
        codes = may(actor, Permission.CODE_STATEMENTS, inspection)
        if codes and has_colleagues_unseen(db, inspection, actor.user_id):
            raise NotPossibleNow(
                "colleagues have judged what %(email)s has yet to judge unseen: code it first",
                {"email": email},
            )
        data = export_inspection(db, actor=actor, inspection=inspection, now=now)
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_out(output, text.encode())
        click.echo(f"{dnr}: written to {output.name}", err=True)


COMMANDS = (import_, export)

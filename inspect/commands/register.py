"""`tillsyn register`: providers, homes and permits from a file."""

from pathlib import Path

import click

from ..exchange.register_table import UnusableTable
from ..i18n import translate
from ..outside import clock
from ..services.import_register import import_register, look_at_file
from ..services.register_plan import RegisterPlan
from .terminal import UNUSABLE, language_of_terminal
from .work import actor_named, transaction


@click.group()
def register() -> None:
    """Providers, homes and permits: look at a file, or take it in."""


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--as", "email", metavar="EMAIL", help="The account that does it and that the log names.")
def import_(file: Path, dry_run: bool, email: str | None) -> int:
    """Take FILE (CSV) into the register, whole or not at all; the same file again changes nothing.

    Exit 2, with one line per fault, when the file cannot be used.
    """
    language = language_of_terminal()
    try:
        with transaction() as db:
            content = file.read_bytes()
            if dry_run:
                plan = look_at_file(db, content).plan
            else:
                actor = actor_named(db, email)
                plan = import_register(db, actor=actor, name=file.name, content=content, now=clock.now())
    except UnusableTable as unusable:
        for fault in unusable.faults:
            text = translate(language, fault.text, **fault.values)
            place = f"{file.name}:{fault.line}"
            click.echo(f"{place}: {fault.column}: {text}" if fault.column else f"{place}: {text}", err=True)
        click.echo(f"{file.name}: {len(unusable.faults)} faults, nothing taken in", err=True)
        return UNUSABLE
    click.echo(f"{file.name}: {_told(plan, dry_run)}")
    return 0


def _told(plan: RegisterPlan, dry_run: bool) -> str:
    if not plan.steps:
        return f"{plan.lines} lines, nothing to change"
    would = "would be " if dry_run else ""
    return f"{plan.lines} lines, {len(plan.added)} {would}added, {len(plan.changed)} {would}changed"


COMMANDS = (register,)

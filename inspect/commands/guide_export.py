"""`tillsyn guides export`: what was written in the browser, as files to commit."""

from datetime import datetime
from pathlib import Path

import click

from ..outside import clock
from ..services.export_guides import export_guides
from .work import transaction


@click.command("export")
@click.argument("pack")
@click.argument("guide", required=False)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the pack: the files are written to guides/ in it.",
)
@click.option("--version", metavar="NAME", help="This version of GUIDE, also a draft.")
@click.option("--on", type=click.DateTime(("%Y-%m-%d",)), help="As on this day; today when it is left out.")
def export(pack: str, guide: str | None, output: Path, version: str | None, on: datetime | None) -> int:
    """Write the guides of PACK, or its GUIDE alone, as they are used today, to files that can be committed.

    The files are as the reader takes them, and laid out always alike: what differs is what was changed.
    """
    if version is not None and guide is None:
        raise click.UsageError("--version needs a GUIDE: each guide has versions of its own.")
    day = on.date() if on else clock.now().astimezone(clock.SWEDEN).date()
    with transaction() as db:
        files = export_guides(db, pack=pack, guide=guide, version=version, on=day)
    folder = output / "guides"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = folder / f"{name}.yaml"
        same = file.is_file() and file.read_text("utf-8") == text
        file.write_text(text, "utf-8")
        click.echo(f"{file}: {'as it was' if same else 'written'}", err=True)
    return 0


COMMANDS = (export,)

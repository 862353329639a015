"""`tillsyn letter render` and `tillsyn letter verify`."""

from pathlib import Path

import click

from ...models.vocabulary import EventKind, LetterState
from ..i18n import LANGUAGES
from ..outside import clock
from ..services.find_inspection import find_inspection
from ..services.find_letter import find_letter
from ..services.record_event import record_event
from ..services.render_letter import recognise, render_letter
from ..settings import read_settings
from .work import actor_named, transaction


@click.group()
def letter() -> None:
    """The feedback letter: render it, or say whether a file is the approved one."""


@letter.command()
@click.argument("dnr")
@click.option("--language", type=click.Choice(LANGUAGES), default="sv", show_default=True)
@click.option("--format", "form", type=click.Choice(("pdf", "html")), default="pdf", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
@click.option("--as", "email", metavar="EMAIL", help="The account that the log names.")
def render(dnr: str, language: str, form: str, output: Path, email: str | None) -> None:
    """Write the letter of the inspection DNR to a file.

    An approved letter is written exactly as it was approved. Before that a draft is written, and says so;
    if no letter is composed yet, from what is proposed.
    """
    settings = read_settings()
    with transaction(settings) as db:
        inspection = find_inspection(db, dnr)
        data = render_letter(
            db,
            inspection=inspection,
            language=language,  # type: ignore[arg-type]
            form=form,  # type: ignore[arg-type]
            authority=settings.authority,
            now=clock.now(),
        )
        stored = find_letter(db, inspection)
        if stored is not None:
            record_event(
                db,
                EventKind.LETTER_RENDERED,
                actor=actor_named(db, email),
                now=clock.now(),
                inspection_id=inspection.id,
                letter=stored.id,
                format=form,
                language=language,
            )
        final = stored is not None and stored.state in (LetterState.APPROVED, LetterState.SENT)
    output.write_bytes(data)
    click.echo(
        f"{dnr}: {'approved letter' if final else 'draft'} written to {output.name}, {len(data)} bytes",
        err=True,
    )


@letter.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> int:
    """Say whether FILE is an approved letter, unchanged. Exit 1 when it is not."""
    with transaction() as db:
        found = recognise(db, file.read_bytes())
        if found is None:
            click.echo(f"{file.name}: not an approved letter, or changed since it was approved", err=True)
            return 1
        version, inspection = found
        stored = find_letter(db, inspection)
        versions = stored.versions if stored else []
        newer = [
            one.number for one in versions if one.language == version.language and one.number > version.number
        ]
        click.echo(
            f"{file.name}: the approved letter of {inspection.dnr}, version {version.number}, "
            f"{version.language}, "
            f"approved {version.at.astimezone(clock.SWEDEN):%Y-%m-%d %H:%M}"
        )
        if newer:
            click.echo(f"{file.name}: there is a newer version, number {max(newer)}")
    return 0


COMMANDS: tuple[click.Command, ...] = (letter,)

"""`tillsyn letter`: render; verify and the certificate for demonstration stand in letter_verify.py."""

from pathlib import Path

import click

from ...models.event_kinds import EventKind
from ...models.letter_vocabulary import LetterState
from ..outside import clock
from ..rules.access import Permission
from ..rules.letter_kinds import FOR_CHILDREN, FOR_CHILDREN_KINDS, KINDS, kind_named
from ..services.find_letter import find_letter
from ..services.letter_files import FORMATS, Format
from ..services.record_event import record_event
from ..services.render_letter import render_letter
from ..services.unverified_words import UNVERIFIED, unverified_languages
from ..settings import read_settings
from .letter_verify import seal_demo_certificate, verify
from .letting_out import case_for, for_account, write_out
from .work import transaction

LANGUAGES = FOR_CHILDREN
"""Every language of any kind; of each kind its own row says which."""

AGES = tuple(kind.value.removeprefix("child-") for kind in FOR_CHILDREN_KINDS)
NAMES = tuple(dict.fromkeys("child" if kind in FOR_CHILDREN_KINDS else kind.value for kind in KINDS))


@click.group()
def letter() -> None:
    """The letters of a case: render one, or say whether a file is genuine."""


@letter.command()
@click.argument("dnr")
@click.option(
    "--kind", "name", type=click.Choice(NAMES), default="feedback", show_default=True, help="Which letter."
)
@click.option(
    "--age", type=click.Choice(AGES), default=AGES[-1], show_default=True, help="Of a letter to children."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="sv", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="pdf", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
@for_account
def render(dnr: str, name: str, age: str, language: str, form: Format, output: Path, email: str) -> None:
    """Write a letter of the inspection DNR to a file.

    A letter that is approved or issued is written exactly as it was. Before that a draft is written, and says
    so; if no letter is composed yet, from what is proposed.
    """
    settings = read_settings()
    kind = kind_named(name, age)
    if language not in KINDS[kind].languages:
        raise click.UsageError(f"a letter of this kind is written in {', '.join(KINDS[kind].languages)}")
    now = clock.now()
    with transaction(settings) as db:
        actor, inspection = case_for(
            db, email=email, dnr=dnr, permission=Permission.READ_INSPECTION, command="letter.render", now=now
        )
        data = render_letter(
            db,
            inspection=inspection,
            language=language,  # type: ignore[arg-type]
            form=form,
            authority=settings.authority,
            now=now,
            kind=kind,
        )
        stored = find_letter(db, inspection, kind)
        if stored is not None:
            record_event(
                db,
                EventKind.LETTER_RENDERED,
                actor=actor,
                now=now,
                inspection_id=inspection.id,
                letter=stored.id,
                format=form,
                language=language,
            )
        unverified = unverified_languages(inspection.pack, kind)
        final = stored is not None and stored.state in (LetterState.APPROVED, LetterState.SENT)
    write_out(output, data)
    what = ("approved letter" if KINDS[kind].reviewed else "issued letter") if final else "draft"
    click.echo(
        f"{dnr}: {what} written to {output.name}, {len(data)} bytes",
        err=True,
    )
    if language in unverified:
        click.echo(UNVERIFIED, err=True)


letter.add_command(verify)
letter.add_command(seal_demo_certificate)

COMMANDS: tuple[click.Command, ...] = (letter,)

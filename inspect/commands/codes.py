"""`tillsyn codes`: the code book and coded passages, to and from other programs (REFI-QDA)."""

from pathlib import Path

import click

from ...interview_guides.guide import load_pack
from ..exchange.refi_qda_model import UnusableExchange
from ..i18n import LANGUAGES, translate
from ..outside import clock
from ..rules.access import Permission
from ..services.export_codes import code_book_file, export_codes
from ..services.find_inspection import find_inspection
from ..services.import_codes import import_codes
from .letting_out import case_for, for_account, write_out
from .terminal import UNUSABLE, language_of_terminal
from .work import actor_named, transaction

_OUTPUT = click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="sv", show_default=True, help="Of names and words."
)
_AS = click.option("--as", "email", metavar="EMAIL", help="The account that does it and that the log names.")


@click.group()
def codes() -> None:
    """The code book and coded passages, to and from other programs (REFI-QDA)."""


@codes.command("export")
@click.argument("dnr")
@_OUTPUT
@_LANGUAGE
@for_account
def export_(dnr: str, output: Path, language: str, email: str) -> None:
    """Write the coded inspection DNR as a project (QDPX), for whoever codes in it.

    As that person may see it: the second coder does not see the first.
    """
    now = clock.now()
    with transaction() as db:
        actor, inspection = case_for(
            db, email=email, dnr=dnr, permission=Permission.CODE_STATEMENTS, command="codes.export", now=now
        )
        content = export_codes(db, actor=actor, inspection=inspection, language=language, now=now)
    write_out(output, content)
    click.echo(f"{dnr}: written to {output.name}, {len(content)} bytes", err=True)


@codes.command("import")
@click.argument("dnr")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_AS
def import_(dnr: str, file: Path, email: str | None) -> int:
    """Add the texts, passages and codes in FILE (QDPX, QDE or QDC) to the inspection DNR.

    Whole or not at all; the same file again changes nothing. Exit 2, with one line per fault, when the
    file cannot be used.
    """
    language = language_of_terminal()
    try:
        with transaction() as db:
            done = import_codes(
                db,
                actor=actor_named(db, email),
                inspection=find_inspection(db, dnr),
                content=file.read_bytes(),
                language=language,
                now=clock.now(),
            )
    except UnusableExchange as unusable:
        for fault in unusable.faults:
            text = translate(language, fault.text, **fault.values)
            click.echo(f"{file.name}:{fault.place}: {text}", err=True)
        click.echo(translate(language, unusable.reason), err=True)
        return UNUSABLE
    if not done.is_new:
        click.echo(f"{dnr}: already here, nothing changed")
        return 0
    added = done.added
    click.echo(
        f"{dnr}: {added.sources} texts, {added.statements} statements, {added.passages} passages, "
        f"{added.codings} judgements and {added.memos} memos added"
    )
    for names, told in (
        (done.foreign, "codes without a theme here"),
        (done.unknown_users, "coders without an account in the case"),
        ([f"{count} {name}" for name, count in (*done.kept, *done.left_out)], "not taken in"),
    ):
        if names:
            click.echo(f"{dnr}: {told}: {', '.join(names)}")
    return 0


@codes.command("book")
@_OUTPUT
@_LANGUAGE
@click.option("--pack", "named", help="The content pack whose code book it is; without it, the default pack.")
def book(output: Path, language: str, named: str | None) -> None:
    """Write the code book (QDC): themes under their areas, and the severity scale."""
    pack = load_pack(named)
    content = code_book_file(pack, language)
    output.write_bytes(content)
    click.echo(f"{pack.id}: code book written to {output.name}, {len(content)} bytes", err=True)


COMMANDS = (codes,)

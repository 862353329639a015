"""`tillsyn guides compare` and `tillsyn guides print`: two versions in words, and a guide on paper."""

from pathlib import Path
from textwrap import indent
from typing import cast

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from ...interview_guides.content import Guide, Text
from ...interview_guides.guide import Pack, UnknownContent, load_pack
from ...models.vocabulary import N_
from ...reports.guide_sheet import Language
from ..i18n import LANGUAGES, translate
from ..outside import clock
from ..rules.guide_comparison import Change, Kind, compare_guides
from ..rules.guide_words import values_in
from ..rules.reasons import Reason
from ..services.find_guides import guide_version, list_versions, offered_guide
from ..services.lay_out_guide import guide_as_pdf
from .work import transaction

FILE = "file"
"""The word for the version that stands in the files of the product, whatever it is called."""

_LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="sv", show_default=True)


@click.command("compare")
@click.argument("pack")
@click.argument("guide")
@click.argument("before", metavar="V1")
@click.argument("after", metavar="V2")
@_LANGUAGE
def compare(pack: str, guide: str, before: str, after: str, language: str) -> None:
    """Say in sentences what differs between the versions V1 and V2 of a GUIDE of a PACK.

    `file` names the version in the files of the product.
    """
    found = _pack(pack, guide)
    with transaction() as db:
        old, new = (_version(db, found, guide, name) for name in (before, after))
    changes = compare_guides(old, new)
    for change in changes:
        for line in _lines(change, found, language):
            click.echo(line)
    click.echo(f"{len(changes)} changes", err=True)


@click.command("print")
@click.argument("pack")
@click.argument("guide")
@_LANGUAGE
@click.option(
    "--version", "name", default="", help="Version to print [default: the one that is offered today]."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
def print_(pack: str, guide: str, language: str, name: str, output: Path) -> None:
    """Write a GUIDE of a PACK as a PDF with lines to write on.

    Without a database it is the guide in the files of the product.
    """
    found = _pack(pack, guide)
    try:
        with transaction() as db:
            chosen = (
                _version(db, found, guide, name)
                if name
                else offered_guide(db, pack, guide, on=clock.now().astimezone(clock.SWEDEN).date())
            )
    except (OperationalError, ProgrammingError):
        if name not in ("", FILE):
            raise
        chosen = found.guide(guide)
    data = guide_as_pdf(found, chosen, cast(Language, language))
    output.write_bytes(data)
    click.echo(f"{pack} {guide} {chosen.version} written to {output.name}, {len(data)} bytes", err=True)


def _pack(pack: str, guide: str) -> Pack:
    try:
        found = load_pack(pack)
        found.guide(guide)
    except UnknownContent as fault:
        raise click.UsageError(str(fault)) from None
    return found


def _version(db: Session, pack: Pack, guide: str, name: str) -> Guide:
    found = pack.guide(guide) if name == FILE else guide_version(db, pack.id, guide, name)
    if found is None:
        today = clock.now().astimezone(clock.SWEDEN).date()
        known = ", ".join(line.name for line in list_versions(db, pack.id, guide, on=today))
        raise click.UsageError(f"there is no version {name!r} of {guide!r}; there are: {known}, {FILE}")
    return found


def _lines(change: Change, pack: Pack, language: str) -> list[str]:
    def said(one: Text | Reason) -> str:
        if isinstance(one, Text):
            return one.in_language(language).strip()
        return translate(language, one.text, **values_in(one, pack, language))

    lines = [said(change.said)]
    if change.kind not in (Kind.ADDED, Kind.REMOVED):
        for title, parts in ((N_("Before"), change.before), (N_("Now"), change.after)):
            lines += [indent(f"{translate(language, title)}: {said(one)}", "    ") for one in parts]
    return lines


COMMANDS = (compare, print_)

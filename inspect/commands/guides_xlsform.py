"""`tillsyn guides import-xlsform` and `export-xlsform`: guides to and from the field's form programs."""

from pathlib import Path

import click

from ...interview_guides.guide import Pack, UnknownContent, load_pack
from ..exchange.xlsform_model import UnusableForm
from ..exchange.xlsform_report import Fate, ReportLine
from ..i18n import translate
from ..rules.form_placing import PLAIN, Placing
from ..services.export_guide_form import export_guide_form
from ..services.import_guide_form import ImportedForm, import_guide_form
from .terminal import UNUSABLE, language_of_terminal

_PACK = click.option("--pack", metavar="PACK", help="The pack it is for; else the default pack.")
_OUTPUT = click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)


def _by_group(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`A` for all, `GROUP=A` for one group (or language); the name may hold signs of equality itself."""
    found = {}
    for one in given:
        name, _sign, value = one.rpartition("=")
        if not value.strip():
            raise click.BadParameter(f"{one!r} names nothing", param=option)
        found[name.strip() or PLAIN] = value.strip()
    return found


def _languages(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    found = _by_group(context, option, given)
    if set(found.values()) - {"sv", "en"}:
        raise click.BadParameter("a language is sv or en", param=option)
    return found


@click.command("import-xlsform")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_OUTPUT
@_PACK
@click.option("--area", "areas", multiple=True, metavar="[GROUP=]AREA", callback=_by_group,
              help="Area of the questions in a group of the form, or of all that have none.")  # fmt: skip
@click.option("--theme", "themes", multiple=True, metavar="[GROUP=]THEME", callback=_by_group,
              help="Theme, in the same way.")  # fmt: skip
@click.option("--language", "languages", multiple=True, metavar="[NAME=]sv|en", callback=_languages,
              help="What a language of the form is here; without NAME, columns that name none.")  # fmt: skip
@click.option("--id", "guide_id", default="", metavar="ID", help="Id of the guide; else the form's.")
@click.option("--informant", type=click.Choice(("child", "staff", "manager", "other")), default=None,
              help="Whom the guide is for.")  # fmt: skip
@click.option("--version", default="", help="Version of the guide; else the form's.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path),
              help="File for the report, with every row; else it is printed.")  # fmt: skip
def import_(
    file: Path,
    output: Path,
    pack: str | None,
    areas: dict[str, str],
    themes: dict[str, str],
    languages: dict[str, str],
    guide_id: str,
    informant: str | None,
    version: str,
    report: Path | None,
) -> int:
    """Make a guide of the XLSForm in FILE, and report what it could not take.

    What a guide needs and the form does not have stays empty: put the file into the pack and let
    `tillsyn guides check` say where. Exit 2, with one line per fault, when the file cannot be used.
    """
    language = language_of_terminal()
    placing = Placing(areas, themes, languages, guide_id, informant or "", version)
    try:
        made = import_guide_form(file.read_bytes(), pack=_pack(pack), placing=placing)
    except UnusableForm as unusable:
        for fault in unusable.faults:
            click.echo(
                f"{file.name}:{fault.place}: {translate(language, fault.text, **fault.values)}", err=True
            )
        click.echo(translate(language, unusable.reason), err=True)
        return UNUSABLE
    output.write_text(made.file.text, encoding="utf-8")
    if report is None:
        click.echo(told(made, file.name, language, in_short=True), nl=False)
    else:
        report.write_text(told(made, file.name, language, in_short=False), encoding="utf-8")
    click.echo(
        f"{file.name}: {made.questions} questions written to {output.name}; "
        f"{made.without_area} need an area; {len(made.report)} lines in the report",
        err=True,
    )
    return 0


@click.command("export-xlsform")
@click.argument("guide")
@_OUTPUT
@_PACK
def export(guide: str, output: Path, pack: str | None) -> None:
    """Write GUIDE of a pack as an XLSForm (xlsx), in Swedish and English.

    Taken in again it gives the same guide.
    """
    found = _pack(pack)
    try:
        wanted = found.guide(guide)
    except UnknownContent as unknown:
        raise click.UsageError(f"{unknown}; there are: {', '.join(one.id for one in found.guides)}") from None
    content = export_guide_form(found, wanted)
    output.write_bytes(content)
    click.echo(f"{guide}: written to {output.name}, {len(content)} bytes", err=True)


def told(made: ImportedForm, file: str, language: str, *, in_short: bool) -> str:
    """The report as lines under headings, empty when there is nothing to tell."""
    text = ""
    for fate in Fate:
        lines = made.lines(fate)
        if lines:
            text += f"{translate(language, fate.heading)} ({len(lines)})\n"
            text += "".join(f"  {file}:{_line(line, language, in_short)}\n" for line in lines)
    return text


def _line(line: ReportLine, language: str, in_short: bool) -> str:
    value = " ".join(line.value.split())
    if in_short and len(value) > 80:
        value = f"{value[:79]}…"
    parts = [line.short_place if in_short else line.place, line.header, value]
    return ": ".join([*filter(None, parts), translate(language, line.text, **line.values)])


def _pack(pack: str | None) -> Pack:
    try:
        return load_pack(pack) if pack is not None else load_pack()
    except UnknownContent as unknown:
        raise click.UsageError(str(unknown)) from None


COMMANDS = (import_, export)

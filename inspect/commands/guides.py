"""`tillsyn guides`: the packs of questions and requirements, checked, listed and exchanged as files."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ...interview_guides.guide import BrokenPack, Fault, Pack, PackCard, check_packs, load_pack, pack_cards

ELSEWHERE: dict[str, tuple[str, str]] = {
    "compare": ("guides_read", "Say in sentences what differs between two versions of a guide."),
    "print": ("guides_read", "Write a guide as a PDF with lines to write on."),
    "export": ("guide_export", "Write the guides of a pack, as they are used, to files to commit."),
    "export-xlsform": ("guides_xlsform", "Write a guide of a pack as an XLSForm (xlsx)."),
    "import-xlsform": ("guides_xlsform", "Make a guide of an XLSForm, and report what it could not take."),
}
"""Commands of the group in modules of their own, loaded when they are asked for: the module of `commands/`
(whose COMMANDS has it), and what the help says of it."""


class GuideCommands(click.Group):
    """The group `guides`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in ELSEWHERE:
            return super().get_command(ctx, name)
        module = import_module(f".{ELSEWHERE[name][0]}", __package__)
        found: dict[str, click.Command] = {command.name: command for command in module.COMMANDS}
        return found[name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(sorted([*own, *((name, help) for name, (_, help) in ELSEWHERE.items())]))


_FORMAT = click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True
)


@click.group(cls=GuideCommands)
def guides() -> None:
    """Packs of questions and requirements: check them, list them, exchange them as files."""


@guides.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER]…")
@_FORMAT
def check(folders: tuple[Path, ...], form: str) -> int:
    """Say every fault in the packs in FOLDER…, or in all that come with the product.

    One line a fault, as FILE:LINE: WHAT. Exit 0 without faults, 1 with them, 2 when a FOLDER is no pack.
    """
    for folder in folders:
        if not (folder / "pack.yaml").is_file():
            raise click.UsageError(f"{folder} is no pack: there is no pack.yaml in it.")
    faults = check_packs(folders or None)
    if form == "json":
        told = [{"file": _near(one), "line": one.line, "message": one.message} for one in faults]
        click.echo(json.dumps({"faults": told}, ensure_ascii=False, indent=1).encode())
    else:
        for one in faults:
            click.echo(f"{_near(one)}:{one.line}: {one.message}")
        click.echo(f"{len(faults)} faults" if faults else "no faults", err=True)
    return 1 if faults else 0


@guides.command("list")
@_FORMAT
def list_(form: str) -> int:
    """List the packs: version, whether in use or an example, and how much each holds.

    Exit 1, with its faults, when a pack cannot be used.
    """
    try:
        rows = [_row(card, load_pack(card.id)) for card in pack_cards()]
    except BrokenPack as broken:
        raise click.ClickException(str(broken)) from None
    if form == "json":
        click.echo(json.dumps({"packs": rows}, ensure_ascii=False, indent=1).encode())
        return 0
    for row in rows:
        status = row["status"].replace("_", " ") + (", default" if row["default"] else "")
        questions = ", ".join(f"{guide} {count}" for guide, count in row["guides"].items())
        click.echo(f"{row['pack']} {row['version']} ({status}): {row['title']['en']}")
        click.echo(f"  {row['areas']} areas, {row['requirements']} requirements; questions: {questions}")
    return 0


def _row(card: PackCard, pack: Pack) -> dict[str, Any]:
    return {
        "pack": card.id,
        "version": card.version,
        "status": card.status,
        "default": card.is_default,
        "title": {"sv": card.title.sv, "en": card.title.en},
        "activities": [one.id for one in card.activities],
        "areas": len(pack.areas),
        "requirements": len(pack.requirements),
        "guides": {guide.id: len(guide.questions) for guide in pack.guides},
    }


def _near(fault: Fault) -> str:
    """The path of the file as seen from here, where it lies below; editors and CI make a link of it."""
    path, here = fault.path.resolve(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else fault.path)


COMMANDS = (guides,)

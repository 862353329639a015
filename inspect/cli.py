"""The command `tillsyn`. Exit codes: 0 done, 1 refused or failed, 2 unusable input or usage."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from .errors import Invalid, TillsynError
from .settings import UnfitSettings

MODULES: dict[str, str] = {
    "serve": "serving",
    "settings": "serving",
    "db": "data",
    "demo": "demo",
    "user": "account",
    "import": "cases",
    "export": "cases",
    "weigh": "cases",
    "letter": "letters",
}
"""The commands and the module of `commands/` that has each. A module is loaded when its command is asked
for: an import need not wait for the fonts of the letters."""


class Commands(click.Group):
    """The group `tillsyn`, which loads a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in MODULES:
            return None
        module = import_module(f".commands.{MODULES[name]}", __package__)
        found: dict[str, click.Command] = {command.name: command for command in module.COMMANDS}
        return found[name]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tillsyn")
def tillsyn() -> None:
    """Dialogue-based inspection support: the children first, then the letter that opens a dialogue."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error is one clear line on standard error."""
    sys.exit(_outcome(lambda: tillsyn.main(arguments, standalone_mode=False)))


def _outcome(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except click.UsageError as fault:
        fault.show()
        return 2
    except click.ClickException as fault:
        fault.show()
        return 1
    except click.Abort:
        return 1
    except (Invalid, UnfitSettings) as fault:
        click.echo(f"tillsyn: {fault}", err=True)
        return 2
    except TillsynError as fault:
        click.echo(f"tillsyn: {fault}", err=True)
        return 1
    except OperationalError as fault:
        click.echo(f"tillsyn: the database does not answer or has no tables: {fault.orig}", err=True)
        return 1
    return code if isinstance(code, int) else 0

"""The command `tillsyn`. Exit codes: 0 done, 1 refused or failed, 2 unusable input or usage.

What it loads it loads when it is needed: half of a short command's time is loading.
"""

import atexit
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

OBJECTS_BEFORE_CLEANING = 50_000
"""Python looks for reference cycles each 700 new objects; loading alone makes some hundred thousand, none
of them cyclic rubbish. A page makes about ten thousand."""

MODULES: dict[str, str] = {
    "serve": "serving",
    "settings": "serving",
    "db": "data",
    "demo": "demo",
    "user": "account",
    "import": "cases",
    "export": "cases",
    "weigh": "weighing",
    "letter": "letters",
    "codes": "codes",
    "guides": "guides",
    "guard": "guard",
    "sync-file": "field",
    "take-in": "field",
    "register": "register",
    "worker": "worker",
    "backup": "backup",
    "audit": "audit",
    "dispose": "retention",
    "archive": "archive",
    "archive-open": "archive",
    "archive-check": "archive",
    "restore": "backup",
    "keys": "keys",
}
"""The commands and the module of `commands/` that has each. A module is loaded when its command is asked
for: an import need not wait for the fonts of the letters."""

SHORT: dict[str, str] = {
    "serve": "Serve the pages with gunicorn until it is interrupted.",
    "settings": "Print the settings in force, secrets hidden.",
    "db": "The database: migrate it up or down, or check that it fits the code.",
    "demo": "Load the example data, and say how to sign in and what to try.",
    "user": "Accounts: add, list, disable.",
    "import": "Take in the inspection in FILE, whole or not at all.",
    "export": "Give the inspection DNR back in the format tillsyn-inspection/1.",
    "weigh": "Weigh the case in FILE (JSON; - for standard input).",
    "letter": "The letters of a case: render one, or say whether a file is genuine.",
    "codes": "The code book and coded passages, to and from other programs (REFI-QDA).",
    "guides": "Packs of questions and requirements: check them, list them, exchange them as files.",
    "sync-file": "Take in FILE, which a device in the field could not send itself.",
    "take-in": "Take what devices have sent into its cases, where nobody has looked at them since.",
    "worker": "Send the mail that waits, remind of dates and make the mail of the day.",
    "register": "Providers, homes and permits: look at a file, or take it in.",
    "backup": "Write everything to FILE, sealed by a passphrase, while others go on working.",
    "restore": "Put back what FILE holds, into a new instance folder and an empty database.",
    "audit": "The log: find what was changed in it, keep its end outside the database.",
    "archive": "Make the package of the closed case DNR for the e-archive, sealed by a passphrase.",
    "archive-open": "Open a sealed package for the e-archive.",
    "archive-check": "Look through a package for the e-archive: each file against METS and PREMIS.",
    "dispose": "Carry out every disposal that is approved, a case at a time.",
    "keys": "The keys of what people said: see them, rotate them, renew that of a case.",
    "guard": "Mark what in FILE (text, HTML, DOCX, PDF) may tell who somebody is.",
}
"""What each command is for, as the help of the whole lists it without loading them."""


class Commands(click.Group):
    """The group `tillsyn`, which loads a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(SHORT.items()))

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
    gc.set_threshold(OBJECTS_BEFORE_CLEANING, 10, 10)
    atexit.register(gc.freeze)  # else the process looks through all it loaded once more, to free it and end
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
    except _known() as fault:  # asked only when something went wrong
        return _told(fault)
    return code if isinstance(code, int) else 0


def _known() -> tuple[type[Exception], ...]:
    """What may go wrong without a fault of ours."""
    from sqlalchemy.exc import OperationalError

    from .errors import TillsynError
    from .settings import UnfitSettings

    return OperationalError, TillsynError, UnfitSettings


def _told(fault: Exception) -> int:
    """Say in one line what went wrong, and the exit code for it."""
    from sqlalchemy.exc import OperationalError

    from .errors import Invalid
    from .settings import UnfitSettings

    if isinstance(fault, OperationalError):
        click.echo(f"tillsyn: the database does not answer or has no tables: {fault.orig}", err=True)
    else:
        click.echo(f"tillsyn: {fault}", err=True)
    return 2 if isinstance(fault, Invalid | UnfitSettings) else 1

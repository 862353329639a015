"""The command `tillsyn`. Exit codes: 0 done, 1 refused or failed, 2 unusable input or usage."""

import sys
from collections.abc import Callable
from typing import Any

import click
from alembic.util.exc import CommandError
from sqlalchemy.exc import OperationalError

from .commands import account, cases, data, demo, letters, serving
from .errors import Invalid, TillsynError
from .settings import UnfitSettings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tillsyn")
def tillsyn() -> None:
    """Dialogue-based inspection support: the children first, then the letter that opens a dialogue."""


for command in (
    *serving.COMMANDS,
    *data.COMMANDS,
    *account.COMMANDS,
    *cases.COMMANDS,
    *letters.COMMANDS,
    *demo.COMMANDS,
):
    tillsyn.add_command(command)


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
    except CommandError as fault:
        click.echo(f"tillsyn: {fault}", err=True)
        return 1
    except OperationalError as fault:
        click.echo(f"tillsyn: the database does not answer or has no tables: {fault.orig}", err=True)
        return 1
    return code if isinstance(code, int) else 0

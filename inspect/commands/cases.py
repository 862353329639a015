"""(filled by its owner)"""

import click

COMMANDS: tuple[click.Command, ...] = ()

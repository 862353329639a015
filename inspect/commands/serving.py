"""`tillsyn serve` and `tillsyn settings`."""

import os
import shutil
import sys
from pathlib import Path

import click

from ..settings import read_settings

GRACE = 20
"""Seconds that a stop waits for what is being answered, at most."""


@click.command()
@click.option("--port", type=int, help="Port to listen on (default: PORT, or 8000).")
@click.option("--host", help="Address to listen on (default: TILLSYN_HOST, or 127.0.0.1).")
def serve(port: int | None, host: str | None) -> None:
    """Serve the pages with gunicorn until it is interrupted.

    TERM and INT let what is being answered be answered first.
    """
    from gunicorn.app.wsgiapp import run

    settings = read_settings()
    if settings.metrics_token is not None:
        _count_together(settings.instance / f"metrics-{port or settings.port}")
    sys.argv = [
        "gunicorn",
        "--bind",
        f"{host or settings.host}:{port or settings.port}",
        "--workers",
        str(settings.workers),
        "--threads",
        "4",
        "--preload",  # loaded once: the processes share it, and one that falls is replaced at once
        "--graceful-timeout",
        str(GRACE),
        "--no-control-socket",
        "--logger-class",
        "tillsyn.inspect.commands.server_log.ServerLog",
        "--log-level",
        "warning",
        "tillsyn.inspect.app:served_app()",
    ]
    run()


def _count_together(folder: Path) -> None:
    """Have the processes of this server count in files of `folder`, which are those of this start only."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


@click.command()
def settings() -> None:
    """Print the settings in force, secrets hidden."""
    for name, value in read_settings().rows():
        click.echo(f"{name:20} {value}")


COMMANDS = (serve, settings)

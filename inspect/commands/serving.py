"""`tillsyn serve` and `tillsyn settings`."""

import sys

import click

from ..settings import read_settings


@click.command()
@click.option("--port", type=int, help="Port to listen on (default: PORT, or 8000).")
@click.option("--host", help="Address to listen on (default: TILLSYN_HOST, or 127.0.0.1).")
def serve(port: int | None, host: str | None) -> None:
    """Serve the pages with gunicorn until it is interrupted."""
    from gunicorn.app.wsgiapp import run

    settings = read_settings()
    sys.argv = [
        "gunicorn",
        "--bind",
        f"{host or settings.host}:{port or settings.port}",
        "--workers",
        str(settings.workers),
        "--threads",
        "4",
        "--graceful-timeout",
        "5",
        "--no-control-socket",
        "--log-level",
        "warning",
        "tillsyn.inspect.app:create_app()",
    ]
    run()


@click.command()
def settings() -> None:
    """Print the settings in force, secrets hidden."""
    for name, value in read_settings().rows():
        click.echo(f"{name:20} {value}")


COMMANDS = (serve, settings)

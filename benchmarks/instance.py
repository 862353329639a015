"""An instance of its own for a measurement: a database with the example data, and a server on loopback."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "prova-tillsyn-2026"  # noqa: S105 - of the example accounts, printed at every `make run`
COMMAND = [sys.executable, "-c", "from tillsyn.inspect.cli import main; main()"]


def run(environment: dict[str, str], *arguments: str) -> str:
    """Run `tillsyn` and return what it prints; a failure raises with its words."""
    done = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"tillsyn {' '.join(arguments)}: {done.stderr}")
    return done.stdout


@contextmanager
def own_instance(*, demo: bool = True) -> Iterator[dict[str, str]]:
    """The environment of a temporary instance, migrated and (if asked) with the example data."""
    with tempfile.TemporaryDirectory(prefix="tillsyn-bench-") as folder:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("TILLSYN_")
        } | {"TILLSYN_INSTANCE": str(Path(folder))}
        run(environment, "db", "upgrade")
        if demo:
            run(environment, "demo")
        yield environment


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The base address of a server with one process, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "serve", "--port", str(port)], env=environment
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{base}/sign-in", timeout=5).close()  # noqa: S310 - loopback
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait(10)

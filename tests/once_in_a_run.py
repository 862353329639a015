"""What takes long to make and is only copied afterwards is made once in a run, however many processes it has."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once_in_a_run(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder called `name` that `make` has filled, in whichever process came first; it is everybody's.

    Who comes while it is being made waits. What could not be made is tried anew by the next who asks.
    """
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, made = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder

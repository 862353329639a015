"""A folder beside the keys for what is in clear while a backup is made or opened, and nothing left of it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def working_folder(instance: Path, purpose: str) -> Iterator[Path]:
    """An empty folder in `instance`, for its owner only, which is gone when the block ends.

    A process that is killed leaves its folder, with keys in clear. The next one of the same purpose takes it
    away: each holds a lock on its own for as long as it lives, and the system lets go of it whatever happens.
    """
    with _held(instance) as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        for left in instance.glob(f".{purpose}-*"):
            if _is_left(left):
                shutil.rmtree(left, ignore_errors=True)
        place = tempfile.TemporaryDirectory(prefix=f".{purpose}-", dir=instance)
        own = os.open(place.name, os.O_RDONLY)
        fcntl.flock(own, fcntl.LOCK_EX)
    try:
        with place:
            yield Path(place.name)
    finally:
        os.close(own)


def _is_left(folder: Path) -> bool:
    """Does nobody who lives hold its lock?"""
    with _held(folder) as its:
        try:
            fcntl.flock(its, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextmanager
def _held(folder: Path) -> Iterator[int]:
    opened = os.open(folder, os.O_RDONLY)
    try:
        yield opened
    finally:
        os.close(opened)

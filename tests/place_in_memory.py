"""Where a run of tests keeps its temporary files: in memory, when the machine has enough of it to spare.

Thousands of databases are made and thrown away in a run, of hundreds of files each on PostgreSQL: on a disk
that takes ten times as long. Whoever sets TMPDIR has the files there.

A folder is the run's own. It goes with the run when all is well, and when something failed it stays for who
wants to look, until the next run.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, made by mkdtemp
PREFIX = "tillsyn-tests-"
ENOUGH = 3 * 2**30
"""Bytes that must be free; a whole run with four processes has less than one third of it at any time."""


def settle_in_memory() -> Path | None:
    """Temporary files of this process and of those it starts go to a folder in memory; None: they do not."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    _forget_the_dead()
    if shutil.disk_usage(MEMORY).free < ENOUGH:
        return None
    place = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=MEMORY))
    # PostgreSQL refuses to run as root, and its own user must reach the folder it is given here.
    place.chmod(0o711)
    os.environ["TMPDIR"] = tempfile.tempdir = str(place)
    return place


def leave(place: Path) -> None:
    """Remove the folder; what is temporary goes where it did."""
    del os.environ["TMPDIR"]
    tempfile.tempdir = None
    shutil.rmtree(place, ignore_errors=True)


def _forget_the_dead() -> None:
    """Remove the folders of runs that have ended."""
    for folder in MEMORY.glob(f"{PREFIX}*-*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if folder.stat().st_uid == os.getuid() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(folder, ignore_errors=True)

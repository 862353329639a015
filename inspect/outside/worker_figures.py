"""What the workers of this machine have done, counted in a file of the instance folder. About nobody.

The pages of the same machine show them (web/metrics.py). Several workers count in the same file, and a
restart goes on counting, as Prometheus wants of a counter.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

NAME = "worker-figures.json"


@dataclass(slots=True)
class Job:
    """One kind of work in one round: how many were done and failed, and the seconds it took."""

    name: str
    done: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkDone:
    """`jobs`: all that has been done, by kind; `at`: when a worker last ended a round."""

    jobs: tuple[Job, ...] = field(default=())
    at: datetime | None = None


def count_work(instance: Path, jobs: Iterable[Job], *, at: datetime) -> None:
    """Add a round to what is counted. What cannot be read there is begun anew."""
    with _open(instance / NAME, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX) as file:
        known = {one.name: one for one in _read(file).jobs}
        for job in jobs:
            so_far = known.setdefault(job.name, Job(job.name))
            so_far.done += job.done
            so_far.failed += job.failed
            so_far.seconds += job.seconds
        told = {
            "at": at.isoformat(),
            "jobs": {one.name: [one.done, one.failed, round(one.seconds, 6)] for one in known.values()},
        }
        file.seek(0)
        file.truncate()
        file.write(json.dumps(told, sort_keys=True))


def work_done(instance: Path) -> WorkDone:
    """Empty where no worker has counted."""
    try:
        with _open(instance / NAME, os.O_RDONLY, fcntl.LOCK_SH) as file:
            return _read(file)
    except OSError:
        return WorkDone()


@contextmanager
def _open(path: Path, flags: int, lock: int) -> Iterator[IO[str]]:
    mode = "r+" if flags & os.O_RDWR else "r"
    with os.fdopen(os.open(path, flags, 0o600), mode, encoding="utf-8") as file:
        fcntl.flock(file, lock)
        yield file


def _read(file: IO[str]) -> WorkDone:
    try:
        told: dict[str, Any] = json.loads(file.read() or "{}")
        jobs = tuple(
            Job(str(name), int(done), int(failed), float(seconds))
            for name, (done, failed, seconds) in told.get("jobs", {}).items()
        )
        return WorkDone(jobs, datetime.fromisoformat(told["at"]) if "at" in told else None)
    except (ValueError, TypeError, AttributeError):
        return WorkDone()

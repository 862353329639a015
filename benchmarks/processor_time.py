"""Processor time of the processes that a measurement has started: our server, and a database of its own."""

import os
from pathlib import Path

PROC = Path("/proc")


def spent_below(environment: dict[str, str]) -> float | None:
    """Seconds of processor that this process's children, and the database's, have taken; None off Linux."""
    if not (PROC / "self" / "stat").exists():
        return None
    parents, spent = {}, {}
    for folder in PROC.glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(folder.name)] = int(words[1])
        spent[int(folder.name)] = sum(int(word) for word in words[11:15])
    roots = {os.getpid(), _postmaster(environment)}
    below = [pid for pid in spent if _is_below(pid, roots, parents)]
    return sum(spent[pid] for pid in below) / os.sysconf("SC_CLK_TCK")


def _is_below(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    above = parents.get(pid, 0)
    while above > 1:
        if above in roots:
            return True
        above = parents.get(above, 0)
    return False


def _postmaster(environment: dict[str, str]) -> int:
    """The first process of a PostgreSQL that was started for the measurement; 0 where there is none."""
    there = Path(environment.get("DATABASE_FOLDER", "/nowhere")) / "postmaster.pid"
    return int(there.read_text().splitlines()[0]) if there.exists() else 0

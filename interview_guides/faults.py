"""What is wrong in a pack, and where."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file, the line (from 1), and what is wrong in one sentence."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class BrokenPack(ValueError):
    """A pack that cannot be used. ``faults`` holds every fault, in the order of files and lines."""

    def __init__(self, pack: str, faults: tuple[Fault, ...]) -> None:
        self.pack = pack
        self.faults = faults
        super().__init__("\n".join([f"the pack {pack!r} has faults", *map(str, faults)]))


@dataclass(slots=True)
class FaultList:
    """Collects faults while reading goes on, so that an author sees them all at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, path: Path, line: int, message: str) -> None:
        self.found.append(Fault(path, line, message))

    def in_order(self) -> tuple[Fault, ...]:
        return tuple(sorted(set(self.found)))

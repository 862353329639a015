"""Time to import and export one inspection of full size, as commands and in the process."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .instance import PASSWORD, own_instance, run

LEADER = "ida.ek@exempel.se"
DECLARED = """
from datetime import UTC, datetime
from sqlalchemy import update
from tillsyn.inspect.commands.work import transaction
from tillsyn.models.inspections import TeamMember
with transaction() as db:
    db.execute(update(TeamMember).where(TeamMember.user_id.is_not(None)).values(declared_at=datetime.now(UTC)))
"""
"""As after the declaration at the page of the case, without which nobody exports it."""

LOADED = """
import json, os, sys, time
from tillsyn.inspect.commands.work import transaction
from tillsyn.inspect.outside import clock
from tillsyn.inspect.services.import_inspection import import_inspection
data = json.load(open(sys.argv[1], encoding="utf-8"))
times = []
for number in range(10):
    start = time.perf_counter()
    with transaction() as db:
        import_inspection(db, actor=None, data=data | {"dnr": f"2025-{number:05d}"}, now=clock.now())
    times.append(time.perf_counter() - start)
print(f"{times[0] * 1000:7.0f} ms  the import itself, first in its process")
print(f"{sorted(times)[5] * 1000:7.0f} ms  the import itself, median of ten in one process")
"""

EXAMPLES = Path(__file__).parents[1] / "inspect" / "demo"
ROUNDS = 10


def measure() -> None:
    largest = max(EXAMPLES.glob("*.json"), key=lambda path: path.stat().st_size)
    data = json.loads(largest.read_text(encoding="utf-8"))
    statements = sum(len(source["statements"]) for source in data["interviews"] + data["evidence"])
    with own_instance(demo=False) as environment, tempfile.TemporaryDirectory() as folder:
        run(environment, "user", "add", LEADER, "--name", "Ida Ek", "--role", "inspector",
            "--password", PASSWORD)  # fmt: skip
        imports, exports = [], []
        for number in range(ROUNDS):
            file = Path(folder) / f"{number}.json"
            file.write_text(json.dumps(data | {"dnr": f"2026-{number:05d}"}), encoding="utf-8")
            start = time.perf_counter()
            run(environment, "import", str(file), "--as", LEADER)
            imports.append(time.perf_counter() - start)
            _python(environment, DECLARED)
            start = time.perf_counter()
            run(environment, "export", f"2026-{number:05d}", "--output", str(file), "--as", LEADER)
            exports.append(time.perf_counter() - start)
        inside = _python(environment, LOADED, str(largest))
    print(f"{largest.name}: {statements} statements, {len(data['checks'])} requirements")
    print(
        f"{sorted(imports)[ROUNDS // 2] * 1000:7.0f} ms  tillsyn import, whole command (aim: under 1000 ms)"
    )
    print(inside, end="")
    print(f"{sorted(exports)[ROUNDS // 2] * 1000:7.0f} ms  tillsyn export, whole command")


def _python(environment: dict[str, str], program: str, *arguments: str) -> str:
    """What a program of ours prints that has nothing loaded before."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

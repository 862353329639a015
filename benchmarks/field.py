"""What the field sends: interviews of 250 answers from several devices to gunicorn, stored and audited.

An interview is a talk and 250 answers: 502 notes, which the field app sends in one batch of `/api/v1/sync`.
They are made before the clock starts, and sent at a fixed rate, whether or not the answers before have come;
the time of one is counted from when it was to be sent, so that a queue is seen. Then eight devices send
without a pause, and one file is sent five times at once. What is accepted is on the disk, sealed,
acknowledged with a receipt, and in the log of what happened. Beside the clock stands how long the processor
worked for the server (and for PostgreSQL), which says the same on a machine that does other things too.

Taking it into the log of operations and into the cases follows, by whoever looks at a case, by the worker or
by `tillsyn take-in`: that is timed by itself, for some of the interviews, which are then looked for answer by
answer. All the others are opened where they wait, and counted note by note.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from .field_devices import ANSWERS, Sender, audit, make_cases
from .instance import own_instance, run, served

DEVICES = 8
_databases: list[int] = []
"""The first process of each database server; they are nobody's children."""
RATE = float(os.environ.get("FIELD_RATE", "50"))
"""Answers or interviews a second: see `measure`."""
SECONDS = float(os.environ.get("FIELD_SECONDS", "30"))


def measure() -> int:
    """Both databases: answers at 50/s, interviews at 50/s, eight senders, five equal parts. Faults found."""
    faults = 0
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with database() as environment:
            faults += _measure(name, environment | {"TILLSYN_WORKERS": "2"})
    return faults


def _measure(name: str, environment: dict[str, str]) -> int:
    people = make_cases(environment, DEVICES)
    with served(environment) as base:
        senders = [Sender(base, *one) for one in people]
        print(f"{name}: {len(senders)} devices, {_memory():.0f} MB in all processes before")
        parts = _five_at_once(senders[0])
        first = _at_rate(senders, "answers at 50/s (an interview each 5 s)", RATE / ANSWERS)
        begun = time.perf_counter()
        run(environment, "take-in")
        took = time.perf_counter() - begun
        print(
            f"  taken into their cases: {first} interviews in {took:.1f} s = {first / took:.1f} interviews/s"
        )
        sent = _at_rate(senders, "interviews at 50/s", RATE)
        sent += _without_pause(senders)
        print(f"  memory afterwards: {_memory():.0f} MB in all processes")
    found = audit(environment)
    expected = {
        "notes in the log": first * (2 * ANSWERS + 2) + 2,
        "notes that wait": sent * (2 * ANSWERS + 2),
        "answers in the cases": first * ANSWERS,
        "held": 0,
        "in quarantine": 0,
        "files": 1,
        "parts of files": 1,
    }
    wrong = {key: (found[key], value) for key, value in expected.items() if found[key] != value}
    print(f"  audit: {found}; " + (f"WRONG (found, expected): {wrong}" if wrong else "all as sent, once"))
    return len(wrong) + parts


def _at_rate(senders: list[Sender], title: str, rate: float) -> int:
    """Send an interview each 1/rate s for SECONDS; the number that was sent."""
    number = max(1, round(rate * SECONDS))
    made = [(senders[place % len(senders)], place / rate) for place in range(number)]
    return _send(title, made)


def _without_pause(senders: list[Sender]) -> int:
    return _send("8 senders without a pause", [(sender, 0.0) for sender in senders for _ in range(3)])


def _send(title: str, made: list[tuple[Sender, float]]) -> int:
    """Each device sends its own, one after the other, none before its time."""
    times: list[float] = []
    counted = {"accepted": 0, "5xx": 0, "sent": 0}
    lock = threading.Lock()
    kept = TemporaryFile()  # noqa: SIM115 - closed below: hundreds of megabytes that nobody needs in memory
    queues = _made(made, kept)
    worked = _worked()
    start = time.perf_counter()
    stop = start + 4 * SECONDS

    def work(queue: list[tuple[Sender, float, int, int]]) -> None:
        for sender, when, place, length in queue:
            time.sleep(max(0.0, start + when - time.perf_counter()))
            if time.perf_counter() > stop:
                return
            accepted, faults = sender.send(os.pread(kept.fileno(), length, place))
            with lock:
                times.append(time.perf_counter() - start - when)
                counted["accepted"] += accepted
                counted["5xx"] += faults
                counted["sent"] += 1

    with ThreadPoolExecutor(len(queues)) as pool:
        list(pool.map(work, queues))
    took = time.perf_counter() - start
    kept.close()
    cost = {name: 1000 * (spent - worked[name]) / len(times) for name, spent in _worked().items()}
    times.sort()
    p50, p95, p99 = (
        times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.95, 0.99)
    )
    notes = counted["sent"] * (2 * ANSWERS + 2)
    print(
        f"  {title}: {counted['sent']} of {len(made)} interviews in {took:.1f} s"
        f" = {counted['sent'] / took:.2f} interviews/s, {counted['sent'] * ANSWERS / took:.0f} answers/s;"
        f" accepted {counted['accepted'] / notes:.2%}; 5xx {counted['5xx']};"
        f" p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f} ms; {_memory():.0f} MB;"
        f" processor for each: server {cost['server']:.1f}, database {cost['database']:.1f},"
        f" sender {cost['sender']:.1f} ms"
    )
    return counted["sent"]


def _made(made: list[tuple[Sender, float]], kept: IO[bytes]) -> list[list[tuple[Sender, float, int, int]]]:
    """What each device will send, and when: written to `kept`, there and so long."""
    queues: dict[int, list[tuple[Sender, float, int, int]]] = {}
    for sender, when in made:
        for body in sender.bodies(sender.interview()):
            queues.setdefault(id(sender), []).append((sender, when, kept.tell(), len(body)))
            kept.write(body)
    kept.flush()
    return list(queues.values())


def _worked() -> dict[str, float]:
    """Seconds that the processor has worked for the sender, the server and its database."""
    own = os.times()
    spent = {"sender": own.user + own.system, "server": 0.0, "database": 0.0}
    for pid in _descendants():
        try:
            said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        except OSError:
            continue
        name = "database" if "postgres" in said[0] else "server"
        spent[name] += sum(map(int, said[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return spent


def _five_at_once(sender: Sender) -> int:
    """The same part of one file five times at once: all answered, one record. Faults found."""
    upload, content = sender.photo()
    headers = {"X-SHA256": sha256(content).hexdigest(), "Content-Type": "application/octet-stream"}

    def put(_: int) -> tuple[int, bool]:
        status, said = sender.ask("PUT", f"/uploads/{upload}/1", content, headers)
        return status, bool(said.get("whole"))

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(put, range(5)))
    print(f"  five equal parts at once: {answers}")
    return sum(answer != (200, True) for answer in answers)


def _memory() -> float:
    """Megabytes of the server's processes."""
    return sum(_resident(pid) for pid in _descendants()) / 1024


def _descendants() -> set[int]:
    """This program's children and theirs, and the processes of the database."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    mine, known = set(_databases), {os.getpid(), *_databases}
    while known:
        known = {pid for pid, parent in parents.items() if parent in known} - mine
        mine |= known
    return mine


def _parent(path: Path) -> int:
    try:
        return int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    command = Path(f"/proc/{pid}/cmdline").read_bytes() if Path(f"/proc/{pid}/cmdline").exists() else b""
    if b"postgres" in command:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    with own_instance(demo=False) as environment:
        yield environment


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.postgres import PrivatePostgres

    server = PrivatePostgres()
    server.start(durable=True)
    _databases.append(server.process)
    try:
        with own_instance(demo=False) as environment:
            environment["TILLSYN_DATABASE_URL"] = server.create("field")
            run(environment, "db", "upgrade")
            yield environment
    finally:
        _databases.clear()
        server.stop()

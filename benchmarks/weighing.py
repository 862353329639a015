"""Time to weigh one inspection of full size in plain Python."""

import statistics
import time

from tillsyn.inspect.rules.weighing import (
    Catalogue,
    Check,
    CheckResult,
    Coding,
    Inspection,
    Perspective,
    weigh,
)
from tillsyn.interview_guides.guide import load_pack

ROUNDS = 50


def measure() -> None:
    pack = load_pack("hvb")
    catalogue = Catalogue(
        themes={theme.id: theme.area for theme in pack.themes},
        requirements={one.id: frozenset(one.themes) for one in pack.requirements},
        administrative_areas=frozenset(area.id for area in pack.areas if area.administrative),
    )
    sources = (
        [("b%d", Perspective.CHILD)] * 6 + [("p%d", Perspective.STAFF)] * 3 + [("d%d", Perspective.DOCUMENT)]
    )
    codings = tuple(
        Coding(
            id=f"u{number}",
            source=sources[number % 10][0] % (number % 10),
            perspective=sources[number % 10][1],
            theme=pack.themes[number * 7 % len(pack.themes)].id,
            severity=number * 5 % 4,
        )
        for number in range(100)
    )
    checks = tuple(
        Check(one.id, CheckResult.DEVIATION if number % 5 == 0 else CheckResult.MET, consequence=number % 3)
        for number, one in enumerate(pack.requirements)
    )
    case = Inspection(id="x", residents=6, codings=codings, checks=checks)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        weigh(catalogue, case)
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{statistics.median(taken):7.2f} ms  100 statements, 36 requirements, median of {ROUNDS}")

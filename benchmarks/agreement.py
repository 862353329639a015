"""Two implementations of the method over random inspections: differences by field, and cases a second.

The product is asked as a user would ask it, through `tillsyn weigh --lines`; the other implementation is
`tests/independent`, written from the method's text alone. The bar is no difference.
"""

import json
import subprocess
import tempfile
import time
from collections import Counter
from typing import IO

from tests.independent.cases import case
from tests.independent.comparison import differences
from tests.independent.method import weigh

from .instance import COMMAND

CASES = 2_000


def measure(cases: int = CASES) -> int:
    """Print what differs and return how many fields do, over all cases."""
    found: Counter[str] = Counter()
    first: dict[str, str] = {}
    weighed = 0
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        for seed in range(cases):
            given.write(json.dumps(case(seed)).encode() + b"\n")
        taken = _weigh_lines(given, told)
        for seed, line in enumerate(told):
            weighed += 1
            for field, place, ours, theirs in differences(weigh(case(seed)), json.loads(line)):
                found[field] += 1
                first.setdefault(field, f"case({seed}) {place}: independent {ours!r}, product {theirs!r}")
    print(f"{weighed} of {cases} cases answered, {sum(found.values())} differences")
    for field, count in found.most_common():
        print(f"{count:7} {field}  first: {first[field]}")
    print(f"{cases / taken:7.0f} cases a second through tillsyn weigh --lines, start-up included")
    return sum(found.values()) + cases - weighed


def _weigh_lines(given: IO[bytes], told: IO[bytes]) -> float:
    """Seconds that the command takes for all lines of `given`."""
    given.seek(0)
    start = time.perf_counter()
    subprocess.run([*COMMAND, "weigh", "--lines", "-"], stdin=given, stdout=told, check=False)  # noqa: S603
    taken = time.perf_counter() - start
    told.seek(0)
    return taken

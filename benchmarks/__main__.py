"""How fast pages answer and files are imported: `make bench`, or `python -m benchmarks NAME …`.

Figures are printed, never asserted: a slow machine is no fault in the code. One result is: `agreement` exits
with 1 when the two implementations of the method differ.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import (
    agreement,
    coding,
    exchange,
    field,
    field_app,
    guard,
    import_export,
    letters,
    lists,
    log,
    pages,
    policies,
    rotation,
    weigh_all,
    weighing,
    xlsform,
)

BENCHMARKS: dict[str, Callable[[], object]] = {
    "pages": pages.measure,
    "import": import_export.measure,
    "exchange": exchange.measure,
    "weighing": weighing.measure,
    "coding": coding.measure,
    "agreement": agreement.measure,
    "weigh-all": weigh_all.measure,
    "xlsform": xlsform.measure,
    "letters": letters.measure,
    "guard": guard.measure,
    "field": field.measure,
    "field-app": field_app.measure,
    "lists": lists.measure,
    "log": log.measure,
    "policies": policies.measure,
    "rotation": rotation.measure,
    "search": rotation.measure_search,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; else all")
    parser.add_argument("--cases", type=int, default=agreement.CASES, help="inspections in `agreement`")
    parser.add_argument("--homes", type=int, default=lists.HOMES, help="homes in `lists`")
    parser.add_argument("--inspections", type=int, default=lists.INSPECTIONS, help="inspections in `lists`")
    parser.add_argument("--keep-in", type=Path, help="folder that keeps the databases of `lists`")
    parser.add_argument("--database", choices=lists.DATABASES, help="the only one that `lists` measures")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    databases = (asked.database,) if asked.database else lists.DATABASES
    long_lists = partial(lists.measure, asked.homes, asked.inspections, asked.keep_in, databases)
    wanted = BENCHMARKS | {"agreement": partial(agreement.measure, asked.cases), "lists": long_lists}
    differences = 0
    for name in asked.names or BENCHMARKS:
        print(f"== {name}")
        found = wanted[name]()
        differences += found if isinstance(found, int) else 0
    return 1 if differences else 0


sys.exit(main(sys.argv[1:]))

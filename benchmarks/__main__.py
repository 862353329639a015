"""How fast pages answer and files are imported: `make bench`, or `python -m benchmarks NAME …`.

Figures are printed, never asserted: a slow machine is no fault in the code.
"""

import sys

from . import import_export, pages, weighing

BENCHMARKS = {"pages": pages.measure, "import": import_export.measure, "weighing": weighing.measure}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(
            f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr
        )
        return 2
    for name in names or BENCHMARKS:
        print(f"== {name}")
        BENCHMARKS[name]()
    return 0


sys.exit(main(sys.argv[1:]))

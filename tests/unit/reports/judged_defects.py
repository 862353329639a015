"""Which judge finds which planted defect, as docs/planted-defects.md tells it.

`python -m tests.unit.reports.judged_defects` writes that page anew; needs Java for veraPDF.
"""

import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.unit.reports.damage_to_format import TO_FORMAT
from tests.unit.reports.damage_to_structure import TO_STRUCTURE
from tests.unit.reports.damage_to_writer import TO_WRITER
from tests.unit.reports.judges import by_engine, refused, unlike, verdicts
from tests.unit.reports.planted_host import SAYS, sheet
from tests.unit.reports.tagged_examples import ABOUT

PAGE = Path(__file__).parents[3] / "docs" / "planted-defects.md"
JUDGES = ("own reading", "page-validation", "veraPDF")
GROUPS = {
    "What is read, in which order and as what": TO_STRUCTURE,
    "What the file says of itself and carries": TO_FORMAT,
    "The layer that writes, with a part of it broken": TO_WRITER,
}
DEFECTS = {name: damage for group in GROUPS.values() for name, damage in group.items()}
HEAD = """# Planted defects

The checks of tagged PDF (accessible-pdf.md) are tested themselves: {count} faults are put, one at a time, into a
sound file or into the layer that writes it, and each must be found. The table is made by
`python -m tests.unit.reports.judged_defects`, and the tests compare it with what is found.

Our own reading compares the text by structure with the content, so it sees what no validator can: a paragraph
that is lost, an order that is wrong, words that stand for others. The validators see the format.
"""


@cache
def damaged(name: str) -> bytes:
    """A faulty copy of the sheet."""
    return DEFECTS[name](sheet())


def found_by_reading(data: bytes) -> list[str]:
    """What our own reading has against a file that is to be the sheet."""
    return unlike(data, SAYS, language=ABOUT.language, title=ABOUT.title)


def found_without_engine(name: str) -> tuple[bool, bool]:
    """Whether our own reading finds the defect, and whether page-validation does."""
    return bool(found_by_reading(damaged(name))), bool(refused(damaged(name)))


def as_page(found: Mapping[str, tuple[bool, ...]]) -> str:
    """The page of the documentation. `found`: by defect, in the order of JUDGES."""
    lines = [HEAD.format(count=len(DEFECTS))]
    for title, group in GROUPS.items():
        lines += [f"## {title}", "", f"| defect | {' | '.join(JUDGES)} |", "|---|:-:|:-:|:-:|"]
        lines += [f"| {name} | {' | '.join('×' if one else '' for one in found[name])} |" for name in group]
        lines.append("")
    return "\n".join(lines)


def from_page() -> dict[str, tuple[bool, ...]]:
    """What the page tells."""
    told = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "defect":
            told[cells[0]] = tuple(cell == "×" for cell in cells[1:])
    return told


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        engine = verdicts(Path(folder), {name: damaged(name) for name in DEFECTS})
    found = {name: (*found_without_engine(name), bool(by_engine(engine[name]))) for name in DEFECTS}
    PAGE.write_text(as_page(found), "utf-8")
    missed = [name for name, seen in found.items() if not any(seen)]
    print(f"{len(found)} defects, not found: {missed or 'none'}")  # noqa: T201
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""docs/limits.md says what the code says: each name is there, with the value beside it."""

import re
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"`((?:inspect|models)/[\w/]+)\.py`")
NAME = re.compile(r"`([A-Z_]+)` = ((?:\d+ days?, )?\d+:\d\d:\d\d|[\d_]+)")


def told() -> list[tuple[str, str, str]]:
    """Module, name and value of every limit in the tables."""
    found = []
    for line in (ROOT / "docs/limits.md").read_text(encoding="utf-8").splitlines():
        pieces = PLACE.split(line)
        for place, names in zip(pieces[1::2], pieces[2::2], strict=True):
            listed = NAME.findall(names)
            assert listed, f"{place} names no limit: {line}"
            found += [(place, name, value.replace("_", "")) for name, value in listed]
    return found


def test_every_limit_that_is_told_is_the_one_in_force() -> None:
    limits = told()
    assert len(limits) > 40
    wrong = []
    for place, name, value in limits:
        there = getattr(import_module(f"tillsyn.{place.replace('/', '.')}"), name, None)
        if str(there) != value:
            wrong.append(f"{place} {name} is {there}, and is told as {value}")
    assert not wrong, "\n".join(wrong)


def test_a_limit_that_is_told_wrong_is_found() -> None:
    assert NAME.findall("`WINDOW` = 0:15:00, `MOST_OPS` = 1_000; `LAST` = 7 days, 0:00:00") == [
        ("WINDOW", "0:15:00"), ("MOST_OPS", "1_000"), ("LAST", "7 days, 0:00:00"),
    ]  # fmt: skip

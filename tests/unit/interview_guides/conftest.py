"""A copy of the HVB pack that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tillsyn.interview_guides.guide import Fault, check_pack
from tillsyn.interview_guides.reading import PACKS

Spoil = Callable[[str, str, str], tuple[Fault, ...]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "hvb", tmp_path / "hvb"))


@pytest.fixture
def spoil(copy: Path) -> Spoil:
    """Replace the first occurrence of a text in a file of the copy, and give the faults that follow."""

    def replace(file: str, old: str, new: str) -> tuple[Fault, ...]:
        text = (copy / file).read_text("utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")
        return check_pack(copy)

    return replace


def line_of(file: Path, text: str) -> int:
    """The number of the first line that holds a text."""
    lines = file.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)

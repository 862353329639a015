"""The example letter in both languages."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tillsyn.reports.content import Letter


def _beside(name: str) -> ModuleType:
    """A file of this folder: tests are no package, so its name is made one that no other can have."""
    full = f"letter_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).parent / f"{name}.py")
        assert spec and spec.loader
        sys.modules[full] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(params=["sv", "en"])
def letter(request: pytest.FixtureRequest) -> Letter:
    made: Letter = _beside("example_letter").example_letter(request.param)
    return made


@pytest.fixture
def swedish() -> Letter:
    made: Letter = _beside("example_letter").example_letter("sv")
    return made


@pytest.fixture(scope="session")
def reading_back() -> ModuleType:
    return _beside("reading_back")

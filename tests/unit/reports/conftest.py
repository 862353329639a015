"""The example letter in both languages."""

import pytest

from tests.unit.reports.example_letter import example_letter
from tillsyn.reports.content import Letter


@pytest.fixture(params=["sv", "en"])
def letter(request: pytest.FixtureRequest) -> Letter:
    return example_letter(request.param)


@pytest.fixture
def swedish() -> Letter:
    return example_letter("sv")

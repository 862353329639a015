"""What every test shares: the markers that follow from where a test stands, and a clock that stands still."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: a Tuesday morning."""
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

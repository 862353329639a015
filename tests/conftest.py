"""What every test shares: the markers that follow from where a test stands, and a clock that stands still."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.long_files import LONGEST_FIRST
from tests.place_in_memory import leave, settle_in_memory

# Every run tries the same examples: a test that fails in one run and passes in the next tells nothing.
# `make test` tries the number that each test names; `make test-quick` a fifth of the usual hundred.
settings.register_profile(
    "all", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("all"), max_examples=20)
# For `make mutate`, which runs the tests of a rule thousands of times, and again in one process.
settings.register_profile(
    "few",
    settings.get_profile("all"),
    max_examples=5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile(os.environ.get("TILLSYN_TEST_EXAMPLES", "all"))

TESTS = Path(__file__).parent
PLACE = pytest.StashKey[Path]()
FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    # The processes of a run that is divided get the place from the one that starts them.
    if not hasattr(config, "workerinput") and (place := settle_in_memory()):
        config.stash[PLACE] = place


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """`-n auto` is one more than there are processors: a test in a browser waits half of its time."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else (os.cpu_count() or 1) + 1


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[FAILED] = bool(exitstatus)


def pytest_unconfigure(config: pytest.Config) -> None:
    if PLACE in config.stash and not config.stash.get(FAILED, True):
        leave(config.stash[PLACE])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker(pytest.mark.browser)
    place = {str(TESTS.parent / name): number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(str(item.path), len(place)))


def pytest_collection_finish() -> None:
    # As the command `tillsyn` does: what has been loaded stays, and is not looked through again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: a Tuesday morning."""
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

"""A served site with the example data, and people in front of it.

`site`    the site, started anew for each file of tests from the same example data
`page`    a page of one person on a desktop, in Swedish; what its console complains about fails the test
`person`  makes more such pages: person(size=PHONE, language="en")
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.chromium import DESKTOP, FLAGS, Complaints, executable, open_context
from tests.browser.server import Site
from tests.once_in_a_run import once_in_a_run


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; there can be one of it at a time."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def example_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the example data; copy it, it is everybody's."""

    def load(folder: Path) -> None:
        made = Site(folder / "instance")
        made.instance.mkdir()
        made.command("db", "upgrade")
        made.command("demo")

    return once_in_a_run(tmp_path_factory, "example", load) / "instance"


@pytest.fixture(scope="module")
def site(example_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    copy = tmp_path_factory.mktemp("site") / "instance"
    shutil.copytree(example_instance, copy)
    served = Site(copy)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What the pages complained about; a test that means to provoke it adds to `allowed`."""
    heard = Complaints()
    yield heard
    assert not heard.unexpected(), heard.unexpected()


@pytest.fixture
def person(browser: Browser, site: Site, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    contexts = []

    def sit_down(*, size: tuple[int, int] = DESKTOP, language: str = "sv", dark: bool = False) -> Page:
        context = open_context(browser, site.address, size=size, language=language, dark=dark)
        contexts.append(context)
        page = context.new_page()
        complaints.listen_to(page)
        return page

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    return person()

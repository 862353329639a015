"""Stories that begin in the middle of things, each told in Swedish and in English.

`begin(db, settings)` of a story's module says what is there when it begins: it is made once for the module,
and each telling has its own copy and its own server.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update

from tests.browser.authority import found_authority, rows
from tests.browser.chromium import Complaints
from tests.browser.server import Site
from tests.browser.story import Story
from tillsyn.inspect.settings import read_settings
from tillsyn.models.people import User


@pytest.fixture(scope="session")
def authority_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the people of an authority; copy it, it is everybody's."""
    made = Site(tmp_path_factory.mktemp("authority") / "instance")
    found_authority(made)
    return made.instance


@pytest.fixture(scope="module")
def begun(
    request: pytest.FixtureRequest, authority_instance: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The instance folder as the module's stories find it."""
    made = Site(tmp_path_factory.mktemp("begun") / "instance")
    shutil.copytree(authority_instance, made.instance)
    with rows(made) as db:
        request.module.begin(db, read_settings(made.environment()))
    return made.instance


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(begun: Path, language: str, tmp_path: Path) -> Iterator[Site]:
    """The site as it is when the story begins, with everybody's account in the story's language."""
    served = Site(tmp_path / "instance")
    shutil.copytree(begun, served.instance)
    with rows(served) as db:
        db.execute(update(User).values(language=language))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def story(browser: Browser, site: Site, complaints: Complaints, language: str) -> Iterator[Story]:
    told = Story(browser, site, complaints, language)
    yield told
    told.close()

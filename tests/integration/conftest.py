"""Both databases, made by the real migrations once; each test starts from empty tables.

`db`      a session in a transaction that is rolled back: for use cases. Fast.
`app`     the application on a database of the test's own, with real commits: for pages.
`client`  a browser without JavaScript on that application (see tests/integration/browsing.py).

A test that asks for `app` or `client` and `db` gets `db` on the application's database; what it
puts there must be committed for the pages to see it. Every test that asks for any of them runs
twice: on SQLite and on PostgreSQL.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy.orm import Session

from tests.integration.browsing import Browsing
from tests.integration.rich_site import built_site, rich  # noqa: F401 - fixtures
from tests.postgres import PrivatePostgres
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.settings import Settings, read_settings
from tillsyn.models.sealed import install_cipher

DATA_KEY = "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24="
BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    server = PrivatePostgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session", params=BOTH)
def backend(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`: which database this test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def migrated() -> dict[str, str]:
    """The migrated databases of this run by backend. Tests of one file may follow those of another
    backend, which sets `database_url` up anew: migrating again would only cost time."""
    return {}


@pytest.fixture(scope="session")
def database_url(
    backend: str,
    migrated: dict[str, str],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A migrated database without rows. Nothing may be committed to it: `own_database_url` is for that."""
    if backend not in migrated:
        if backend == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('migrated') / 'tillsyn.db'}"
        else:
            url = request.getfixturevalue("postgres").create("migrated")
        command.upgrade(configuration(url), "head")
        migrated[backend] = url
    return migrated[backend]


@pytest.fixture
def own_database_url(
    backend: str, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A copy of the migrated database for one test, which may commit and connect as it likes."""
    if backend == "sqlite":
        copy = tmp_path / "own.db"
        shutil.copyfile(database_url.removeprefix("sqlite:///"), copy)
        yield f"sqlite:///{copy}"
        return
    server: PrivatePostgres = request.getfixturevalue("postgres")
    name = f"own_{uuid4().hex}"
    yield server.create(name, template="migrated")
    server.drop(name)


@pytest.fixture
def db(request: pytest.FixtureRequest, database_url: str, test_settings: Settings) -> Iterator[Session]:
    """A session of one test. Without the application: in a transaction that is rolled back."""
    install_cipher(DataCipher(test_settings.data_key))
    if {"app", "client"} & set(request.fixturenames):
        app: Tillsyn = request.getfixturevalue("app")
        with app.extensions["tillsyn_sessions"]() as session:
            yield session
        return
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        transaction.rollback()
    # PostgreSQL copies a database only while nobody is connected to it.
    engine.dispose()


@pytest.fixture
def test_settings(tmp_path: Path) -> Settings:
    """Settings whose instance folder is the test's own; the database is not named in them."""
    return read_settings(
        {
            "TILLSYN_INSTANCE": str(tmp_path / "instance"),
            "TILLSYN_SECRET_KEY": "the tests' own secret, longer than thirty-two characters",
            "TILLSYN_DATA_KEY": DATA_KEY,
            "TILLSYN_DATABASE_URL": "",
        }
    )


@pytest.fixture
def app(own_database_url: str, tmp_path: Path) -> Iterator[Tillsyn]:
    """The application as it is served, on a database of this test's own."""
    app = create_app(
        read_settings(
            {
                "TILLSYN_INSTANCE": str(tmp_path / "instance"),
                "TILLSYN_SECRET_KEY": "the tests' own secret, longer than thirty-two characters",
                "TILLSYN_DATA_KEY": DATA_KEY,
                "TILLSYN_DATABASE_URL": own_database_url,
            }
        )
    )
    yield app
    app.extensions["tillsyn_engine"].dispose()


@pytest.fixture
def client(app: Tillsyn) -> Browsing:
    return Browsing(app)

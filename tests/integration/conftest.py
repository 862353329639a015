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

from tests.builders import count_from
from tests.integration.browsing import Browsing
from tests.integration.rich_site import built_site, rich  # noqa: F401 - fixtures
from tests.once_in_a_run import once_in_a_run
from tests.one_dialect import ask_alike
from tests.postgres import PrivatePostgres
from tests.restricted import as_role, bound, built_bound, migrate_as_owner, roles  # noqa: F401 - fixtures
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.settings import Settings, read_settings
from tillsyn.inspect.web.database import connect
from tillsyn.models.sealed import install_cipher

ask_alike()

DATA_KEY = "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24="
BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(autouse=True)
def counted_anew(request: pytest.FixtureRequest) -> None:
    """Beside the rich authority, which is made once and has the first hundreds, a test's own come after."""
    count_from(1000 if {"rich", "built_site", "built_bound"} & set(request.fixturenames) else 1)


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
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without rows; copy it, it is everybody's."""

    def migrate(folder: Path) -> None:
        command.upgrade(configuration(f"sqlite:///{folder / 'tillsyn.db'}"), "head")

    return once_in_a_run(tmp_path_factory, "migrated", migrate) / "tillsyn.db"


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
            file = tmp_path_factory.mktemp("database") / "tillsyn.db"
            shutil.copyfile(request.getfixturevalue("migrated_file"), file)
            url = f"sqlite:///{file}"
        else:
            server = request.getfixturevalue("roles")
            migrate_as_owner(server, "migrated")
            url = server.url("migrated")
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


class _Looking(Session):
    """A test's own look at the database. After `rollback` everything is read anew, also what was committed
    here before and has not been touched since: a session without a transaction would keep it as it stood.
    """

    def rollback(self) -> None:
        super().rollback()
        self.expire_all()


@pytest.fixture
def db(request: pytest.FixtureRequest, database_url: str, test_settings: Settings) -> Iterator[Session]:
    """A session of one test. Without the application: in a transaction that is rolled back."""
    install_cipher(DataCipher(test_settings.data_key))
    if {"app", "client"} & set(request.fixturenames):
        request.getfixturevalue("app")
        engine = make_engine(request.getfixturevalue("own_database_url"))
        with _Looking(engine, expire_on_commit=False) as session:
            yield session
        engine.dispose()
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
    return _settings(tmp_path / "instance", "")


@pytest.fixture(scope="session")
def made_app(tmp_path_factory: pytest.TempPathFactory) -> Tillsyn:
    """The application, made once in this process: its addresses and compiled templates serve every test."""
    folder = tmp_path_factory.mktemp("made")
    return create_app(_settings(folder / "instance", f"sqlite:///{folder / 'none.db'}"))


def _settings(instance: Path, database_url: str) -> Settings:
    return read_settings(
        {
            "TILLSYN_INSTANCE": str(instance),
            "TILLSYN_SECRET_KEY": "the tests' own secret, longer than thirty-two characters",
            "TILLSYN_DATA_KEY": DATA_KEY,
            "TILLSYN_DATABASE_URL": database_url,
        }
    )


@pytest.fixture
def served_url(backend: str, own_database_url: str) -> str:
    """The test's own database as the application reaches it: on PostgreSQL as a role that policies bind."""
    return own_database_url if backend == "sqlite" else as_role(own_database_url)


@pytest.fixture
def app(made_app: Tillsyn, own_database_url: str, served_url: str, tmp_path: Path) -> Iterator[Tillsyn]:
    """The application as it is served, on a database of this test's own."""
    settings = _settings(tmp_path / "instance", own_database_url)
    config, place = dict(made_app.config), made_app.instance_path
    made_app.config["SETTINGS"] = settings
    made_app.instance_path = str(settings.instance)
    install_cipher(DataCipher(settings.data_key))
    connect(made_app, served_url)
    yield made_app
    made_app.extensions["tillsyn_engine"].dispose()
    made_app.config.clear()
    made_app.config.update(config)
    made_app.instance_path = place


@pytest.fixture
def client(app: Tillsyn) -> Browsing:
    return Browsing(app)

"""The rich authority on PostgreSQL, asked as the application's role, whom policies and privileges bind.

`bound` is the site as it is served: `bound.unbound()` is the same database without policies, to compare with.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from flask import session
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from tests.integration.rich_site import RichSite, build_site
from tests.postgres import PrivatePostgres
from tests.rich_account import NOW
from tests.rich_teams import build_teams
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.database_roles import let_role_work
from tillsyn.inspect.outside.key_store import look_again
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.outside.reach import Reach, reach_as
from tillsyn.inspect.services.reach_of import reach_of
from tillsyn.inspect.web.database import connect
from tillsyn.inspect.web.database import db as request_db
from tillsyn.inspect.web.session import TOKEN, actor_of, open_session
from tillsyn.models.people import User
from tillsyn.models.reached_rows import OPEN, SYSTEM
from tillsyn.models.sealed import install_cipher

OWNER, ROLE = "tillsyn_owner", "tillsyn_app"
OWN, TEMPLATE = "rich_own", "rich_template"
SERVED = ("tillsyn_engine", "tillsyn_sessions")


@dataclass
class BoundSite(RichSite):
    """As RichSite, on PostgreSQL: the database is copied anew from a template by `put_back`."""

    server: PrivatePostgres = None  # type: ignore[assignment]
    free: dict[str, Any] = field(default_factory=dict)
    """Engine and sessions of a superuser."""

    def put_back(self) -> None:
        self.close()
        self.server.drop(OWN)
        self.server.create(OWN, template=TEMPLATE)
        self.server.give(OWN, OWNER)
        look_again()  # a key that another test made or retired
        self.settled()

    def settled(self) -> None:
        install_cipher(DataCipher(self.settings.data_key))
        self.app.config["CLOCK"] = lambda: NOW
        self.app.config["SETTINGS"] = replace(self.settings, reach_by_person=True)
        connect(self.app, self.server.url(OWN))
        self.free = {name: self.app.extensions[name] for name in SERVED}
        connect(self.app, self.server.url(OWN, ROLE))

    def close(self) -> None:
        self.app.extensions["tillsyn_engine"].dispose()
        if self.free:
            self.free["tillsyn_engine"].dispose()

    @contextmanager
    def unbound(self) -> Iterator[None]:
        """The site as a superuser serves it: no policy asks anything of them."""
        bound = {name: self.app.extensions[name] for name in SERVED}
        self.app.extensions.update(self.free)
        try:
            yield
        finally:
            self.app.extensions.update(bound)

    @contextmanager
    def db(self) -> Iterator[Any]:
        """A test's own look, which no policy binds."""
        with self.unbound(), self.app.extensions["tillsyn_sessions"]() as opened:
            yield opened


@contextmanager
def whole(app: Tillsyn) -> Iterator[Session]:
    """A session on the database that `app` serves, which reaches every row."""
    with app.extensions["tillsyn_sessions"]() as session:
        reach_as(session, Reach(frozenset({SYSTEM})))
        yield session


@contextmanager
def connected(site: BoundSite, role: str = ROLE) -> Iterator[Connection]:
    """A connection that has told nothing of whom it asks for."""
    engine = make_engine(site.server.url(OWN, role))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def told(site: BoundSite, reach: Reach | None, role: str = ROLE) -> Iterator[Session]:
    """A session that reaches this; None: it has told nothing."""
    engine = make_engine(site.server.url(OWN, role))
    try:
        with session_factory(engine)() as session:
            if reach is not None:
                reach_as(session, reach)
            yield session
    finally:
        engine.dispose()


@contextmanager
def asking(site: BoundSite, who: str, *words: str, moment: datetime = NOW) -> Iterator[Session]:
    """A session that reaches what this person does, and what `words` do."""
    with site.db() as db:
        reach = reach_of(actor_of(db.get_one(User, site.made.people[who])), *words, moment=moment)
    with told(site, reach) as session:
        yield session


def tables_of(connection: Connection) -> list[str]:
    return sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})


def tables_with_cases(connection: Connection) -> list[str]:
    """But for the keys, which hold nothing themselves (test_reach_in_need.py)."""
    return [table for table in tables_of(connection) if table not in OPEN | {"data_keys"}]


@pytest.fixture(scope="session")
def roles(postgres: PrivatePostgres) -> PrivatePostgres:
    """The server with a role that owns the tables and is no superuser, and one for the application."""
    for role in (OWNER, ROLE):
        postgres.make_role(role)
    return postgres


def as_role(url: str) -> str:
    """The same database for the application's role."""
    return url.replace("://postgres@", f"://{ROLE}@")


def migrate_as_owner(server: PrivatePostgres, name: str) -> None:
    """A database called `name` whose owner made its tables and let the application's role work."""
    server.create(name)
    server.give(name, OWNER)
    url = server.url(name, OWNER)
    command.upgrade(configuration(url), "head")
    engine = make_engine(url)
    with engine.begin() as connection:
        let_role_work(connection, ROLE)
    engine.dispose()


def tell_apart(url: str) -> None:
    """Cases that came to their step at one moment have no order, and a list that is cut shows any of them."""
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(
            "UPDATE inspections SET state_since = state_since - number * interval '1 second' FROM (SELECT id AS of,"
            " row_number() OVER (ORDER BY id) AS number FROM inspections) AS cases WHERE of = id"
        ))  # fmt: skip
    engine.dispose()


def sign_in(site: RichSite, people: dict[str, UUID]) -> None:
    """Who came later has a browser too."""
    with site.app.test_request_context(method="POST"):
        for name, user_id in people.items():
            open_session(request_db().get_one(User, user_id))
            site.tokens[name] = session[TOKEN]
        request_db().commit()
    site.app.extensions["tillsyn_engine"].dispose()
    site.made.people |= people


@pytest.fixture(scope="session")
def built_bound(roles: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundSite]:
    migrate_as_owner(roles, OWN)
    built = build_site(tmp_path_factory.mktemp("bound") / "instance", roles.url(OWN), Path())
    with built.db() as db:
        more = build_teams(db, built.settings, built.made)
        db.commit()
    sign_in(built, more)
    tell_apart(roles.url(OWN))
    roles.create(TEMPLATE, template=OWN)
    site = BoundSite(**{one.name: getattr(built, one.name) for one in fields(built)}, server=roles)
    site.settled()
    yield site
    site.close()


@pytest.fixture
def bound(built_bound: BoundSite) -> BoundSite:
    """The site as it was built."""
    built_bound.put_back()
    return built_bound

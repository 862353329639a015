"""A site of a small authority without cases, for stories that begin at the beginning.

`found_authority(site)` fills an empty instance with people; everybody's password is PASSWORD.
`rows(site)` is a database session on a served site, for what a person cannot do in a browser.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from tests.browser.server import Site
from tests.builders import PASSWORD, make_user
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.settings import read_settings
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import Role

__all__ = ["PASSWORD", "PEOPLE", "email_of", "found_authority", "rows"]

PEOPLE = {
    "inspector": ("Ylva Ros", Role.INSPECTOR),
    "co_inspector": ("Amir Haddad", Role.INSPECTOR),
    "supervisor": ("Greta Holm", Role.SUPERVISOR),
    "peer_reviewer": ("Sten Alm", Role.PEER_REVIEWER),
    "lawyer": ("Jelena Vik", Role.LAWYER),
    "registrar": ("Rolf Ek", Role.REGISTRAR),
    "log_reviewer": ("Lova Lind", Role.LOG_REVIEWER),
    "administrator": ("Anna Torn", Role.ADMINISTRATOR),
}


def email_of(who: str) -> str:
    return f"{who.replace('_', '.')}@exempel.example"


def found_authority(site: Site) -> None:
    """Make the instance folder, its database and the people in PEOPLE."""
    shutil.copytree(_founded(), site.instance)


@cache
def _founded() -> Path:
    """Made once, and copied for each site: all begin alike."""
    folder = Path(tempfile.mkdtemp(prefix="authority-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    site = Site(folder / "instance")
    site.instance.mkdir()
    site.command("db", "upgrade")
    with rows(site) as db:
        for who, (name, role) in PEOPLE.items():
            make_user(db, role, name=name, email=email_of(who))
    return site.instance


@contextmanager
def rows(site: Site) -> Iterator[Session]:
    """A session on the site's database, sealed by the site's own keys, that commits at the end."""
    settings = read_settings(site.environment())
    install_cipher(DataCipher(settings.data_key))
    engine = make_engine(settings.database_url)
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()
    engine.dispose()

"""May this process be sent requests? Its database answers, has the form that the code expects, and opens.

For a proxy or whoever watches the service: yes and no, nothing about a case, a person or a setting.
"""

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ...models.data_keys import DataKey
from ...models.sealed import installed_cipher
from ..outside.schema_version import expected_version, version_of
from .verify_database import open_sealed, sealed_columns, sealed_with_place


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found. Each is asked only when the one before it is well."""

    database: bool
    """It answers."""
    migrations: bool
    """It has the form that the code expects."""
    keys: bool
    """What is sealed in it opens with the data key of this process; an empty one opens with any."""

    @property
    def is_ready(self) -> bool:
        return self.database and self.migrations and self.keys


def check_readiness(db: Session) -> Readiness:
    """Look at the database of `db`. Nothing is written, and nothing that was opened is kept."""
    try:
        db.execute(text("SELECT 1"))
        migrations = version_of(db.connection()) == expected_version()
        return Readiness(True, migrations, migrations and _opens(db))
    except SQLAlchemyError:
        return Readiness(database=False, migrations=False, keys=False)


def _opens(db: Session) -> bool:
    """Is every key that wraps keys of cases here, and does one sealed value open?"""
    wrapped_by = db.scalars(select(DataKey.kek_id).where(DataKey.wrapped.is_not(None)).distinct())
    if not all(installed_cipher().knows(one) for one in wrapped_by.all()):
        return False
    for table, column in sealed_columns():
        row = db.execute(sealed_with_place(table, column).limit(1)).mappings().first()
        if row is not None:
            try:
                open_sealed(table, column, dict(row))
            except ValueError:
                return False
            return True
    return True

"""May this process be sent requests? Its database answers, has the form that the code expects, and opens.

For a proxy or whoever watches the service: yes and no, nothing about a case, a person or a setting.
"""

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ...models.sealed import opened
from ..outside.schema_version import expected_version, version_of
from .verify_database import sealed_texts


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
    """Does one sealed value open? One tells: all are sealed with the same key."""
    for model, column in sealed_texts():
        table = model.__table__
        row = db.execute(
            select(table.c.id, table.c[column]).where(table.c[column].is_not(None)).limit(1)
        ).first()
        if row is not None:
            try:
                opened(model.__tablename__, column, *row)
            except ValueError:
                return False
            return True
    return True

"""Which form the database has (its last migration), and which form the code expects."""

from functools import lru_cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@lru_cache(maxsize=1)
def expected_version() -> str | None:
    """The last migration that the code has; None when there is none. Read from the files once a process."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def version_of(connection: Connection) -> str | None:
    """The last migration that the database has seen; None when it has seen none."""
    return MigrationContext.configure(connection).get_current_revision()

"""Alembic's environment: one connection, the metadata of all models, both databases."""

from typing import Any

from alembic import context
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.reach import reach_all
from tillsyn.models import Base
from tillsyn.models.append_only import stand_guard
from tillsyn.models.base import UtcTime
from tillsyn.models.row_security import stand_policies
from tillsyn.models.sealed import SealedBytes, reading_keys_from


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        reach_all(given)
        _migrate(given)
        return
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        reach_all(connection)
        if engine.dialect.name == "sqlite":
            _migrate_sqlite(connection)
        else:
            _migrate(connection)
        connection.commit()
    engine.dispose()


def _migrate_sqlite(connection: Connection) -> None:
    """Foreign keys rest while tables are made anew, and are all looked through before the commit.

    To drop a table takes with it the rows that refer to it, or is refused
    (sqlite.org/lang_altertable, part 7);
    the setting does nothing inside a transaction, so it is made on the driver's connection.
    """
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        _migrate(connection)
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise CommandError(f"rows refer to rows that are not there: {sorted({row[0] for row in lost})}")
        connection.commit()
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


def _plain_type(kind: str, item: object, autogen: object) -> str | bool:
    """Migrations speak of plain types: they must run long after the code's own types have changed."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SealedBytes):
        return "sa.LargeBinary()"
    return False


def _guarded(*, ctx: Any, **_: object) -> None:
    stand_guard(ctx.connection)
    stand_policies(ctx.connection)


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain_type,
        on_version_apply=_guarded,
    )
    with reading_keys_from(connection), context.begin_transaction():
        context.run_migrations()


run()

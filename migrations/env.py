"""Alembic's environment: one connection, the metadata of all models, both databases."""

from alembic import context

from tillsyn.inspect.outside.database import make_engine
from tillsyn.models import Base
from tillsyn.models.base import UtcTime
from tillsyn.models.sealed import SealedBytes


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        _migrate(connection)
        connection.commit()
    engine.dispose()


def _plain_type(kind: str, item: object, autogen: object) -> str | bool:
    """Migrations speak of plain types: they must run long after the code's own types have changed."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SealedBytes):
        return "sa.LargeBinary()"
    return False


def _migrate(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

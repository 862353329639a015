"""PostgreSQL: what the application's role may do, so that it is not the owner of its log."""

from sqlalchemy import Connection, inspect, text

from ...models.append_only import KEPT, TABLES
from ..errors import NotFound, NotPossibleNow


def let_role_work(connection: Connection, role: str) -> None:
    """Give `role` what the application needs: to read and write; of the log to read and add; and to take no
    row away of what stays when all else of a case goes.

    Run as the owner of the tables, after each migration. Raises NotFound for a role that is not there,
    NotPossibleNow for one that owns the tables (privileges do not bind an owner), for one that policies do
    not bind, and on SQLite.
    """
    if connection.dialect.name != "postgresql":
        raise NotPossibleNow("only PostgreSQL has roles; on SQLite the file's owner may write everything")
    if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}) is None:
        raise NotFound("PostgreSQL has no role called %(role)s", {"role": role})
    owner = text(
        "SELECT pg_has_role(:role, tableowner, 'USAGE') FROM pg_tables"
        " WHERE schemaname = current_schema() AND tablename = 'events'"
    )
    if connection.scalar(owner, {"role": role}):
        raise NotPossibleNow(
            "%(role)s owns the tables or is a member of who does: make a role of its own", {"role": role}
        )
    exempt = text("SELECT rolbypassrls FROM pg_roles WHERE rolname = :role")
    if connection.scalar(exempt, {"role": role}):
        raise NotPossibleNow(
            "policies do not bind %(role)s: ALTER ROLE %(role)s NOBYPASSRLS first", {"role": role}
        )
    quote = connection.dialect.identifier_preparer.quote
    named = quote(role)
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {named}"))
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"REVOKE ALL ON {quote(table)} FROM {named}"))
        connection.execute(text(f"GRANT {_may(table)} ON {quote(table)} TO {named}"))
    for numbers in inspect(connection).get_sequence_names():
        connection.execute(text(f"GRANT USAGE ON SEQUENCE {quote(numbers)} TO {named}"))


def _may(table: str) -> str:
    if table == "alembic_version":
        return "SELECT"
    if table in TABLES:
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE" if table in KEPT else "SELECT, INSERT, UPDATE, DELETE"

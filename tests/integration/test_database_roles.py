"""What the role of the application may not do in PostgreSQL, whatever it says that it reaches."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.restricted import OWNER, ROLE, BoundSite, connected, tables_of
from tillsyn.models.append_only import KEPT

pytestmark = pytest.mark.postgresql


@pytest.mark.parametrize("table", sorted({"events", "event_links"} | KEPT))
def test_what_is_kept_is_not_taken_away_by_privilege(bound: BoundSite, table: str) -> None:
    statements = [f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]  # noqa: S608 - names of tables
    if table not in KEPT:
        statements.append(f"UPDATE {table} SET {'id = id' if table == 'events' else 'number = 1'}")  # noqa: S608
    for statement in statements:
        with connected(bound) as connection:
            reach = text("SELECT set_config('tillsyn.reach', 'system', true)")
            connection.execute(reach)
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                connection.execute(text(statement))


def test_the_role_of_the_application_owns_nothing_and_changes_no_policy(bound: BoundSite) -> None:
    with connected(bound, "postgres") as connection:
        owners = set(connection.scalars(text(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = current_schema()"
        )))  # fmt: skip
        assert owners == {OWNER}
        exempt = text(
            "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND rolname = ANY(:ours)"
        )
        assert connection.scalars(exempt, {"ours": [ROLE, OWNER]}).all() == []
        assert not connection.scalar(text(f"SELECT pg_has_role('{ROLE}', '{OWNER}', 'MEMBER')"))
        tables = tables_of(connection)
    for statement in (
        *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables),
        "ALTER TABLE statements NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY reach ON statements",
        "CREATE POLICY mine ON statements USING (true)",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION tillsyn_reaches(VARIADIC words text[]) RETURNS boolean LANGUAGE sql"
        " AS 'SELECT true'",
        f"SET ROLE {OWNER}",
        f"ALTER ROLE {ROLE} BYPASSRLS",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id uuid)",
    ):
        with (
            connected(bound) as connection,
            pytest.raises(ProgrammingError, match=r"permission denied|must be"),
        ):
            connection.execute(text(statement))

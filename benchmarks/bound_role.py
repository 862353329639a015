"""The role as which the application is served on PostgreSQL: whom policies bind, and who owns nothing."""

from sqlalchemy import create_engine, text

from .instance import run
from .kept_authority import url_of

ROLE = "tillsyn_app"


def bound(environment: dict[str, str]) -> dict[str, str]:
    """The environment as that role, each request in its person's reach; on SQLite as it is."""
    url = url_of(environment)
    if url.startswith("sqlite"):
        return environment
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE}):
            connection.execute(text(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS"))
        connection.execute(text("ANALYZE"))
    engine.dispose()
    run(environment, "audit", "role", ROLE)
    as_role = url.replace("://postgres@", f"://{ROLE}@")
    return environment | {"TILLSYN_DATABASE_URL": as_role, "TILLSYN_REACH": "person"}

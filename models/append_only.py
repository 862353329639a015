"""What the database itself refuses: to change, to take away or to replace a row of the log.

`stand_guard` is run after every migration (migrations/env.py): on SQLite a table that is made anew loses its
triggers. A migration that must change the log drops them by name, and says why.
"""

from sqlalchemy import Connection, inspect, text

REFUSAL = "the log is only added to"
TABLES = {"events": ("id",), "event_links": ("number", "event_id")}
"""The tables of the log, and what tells their rows apart."""
KEPT = frozenset({
    "inspections", "glass_openings", "log_draws", "log_samples", "retention_rules", "disposals",
    "disposal_cases", "archive_packages", "data_keys",
})  # fmt: skip
"""Tables no row of which is ever taken away: on PostgreSQL the application's role may not."""
FUNCTION = "log_is_only_added_to"

_SQLITE = (
    ("are_not_changed", "BEFORE UPDATE ON {table}"),
    ("are_kept", "BEFORE DELETE ON {table}"),
    # REPLACE takes a row away without asking the trigger above (sqlite.org/lang_conflict).
    ("are_not_replaced", "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"),
)
_POSTGRESQL = (
    ("are_not_changed", "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
    ("are_kept", "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
)


def stand_guard(connection: Connection) -> None:
    """Make the triggers, where the log is a chain already and they are missing."""
    if not inspect(connection).has_table("event_links"):
        return
    if connection.dialect.name == "sqlite":
        for table, keys in TABLES.items():
            same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
            for name, when in _SQLITE:
                connection.execute(text(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_{name} {when.format(table=table, same=same)} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                ))  # fmt: skip
        return
    connection.execute(text(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ))  # fmt: skip
    there = set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")))
    for table in TABLES:
        for name, when in _POSTGRESQL:
            if f"{table}_{name}" not in there:
                connection.execute(text(
                    f"CREATE TRIGGER {table}_{name} {when.format(table=table)} EXECUTE FUNCTION {FUNCTION}()"
                ))  # fmt: skip


def lift_guard(connection: Connection) -> None:
    """Take the triggers away, before the table of links goes (migration 0024, downwards)."""
    names = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for table in TABLES:
        for name, _when in names:
            of_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_{name}{of_table}"))

"""PostgreSQL: policies that bind the owner too, on every table that the database has.

`stand_policies` is run after every migration (migrations/env.py), so that a table made later is covered the
day it is made: as its case (a column `inspection_id`, or a foreign key to a table that has one),
or as models/reached_rows.py names it. A table that is neither is closed to all but `system`.
"""

from sqlalchemy import Connection, Inspector, inspect, text

from .reached_rows import (
    ANYBODY,
    ENTERED,
    FILLED,
    FUNCTIONS,
    GLASS,
    LETTER,
    NAMED,
    NEVER_IN_NEED,
    OPEN,
    READ_ACROSS,
    STAFF,
    SYSTEM,
    THEIR_SIDE,
    TO_THEM,
    WHEN_SENT,
    WIDER,
    in_cases,
    in_disposal,
    in_need,
    in_one_case,
    of_theirs,
    reaches,
    through,
)

POLICY, ADDED, ACROSS, OPENED = "reach", "added", "across", "opened"
"""What is seen and changed; what is put in beside that; what is read in cases of others, and in one that is
opened in need."""

# A setting of the function itself would be shorter, and only a superuser may give it one.
_LOOKING = f"""
DECLARE before text := current_setting('tillsyn.reach', true);
BEGIN
    PERFORM set_config('tillsyn.reach', '{SYSTEM}', true);
    {{answer}}
    PERFORM set_config('tillsyn.reach', before, true);
    {{end}}
END"""


def _body(result: str, language: str, question: str) -> str:
    if language == "sql":
        return question
    if result.startswith("SETOF"):
        return _LOOKING.format(answer=f"RETURN QUERY {question};", end="RETURN;")
    return _LOOKING.replace("BEGIN", "    found boolean;\nBEGIN", 1).format(
        answer=f"found := ({question});", end="RETURN found;"
    )


def policies_of(found: Inspector) -> dict[str, list[tuple[str, str]]]:
    """Of each table: the name of each policy and what stands behind `CREATE POLICY … ON …`."""
    made: dict[str, list[tuple[str, str]]] = {}
    for table in sorted(set(found.get_table_names()) - {"alembic_version"}):
        made[table] = [(POLICY, f"USING ({expression_of(found, table)})")]
        words = [word for word, read in READ_ACROSS.items() if table in read]
        for name, read in ((ACROSS, reaches(*words) if words else ""), (OPENED, _opened(found, table))):
            if read:
                made[table].append((name, f"FOR SELECT USING ({read})"))
        added = _added(found, table)
        if added:
            made[table].append((ADDED, f"FOR INSERT WITH CHECK ({added})"))
    return made


def unplaced_tables(found: Inspector) -> list[str]:
    """Tables that are closed to all but `system`, since nothing says whose their rows are."""
    named = OPEN | NAMED.keys() | {"alembic_version"}
    return sorted(
        table for table in found.get_table_names() if table not in named and not _of_case(found, table)
    )


def expression_of(found: Inspector, table: str) -> str:
    everything = reaches(SYSTEM)
    if table in OPEN:
        return ANYBODY
    rule = NAMED.get(table) or _of_case(found, table)
    case = _case_column(found, table)
    jobs = (in_one_case(case), in_disposal(case)) if case else ()
    return " OR ".join(part for part in (everything, rule, WIDER.get(table, ""), *jobs) if part)


def _case_column(found: Inspector, table: str) -> str:
    """The column with the row's case; "" when it has none of its own."""
    if table == "inspections":
        return "id"
    has_one = any(column["name"] == "inspection_id" for column in found.get_columns(table))
    return "inspection_id" if has_one else ""


def _of_case(found: Inspector, table: str) -> str:
    """By the row's case; "" when no foreign key leads to one."""
    if _case_column(found, table) == "inspection_id":
        rule = in_cases("inspection_id")
        if table not in TO_THEM:
            return rule
        when = WHEN_SENT.get(table)
        theirs = of_theirs("inspection_id")
        return f"{rule} OR ({theirs} AND {when})" if when else f"{rule} OR {theirs}"
    ways = _ways(found, table)
    if not ways:
        return ""
    kept_from = (GLASS,) if table == "letter_versions" else (GLASS, LETTER)
    if table not in TO_THEM:
        kept_from = (*kept_from, *THEIR_SIDE)
    if any(parent in ENTERED for _column, parent, _key in _parents(found, table)):
        kept_from = (*kept_from, "registrar")
    return f"(NOT {reaches(*kept_from)} AND ({ways}))"


def _ways(found: Inspector, table: str, also: str = "true") -> str:
    """As the rows to which this one belongs; "" when none of them belongs to a case."""
    return " OR ".join(
        through(parent, f"{table}.{column}", key, also) for column, parent, key in _parents(found, table)
    )


def _opened(found: Inspector, table: str) -> str:
    """What who only reads reaches besides: of a case that is opened in need; "" for nothing.

    What has no case of its own is reached by its parents here alone, so that nothing of it can be changed.
    """
    case = _case_column(found, table)
    if table in OPEN or (case and table in NEVER_IN_NEED):
        return ""
    if case:
        return in_need(case)
    ways = _ways(found, table, in_cases("parent.inspection_id") if table in NEVER_IN_NEED else "true")
    return f"{reaches(GLASS)} AND ({ways})" if ways else ""


def _parents(found: Inspector, table: str) -> list[tuple[str, str, str]]:
    """The foreign keys by which a row belongs to a case: one that is always there, or all that may be."""
    needed = {column["name"] for column in found.get_columns(table) if not column["nullable"]}
    keys = [
        (key["constrained_columns"][0], key["referred_table"], key["referred_columns"][0])
        for key in sorted(found.get_foreign_keys(table), key=lambda key: key["constrained_columns"])
        if len(key["constrained_columns"]) == 1
        and key["referred_table"] != table
        and key["referred_table"] not in OPEN
        and (key["referred_table"] in NAMED or _of_case(found, key["referred_table"]))
    ]
    return [one for one in keys if one[0] in needed][:1] or keys


def _added(found: Inspector, table: str) -> str:
    """What may be put in beside what is seen: told to others, or into a case that is only being made."""
    if table in FILLED:
        return FILLED[table]
    if table not in OPEN | NAMED.keys() and _case_column(found, table):
        return f"{reaches(*STAFF)} AND tillsyn_nobodys(inspection_id)"
    return ""


def stand_policies(connection: Connection) -> None:
    """Make functions and policies anew for every table there is, where they have been made once (0034)."""
    if connection.dialect.name != "postgresql" or not _stands(connection):
        return
    make_policies(connection)


def make_policies(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    for signature, (result, language, question) in FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {signature} RETURNS {result} LANGUAGE {language} STABLE"
            f" AS $$ {_body(result, language, question)} $$"
        )
    quote = connection.dialect.identifier_preparer.quote
    for table, policies in policies_of(inspect(connection)).items():
        named = quote(table)
        connection.exec_driver_sql(f"ALTER TABLE {named} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {named} FORCE ROW LEVEL SECURITY")
        for policy in (POLICY, ADDED, ACROSS, OPENED):
            connection.exec_driver_sql(f"DROP POLICY IF EXISTS {policy} ON {named}")
        for policy, rule in policies:
            connection.exec_driver_sql(f"CREATE POLICY {policy} ON {named} {rule}")


def drop_policies(connection: Connection) -> None:
    """Take all of it away (migration 0034, downwards)."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table in inspect(connection).get_table_names():
        named = quote(table)
        for policy in (POLICY, ADDED, ACROSS, OPENED):
            connection.exec_driver_sql(f"DROP POLICY IF EXISTS {policy} ON {named}")
        connection.exec_driver_sql(f"ALTER TABLE {named} NO FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {named} DISABLE ROW LEVEL SECURITY")
    for signature in FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {signature}")


def _stands(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT 1 FROM pg_proc WHERE proname = 'tillsyn_reaches' LIMIT 1")))

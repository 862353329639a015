"""PostgreSQL: policies that bind the owner too, on every table that the database has.

`stand_policies` is run after every migration (migrations/env.py), so that a table made later is covered the
day it is made: as its case (a column `inspection_id`, or a foreign key to a table that has one),
or as models/reached_rows.py names it. A table that is neither is closed to all but `system`.
"""

from sqlalchemy import Connection, Inspector, inspect, text

from .reach_functions import EARLIER_FUNCTIONS, FUNCTIONS
from .reached_rows import (
    ANYBODY,
    CASES,
    DISPOSAL,
    ENTERED,
    FILLED,
    GLASS,
    LETTER,
    NAMED,
    NEVER_IN_NEED,
    OPEN,
    OPENED,
    READ_ACROSS,
    STAFF,
    SYSTEM,
    THEIR_SIDE,
    THEIRS,
    TO_THEM,
    WHEN_SENT,
    WHICH,
    WIDER,
    Rule,
    listed,
    reaches,
    through,
)

READ, ADDED, CHANGED, TAKEN = "reach", "added", "changed", "taken"
"""One policy for each thing that is done to rows: two that both let read are asked both, for each table."""
BEFORE = ("across", "opened")
"""Names that policies had earlier."""


def policies_of(found: Inspector) -> dict[str, list[tuple[str, str]]]:
    """Of each table: the name of each policy and what stands behind `CREATE POLICY … ON …`."""
    made: dict[str, list[tuple[str, str]]] = {}
    for table in sorted(set(found.get_table_names()) - {"alembic_version"}):
        read, written, added = _read(found, table), _written(found, table), _added(found, table)
        if read == written and not added:
            made[table] = [(READ, f"USING ({read})")]
            continue
        made[table] = [
            (READ, f"FOR SELECT USING ({read})"),
            (ADDED, f"FOR INSERT WITH CHECK ({f'{written} OR ({added})' if added else written})"),
            (CHANGED, f"FOR UPDATE USING ({written})"),
            (TAKEN, f"FOR DELETE USING ({written})"),
        ]
    return made


def unplaced_tables(found: Inspector) -> list[str]:
    """Tables that are closed to all but `system`, since nothing says whose their rows are."""
    named = OPEN | NAMED.keys() | {"alembic_version"}
    return sorted(
        table
        for table in found.get_table_names()
        if table not in named and not _case_column(found, table) and not _parents(found, table)
    )


def _read(found: Inspector, table: str) -> str:
    """What is seen: with what a question reads in cases of others, and what is opened in need."""
    if table in OPEN:
        return ANYBODY
    across = tuple(word for word, tables in READ_ACROSS.items() if table in tables)
    case = _case_column(found, table)
    if case:
        return _of_case(table, case, across, () if table in NEVER_IN_NEED else (OPENED,))
    if table in NAMED:
        return _of_case(table, "", across, ())
    also = listed("parent.inspection_id", CASES) if table in NEVER_IN_NEED else "true"
    return _of_parents(found, table, across, (), also)


def _written(found: Inspector, table: str) -> str:
    """What is changed, taken away and put in: what is only read is not among it, nor what hangs on that."""
    if table in OPEN:
        return ANYBODY
    case = _case_column(found, table)
    if case or table in NAMED:
        return _of_case(table, case, (), ())
    return _of_parents(found, table, (), (GLASS, *READ_ACROSS.keys() - {DISPOSAL}), "true")


def _of_case(table: str, case: str, words: tuple[str, ...], lists: tuple[str, ...]) -> str:
    """By the row's case, or as the table's own rule is; `words` and `lists` beside that."""
    rule = NAMED.get(table, Rule(lists=(CASES, THEIRS) if table in TO_THEM else (CASES,)))
    everybody = reaches(SYSTEM, *rule.words, *WIDER.get(table, ()), *words)
    cases = listed(case, *rule.lists, *lists) if case else ""
    if table in WHEN_SENT:
        cases = f"(({cases}) AND ({WHEN_SENT[table]}))"
    parts = (everybody, rule.plain, cases, rule.also, WHICH.get(table, ""))
    return " OR ".join(f"({part})" for part in parts if part)


def _of_parents(
    found: Inspector, table: str, words: tuple[str, ...], not_by: tuple[str, ...], also: str
) -> str:
    """As the rows to which this one belongs, but not by what lets `not_by` reach those."""
    everybody = reaches(SYSTEM, *WIDER.get(table, ()), *words)
    kept_from = not_by if table == "letter_versions" else (*not_by, LETTER)
    if table not in TO_THEM:
        kept_from = (*kept_from, *THEIR_SIDE)
    ways = " OR ".join(
        through(
            parent,
            f"{table}.{column}",
            key,
            listed("parent.inspection_id", CASES, OPENED) if parent in ENTERED else also,
        )
        for column, parent, key in _parents(found, table)
    )
    if not ways:
        return everybody
    kept = f"NOT {reaches(*sorted(kept_from))} AND " if kept_from else ""
    return f"{everybody} OR ({kept}({ways}))"


def _case_column(found: Inspector, table: str) -> str:
    """The column with the row's case; "" when it has none of its own."""
    if table == "inspections":
        return "id"
    has_one = any(column["name"] == "inspection_id" for column in found.get_columns(table))
    return "inspection_id" if has_one else ""


def _parents(found: Inspector, table: str) -> list[tuple[str, str, str]]:
    """The foreign keys by which a row belongs to a case: one that is always there, or all that may be."""
    needed = {column["name"] for column in found.get_columns(table) if not column["nullable"]}
    keys = [
        (key["constrained_columns"][0], key["referred_table"], key["referred_columns"][0])
        for key in sorted(found.get_foreign_keys(table), key=lambda key: key["constrained_columns"])
        if len(key["constrained_columns"]) == 1
        and key["referred_table"] != table
        and key["referred_table"] not in OPEN
        and (
            key["referred_table"] in NAMED
            or _case_column(found, key["referred_table"])
            or _parents(found, key["referred_table"])
        )
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
    quote = connection.dialect.identifier_preparer.quote
    made = policies_of(inspect(connection))
    steps = _drops(connection)
    steps += [f"DROP FUNCTION IF EXISTS {signature}" for signature in EARLIER_FUNCTIONS]
    for signature, (result, varies, body) in FUNCTIONS.items():
        steps.append(
            f"CREATE OR REPLACE FUNCTION {signature} RETURNS {result} LANGUAGE plpgsql {varies}"
            f" AS $$ {body} $$"
        )
    for table, policies in made.items():
        named = quote(table)
        steps += [f"ALTER TABLE {named} {force} ROW LEVEL SECURITY" for force in ("ENABLE", "FORCE")]
        steps += [f"CREATE POLICY {policy} ON {named} {rule}" for policy, rule in policies]
    _carry_out(connection, steps)


def drop_policies(connection: Connection) -> None:
    """Take all of it away (migration 0034, downwards)."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    steps = _drops(connection)
    for table in inspect(connection).get_table_names():
        steps += [f"ALTER TABLE {quote(table)} {no} ROW LEVEL SECURITY" for no in ("NO FORCE", "DISABLE")]
    steps += [f"DROP FUNCTION IF EXISTS {signature}" for signature in (*FUNCTIONS, *EARLIER_FUNCTIONS)]
    _carry_out(connection, steps)


def _drops(connection: Connection) -> list[str]:
    """What takes away the policies that there are."""
    quote = connection.dialect.identifier_preparer.quote
    there = connection.execute(
        text(
            "SELECT policyname, tablename FROM pg_policies"
            " WHERE schemaname = current_schema() AND policyname = ANY(:ours)"
        ),
        {"ours": [READ, ADDED, CHANGED, TAKEN, *BEFORE]},
    )
    return [f"DROP POLICY {quote(policy)} ON {quote(table)}" for policy, table in there]


def _carry_out(connection: Connection, steps: list[str]) -> None:
    """In one go: a thousand short steps take longer to send than to do."""
    connection.exec_driver_sql(";\n".join(steps), execution_options={"no_parameters": True})


def _stands(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT 1 FROM pg_proc WHERE proname = 'tillsyn_reaches' LIMIT 1")))

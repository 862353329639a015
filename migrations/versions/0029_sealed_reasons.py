"""Reasons, notes and drafts that were in clear are sealed

Revision: 0029, after: 0028
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.models.sealed import held_bytes, opened, settled

revision = "0029"
down_revision = "0028"

SHORT, LONG, LINES = sa.String(length=200), sa.String(), sa.JSON()
COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "inspections": dict.fromkeys(("risk_note", "no_staff_reason", "note", "arrangements"), LONG),
    "team_members": {"conflict_note": LONG},
    "state_changes": {"reason": LONG},
    "order_overrides": {"reason": LONG},
    "self_assessments": {"strengths": LINES, "worries": LINES},
    "area_assessments": dict.fromkeys(("own_reason", "reasoning", "children_weighed"), LONG),
    "findings": {"title": SHORT} | dict.fromkeys(("saw", "matters", "proportion", "achieve"), LONG),
    "remarks": {"text": LONG},
    "reviews": {"reason": LONG},
    "meeting_times": {"place": SHORT},
}
"""What is sealed, and of which type it was."""
CHECKS = {
    "order_overrides": ("has_a_reason", "length(reason) >= 20", "reason_sealed IS NOT NULL"),
    "area_assessments": ("own_view_has_a_reason", "length(own_reason) > 0", "own_reason_sealed IS NOT NULL"),
    "remarks": ("has_a_text", "length(text) > 0", "text_sealed IS NOT NULL"),
    "reviews": (
        "return_has_a_reason",
        "verdict <> 'returned' OR length(reason) > 0",
        "verdict <> 'returned' OR reason_sealed IS NOT NULL",
    ),
    "meeting_times": ("has_a_place", "length(place) > 0", "place_sealed IS NOT NULL"),
}
"""Name, and condition before and after."""
CASES = {
    "inspections": "id",
    "remarks": "(SELECT letters.inspection_id FROM letters JOIN paragraphs"
    " ON paragraphs.letter_id = letters.id WHERE paragraphs.id = remarks.paragraph_id)",
    "reviews": "(SELECT letters.inspection_id FROM letters WHERE letters.id = reviews.letter_id)",
}
"""How the case of a row is found, where it is not in a column of its own."""
NEW_EVENTS = ("case_searched",)


def upgrade() -> None:
    """In SQLite what is deleted meanwhile is written over with zeroes; PostgreSQL drops it when it vacuums."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")
    for name, columns in COLUMNS.items():
        for column in columns:
            op.add_column(name, sa.Column(f"{column}_sealed", sa.LargeBinary(), nullable=True))
        _seal(name, columns)
        _exchange(name, gone=list(columns), condition=CHECKS[name][2] if name in CHECKS else "")
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """What was sealed stands in clear again. The log is only added to, and keeps its word for searches."""
    for name, columns in COLUMNS.items():
        for column, kind in columns.items():
            empty = "[]" if kind is LINES else ""
            op.add_column(name, sa.Column(column, kind, server_default=empty, nullable=False))
        _open(name, columns)
        sealed = [f"{column}_sealed" for column in columns]
        _exchange(name, gone=sealed, condition=CHECKS[name][1] if name in CHECKS else "")


def _table(name: str, columns: Mapping[str, Any]) -> sa.TableClause:
    return sa.table(
        name,
        sa.column("id", sa.Uuid()),
        *(sa.column(column, kind) for column, kind in columns.items()),
        *(sa.column(f"{column}_sealed", sa.LargeBinary()) for column in columns),
    )


def _seal(name: str, columns: Mapping[str, Any]) -> None:
    connection, table = op.get_bind(), _table(name, columns)
    case: Any = sa.literal_column(CASES.get(name, "inspection_id"), sa.Uuid()).label("case_id")
    wanted = sa.select(table.c.id, case, *(table.c[column] for column in columns))
    for row in connection.execute(wanted).mappings().all():
        values = {}
        for column, kind in columns.items():
            plain = row[column] and (
                json.dumps(row[column], ensure_ascii=False) if kind is LINES else row[column]
            )
            if plain:
                sealed = f"{column}_sealed"
                held = held_bytes(name, sealed, row["id"], plain.encode())
                values[sealed] = settled(connection, row["case_id"], held)
        if values:
            connection.execute(table.update().where(table.c.id == row["id"]).values(values))


def _open(name: str, columns: Mapping[str, Any]) -> None:
    connection, table = op.get_bind(), _table(name, columns)
    sealed = {column: f"{column}_sealed" for column in columns}
    wanted = sa.select(table.c.id, *(table.c[one] for one in sealed.values()))
    for row in connection.execute(wanted).mappings().all():
        values = {}
        for column, kind in columns.items():
            plain = opened(name, sealed[column], row["id"], row[sealed[column]])
            if plain:
                values[column] = json.loads(plain) if kind is LINES else plain
        if values:
            connection.execute(table.update().where(table.c.id == row["id"]).values(values))


def _exchange(name: str, *, gone: list[str], condition: str) -> None:
    """Take columns away; where a check speaks of them, another takes its place."""
    if not condition:
        for column in gone:
            op.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
        return
    check = op.f(f"ck_{name}_{CHECKS[name][0]}")
    with op.batch_alter_table(name, recreate=_anew()) as table:
        table.drop_constraint(check, type_="check")
        for column in gone:
            table.drop_column(column)
        table.create_check_constraint(check, condition)


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _kinds_of_event() -> list[str]:
    """The kinds of event that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("events")
    (condition,) = (one["sqltext"] for one in checks if one["name"] == "ck_events_eventkind")
    return re.findall(r"'([a-z_]+)'", condition)


def _allow_kinds(kinds: list[str]) -> None:
    name = op.f("ck_events_eventkind")
    condition = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "events", type_="check")
        op.create_check_constraint(name, "events", condition)
        return
    with op.batch_alter_table("events", recreate="always") as table:
        table.create_check_constraint(name, condition)

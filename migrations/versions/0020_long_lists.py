"""What long lists need: a text to search and sort by, indexes; addresses of calendars

Revision: 0020, after: 0019
"""

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

NEW_EVENTS = ("calendar_opened", "calendar_closed")
LENGTH = 300
SEARCHED = {
    "providers": ("name", "organisation_number"),
    "homes": ("name", "municipality"),
    "users": ("name", "email"),
    "inspections": ("dnr", "title"),
}
INDEXES = {
    "ix_providers_search_key": ("providers", ["search_key"]),
    "ix_homes_search_key": ("homes", ["search_key"]),
    "ix_users_search_key": ("users", ["search_key"]),
    "ix_inspections_state_state_since": ("inspections", ["state", "state_since"]),
    "ix_inspections_counted": ("inspections", ["state", "announced", "visit_started_at", "id"]),
    "ix_inspections_listed": ("inspections", ["state_since", "id", "announced", "visit_started_at", "state"]),
    "ix_inspections_planned_on": ("inspections", ["planned_on"]),
    "ix_inspections_visit_started_at": ("inspections", ["visit_started_at"]),
    "ix_inspections_created_at": ("inspections", ["created_at"]),
    "ix_events_kind_at": ("events", ["kind", "at"]),
}
BATCH = 1000

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    plain = op.get_bind().dialect.name == "sqlite"
    kind = sa.String(LENGTH) if plain else sa.String(LENGTH, collation="C")
    for table, columns in SEARCHED.items():
        op.add_column(table, sa.Column("search_key", kind, server_default="", nullable=False))
        _write_keys(table, columns)
    op.drop_index("ix_inspections_state", "inspections")
    for name, (table, indexed) in INDEXES.items():
        op.create_index(name, table, indexed)
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_calendar_feeds_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feeds_user_id")),
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Addresses of calendars go; whoever had one makes a new one."""
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])
    op.drop_table("calendar_feeds")
    for name, (table, _indexed) in reversed(INDEXES.items()):
        op.drop_index(name, table)
    op.create_index("ix_inspections_state", "inspections", ["state"])
    for table in SEARCHED:
        op.drop_column(table, "search_key")


def _write_keys(table: str, columns: Sequence[str]) -> None:
    rows = sa.table(
        table,
        sa.column("id", sa.Uuid()),
        sa.column("search_key", sa.String()),
        *(sa.column(name, sa.String()) for name in columns),
    )
    connection = op.get_bind()
    named = [rows.c[name] for name in columns]
    found = connection.execute(sa.select(rows.c.id, *named)).all()
    write = rows.update().where(rows.c.id == sa.bindparam("row")).values(search_key=sa.bindparam("key"))
    for start in range(0, len(found), BATCH):
        keys = [{"row": row, "key": _key(*parts)} for row, *parts in found[start : start + BATCH]]
        connection.execute(write, keys)


def _key(*parts: str) -> str:
    """Small letters, no accents, å, ä and ö after z: as models/search_keys.py had it in this revision."""
    text = unicodedata.normalize("NFC", " ".join(parts)).casefold().translate(str.maketrans("{|}", "   "))
    swedish = text.translate(str.maketrans("åäæöø", "{||}}"))
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", swedish) if not unicodedata.combining(sign)
    )
    return " ".join(plain.split())[:LENGTH]


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

"""A data key for each case, wrapped by a key-encryption key

Revision: 0028, after: 0027

What is sealed already stays as it is, and opens; `tillsyn keys renew --all` gives it to the keys of its cases.
"""

import re
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from tillsyn.models.sealed import opened_bytes, sealed_bytes

revision = "0028"
down_revision = "0027"

NEW_EVENTS = ("keys_rewrapped", "case_key_renewed", "case_key_destroyed")
BY_KEY = "02"
"""The first byte, in hex, of what a data key has sealed."""
PLACES = {
    ("upload_parts", "content_sealed"): ("content", ("upload_id", "n")),
    ("answer_files", "content_sealed"): ("content", ("id",)),
}
"""What is bound by something else than its column and the id of its row."""
AT_ONCE = 500


def upgrade() -> None:
    in_use = sa.text("retired_at IS NULL")
    op.create_table(
        "data_keys",
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("kek_id", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_data_keys_destroyed_has_no_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_keys")),
    )
    op.create_index(op.f("ix_data_keys_holder_id"), "data_keys", ["holder_id"])
    op.create_index(op.f("ix_data_keys_kek_id"), "data_keys", ["kek_id"])
    op.create_index(
        "uq_data_keys_in_use",
        "data_keys",
        ["holder_id"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Everything is sealed with the installation's key again, which the former code knows.

    The log is only added to: what it tells of keys stays in it, and so do the words for that.
    """
    connection = op.get_bind()
    known = sa.MetaData()
    known.reflect(connection)
    for table in known.tables.values():
        for column in table.columns:
            if column.name.endswith("_sealed"):
                _seal_with_the_one_key(connection, table, column)
    op.drop_table("data_keys")


def _seal_with_the_one_key(connection: sa.Connection, table: sa.Table, column: "sa.Column[bytes]") -> None:
    name, place = PLACES.get((table.name, column.name), (column.name, ("id",)))
    first = sa.func.substr(column, 1, 1)
    hexed = sa.func.hex(first) if connection.dialect.name == "sqlite" else sa.func.encode(first, "hex")
    wanted = sa.select(table.c.id, *(table.c[one] for one in place), column).where(hexed == BY_KEY)
    wanted = wanted.order_by(table.c.id).limit(AT_ONCE)
    last = None
    while rows := connection.execute(wanted if last is None else wanted.where(table.c.id > last)).all():
        for id, *bound, sealed in rows:
            row = "/".join(map(_written, bound))
            plain = opened_bytes(table.name, name, row, sealed)
            connection.execute(
                table.update()
                .where(table.c.id == id)
                .values({column.name: sealed_bytes(table.name, name, row, plain)})
            )
        last = rows[-1][0]


def _written(value: object) -> str:
    """An id with its hyphens, which SQLite keeps without; a number as it is."""
    return str(UUID(value)) if isinstance(value, str) else str(value)


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

"""Points and letters to placing committees; what a provider promises is sealed

Revision: 0022, after: 0021
"""

import re
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from tillsyn.models.sealed import opened, sealed_bytes

revision = "0022"
down_revision = "0021"

NEW_EVENTS = ("placing_noted", "points_routed", "committee_told")
NEW_NOTICES = ("measure_reported",)
NEW_LETTERS = ("committee",)
SEALED = ("description", "owner")
AFTER = "description_sealed IS NOT NULL AND owner_sealed IS NOT NULL"
BEFORE = "length(description) > 0"

events = sa.table("events", sa.column("kind", sa.String()))
notices = sa.table("notices", sa.column("kind", sa.String()))
letters = sa.table("letters", sa.column("id", sa.Uuid()), sa.column("kind", sa.String()))
measures = sa.table(
    "measures",
    sa.column("id", sa.Uuid()),
    *(sa.column(name, sa.String()) for name in SEALED),
    *(sa.column(f"{name}_sealed", sa.LargeBinary()) for name in SEALED),
)


def upgrade() -> None:
    op.create_table(
        "committee_points",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_committee_points_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_committee_points_finding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_points")),
        sa.UniqueConstraint(
            "finding_id", "committee_id", name=op.f("uq_committee_points_finding_id_committee_id")
        ),
    )
    op.create_index(op.f("ix_committee_points_committee_id"), "committee_points", ["committee_id"])
    for table_name, column in (("residents", "placed_by_id"), ("letter_versions", "committee_id")):
        with op.batch_alter_table(table_name, recreate=_anew()) as table:
            table.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{table_name}_{column}"), "committees", [column], ["id"])
    _seal()
    for table_name, name, added in (
        ("letters", "letterkind", NEW_LETTERS),
        ("notices", "noticekind", NEW_NOTICES),
        ("events", "eventkind", NEW_EVENTS),
    ):
        known = _allowed(table_name, name)
        _allow(table_name, name, known + [kind for kind in added if kind not in known])


def downgrade() -> None:
    """Letters to committees go, with who has placed whom; what was promised stands in clear again."""
    op.execute(letters.delete().where(letters.c.kind.in_(NEW_LETTERS)))
    _let_go_of_what_hung_on_them()
    op.execute(notices.delete().where(notices.c.kind.in_(NEW_NOTICES)))
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    for table_name, name, added in (
        ("letters", "letterkind", NEW_LETTERS),
        ("notices", "noticekind", NEW_NOTICES),
        ("events", "eventkind", NEW_EVENTS),
    ):
        _allow(table_name, name, [kind for kind in _allowed(table_name, name) if kind not in added])
    _open()
    for table_name, column in (("letter_versions", "committee_id"), ("residents", "placed_by_id")):
        with op.batch_alter_table(table_name, recreate=_anew()) as table:
            table.drop_constraint(op.f(f"fk_{table_name}_{column}"), type_="foreignkey")
            table.drop_column(column)
    op.drop_index(op.f("ix_committee_points_committee_id"), "committee_points")
    op.drop_table("committee_points")


def _seal() -> None:
    """What stands in clear is sealed to its row. Needs the keys of the installation when there is any."""
    for name in SEALED:
        op.add_column("measures", sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=True))
    for row in op.get_bind().execute(sa.select(measures.c.id, measures.c.description, measures.c.owner)):
        values = {
            f"{name}_sealed": sealed_bytes("measures", f"{name}_sealed", row.id, getattr(row, name).encode())
            for name in SEALED
        }
        op.execute(measures.update().where(measures.c.id == row.id).values(values))
    with op.batch_alter_table("measures", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_measures_has_a_description"), type_="check")
        for name in SEALED:
            table.drop_column(name)
        table.create_check_constraint(op.f("ck_measures_has_a_description"), AFTER)


def _open() -> None:
    op.add_column("measures", sa.Column("description", sa.Text(), nullable=True))
    op.add_column("measures", sa.Column("owner", sa.String(length=200), nullable=True))
    sealed = sa.select(measures.c.id, measures.c.description_sealed, measures.c.owner_sealed)
    for row in op.get_bind().execute(sealed):
        values = {name: _opened(row.id, name, getattr(row, f"{name}_sealed")) for name in SEALED}
        op.execute(measures.update().where(measures.c.id == row.id).values(values))
    with op.batch_alter_table("measures", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_measures_has_a_description"), type_="check")
        for name in SEALED:
            table.drop_column(f"{name}_sealed")
        table.alter_column("description", existing_type=sa.Text(), type_=sa.String(), nullable=False)
        table.alter_column("owner", existing_type=sa.String(length=200), nullable=False)
        table.create_check_constraint(op.f("ck_measures_has_a_description"), BEFORE)


def _opened(id: UUID, name: str, sealed: bytes) -> str:
    return opened("measures", f"{name}_sealed", id, sealed)


def _let_go_of_what_hung_on_them() -> None:
    """What a deleted letter takes with it, on SQLite, where foreign keys rest while it is migrated."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    while lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        for name, row_id, *_ in lost:
            row = sa.table(name, sa.column("rowid", sa.Integer()))
            op.execute(row.delete().where(row.c.rowid == row_id))


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _allowed(table_name: str, name: str) -> list[str]:
    """The words that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table_name)
    (condition,) = (one["sqltext"] for one in checks if one["name"] == f"ck_{table_name}_{name}")
    return re.findall(r"'([a-z0-9_-]+)'", condition)


def _allow(table_name: str, name: str, words: list[str]) -> None:
    named = op.f(f"ck_{table_name}_{name}")
    condition = f"kind IN ({', '.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(named, table_name, type_="check")
        op.create_check_constraint(named, table_name, condition)
        return
    if table_name == "letters":
        _rewrite_in_sqlite(f"kind IN ({', '.join(map(repr, _allowed(table_name, name)))})", condition)
        return
    with op.batch_alter_table(table_name, recreate="always") as table:
        table.create_check_constraint(named, condition)


def _rewrite_in_sqlite(old: str, new: str) -> None:
    """The list of words in the text of the table itself, where the others of its checks stay as written.

    The way that SQLite documents for a change of constraints alone (lang_altertable, part 7). An older
    revision knows the table by its text, and to make it anew would write its constraints in another order.
    """
    connection = op.get_bind()
    table = "type = 'table' AND name = 'letters'"
    # The condition is ours, above.
    written = connection.scalar(sa.text(f"SELECT sql FROM sqlite_master WHERE {table}")) or ""  # noqa: S608  # nosec B608
    assert written.count(old) == 1, written  # noqa: S101 - what is to be replaced stands there once  # nosec B101
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        # The same condition.
        sa.text(f"UPDATE sqlite_master SET sql = :sql WHERE {table}"),  # noqa: S608  # nosec B608
        {"sql": written.replace(old, new)},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version or 0) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))

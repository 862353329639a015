"""Reading a case without a part in it, and identities that two open together

Revision: 0030, after: 0029
"""

import re

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0030"
down_revision = "0029"

NEW_EVENTS = (
    "glass_broken", "glass_refused", "glass_closed", "identity_written", "identity_asked", "identity_confirmed",
    "identity_opened", "content_by_command",
)  # fmt: skip
NEW_NOTICES = ("glass_broken", "identity_asked", "identity_opened")
REASONS = ("danger", "cannot_wait", "duty", "other")
PURPOSES = ("letter", "contact", "concern", "danger")
SIDES = ("inspects", "oversees")
MOMENT = sa.DateTime(timezone=True)

notices = sa.table("notices", sa.column("kind", sa.String()))
samples = sa.table("log_samples", sa.column("draw_id", sa.Uuid()))


def upgrade() -> None:
    _make_openings()
    _make_identities()
    with op.batch_alter_table("log_samples", recreate=_anew()) as table:
        table.add_column(sa.Column("opening_id", sa.Uuid(), nullable=True))
        table.alter_column("draw_id", existing_type=sa.Uuid(), nullable=True)
        table.create_foreign_key(op.f("fk_log_samples_opening_id"), "glass_openings", ["opening_id"], ["id"])
        table.create_unique_constraint(op.f("uq_log_samples_opening_id"), ["opening_id"])
        table.create_check_constraint(
            op.f("ck_log_samples_drawn_or_opened"), "(draw_id IS NULL) = (opening_id IS NOT NULL)"
        )
    for table_name, name, added in (
        ("notices", "noticekind", NEW_NOTICES),
        ("events", "eventkind", NEW_EVENTS),
    ):
        known = _allowed(table_name, name)
        _allow(table_name, name, known + [kind for kind in added if kind not in known])


def downgrade() -> None:
    """Openings and identities go, and what the log tells of them; the rest of the log is chained anew."""
    op.execute(samples.delete().where(samples.c.draw_id.is_(None)))
    with op.batch_alter_table("log_samples", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_log_samples_drawn_or_opened"), type_="check")
        table.drop_constraint(op.f("uq_log_samples_opening_id"), type_="unique")
        table.drop_constraint(op.f("fk_log_samples_opening_id"), type_="foreignkey")
        table.alter_column("draw_id", existing_type=sa.Uuid(), nullable=False)
        table.drop_column("opening_id")
    for name in ("identity_openings", "child_identities", "glass_openings"):
        op.drop_table(name)
    op.execute(notices.delete().where(notices.c.kind.in_(NEW_NOTICES)))
    forget_events(NEW_EVENTS)
    for table_name, name, added in (
        ("notices", "noticekind", NEW_NOTICES),
        ("events", "eventkind", NEW_EVENTS),
    ):
        _allow(table_name, name, [kind for kind in _allowed(table_name, name) if kind not in added])


def _make_openings() -> None:
    table = "glass_openings"
    op.create_table(
        table,
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > opened_at", name=op.f(f"ck_{table}_ends_after_it_begins")),
        sa.CheckConstraint(
            "closed_at IS NULL OR (closed_at >= opened_at AND closed_at <= ends_at)",
            name=op.f(f"ck_{table}_closed_within_it"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f(f"ck_{table}_closed_by_somebody")
        ),
        sa.CheckConstraint("words_sealed IS NOT NULL", name=op.f(f"ck_{table}_has_a_reason_in_words")),
        sa.CheckConstraint(_one_of("reason", REASONS), name=op.f(f"ck_{table}_glassreason")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f(f"fk_{table}_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["users.id"], name=op.f(f"fk_{table}_closed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_inspection_id"), table, ["inspection_id"])
    op.create_index(op.f(f"ix_{table}_user_id_ends_at"), table, ["user_id", "ends_at"])


def _make_identities() -> None:
    table = "child_identities"
    op.create_table(
        table,
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("name_sealed IS NOT NULL", name=op.f(f"ck_{table}_has_a_name")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f(f"fk_{table}_resident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f(f"fk_{table}_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("resident_id", name=op.f(f"uq_{table}_resident_id")),
    )
    table = "identity_openings"
    op.create_table(
        table,
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_as", sa.String(length=40), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_as", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("confirmed_by_id <> asked_by_id", name=op.f(f"ck_{table}_confirmed_by_another")),
        sa.CheckConstraint("confirmed_as <> asked_as", name=op.f(f"ck_{table}_confirmed_by_the_other_side")),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)"
            " AND (confirmed_as IS NULL) = (confirmed_at IS NULL)",
            name=op.f(f"ck_{table}_confirmed_by_somebody"),
        ),
        sa.CheckConstraint("words_sealed IS NOT NULL", name=op.f(f"ck_{table}_has_a_purpose_in_words")),
        sa.CheckConstraint(_one_of("purpose", PURPOSES), name=op.f(f"ck_{table}_identitypurpose")),
        sa.CheckConstraint(_one_of("asked_as", SIDES), name=op.f(f"ck_{table}_asked_as")),
        sa.CheckConstraint(_one_of("confirmed_as", SIDES), name=op.f(f"ck_{table}_confirmed_as")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["child_identities.id"], name=op.f(f"fk_{table}_identity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f(f"fk_{table}_asked_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f(f"fk_{table}_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_identity_id_asked_at"), table, ["identity_id", "asked_at"])


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


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
    with op.batch_alter_table(table_name, recreate="always") as table:
        table.create_check_constraint(named, condition)

"""Every text of a paragraph is kept; what a person ties to evidence; answers to what a letter lacks

Revision: 0011, after: 0009
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"

CHANGES = ("composed", "edited", "taken", "merged", "restored", "gone")
NEW_EVENTS = ("paragraph_tied", "obstacle_answered")

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "kept_texts",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(*CHANGES, name="textchange", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("steps_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_kept_texts_is_numbered")),
        sa.CheckConstraint("at >= began_at", name=op.f("ck_kept_texts_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_kept_texts_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_kept_texts_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_texts")),
        sa.UniqueConstraint(
            "letter_id", "language", "key", "number", name=op.f("uq_kept_texts_letter_id_language_key_number")
        ),
    )
    op.create_table(
        "obstacle_answers",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_obstacle_answers_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_obstacle_answers_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_answers")),
        sa.UniqueConstraint("letter_id", "key", name=op.f("uq_obstacle_answers_letter_id_key")),
    )
    op.add_column("paragraphs", sa.Column("tied", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("paragraphs", sa.Column("base_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("paragraphs", sa.Column("vouched_sealed", sa.LargeBinary(), nullable=True))
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """What stands in each paragraph stays; its earlier texts and the answers go."""
    for column in ("vouched_sealed", "base_sealed", "tied"):
        op.drop_column("paragraphs", column)
    for table in ("obstacle_answers", "kept_texts"):
        op.drop_table(table)
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


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

"""What a person decides about words of a letter that may tell who somebody is

Revision: 0010, after: 0012
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"

MARK_KINDS = (
    "identifier", "roster", "name", "capital", "age", "date", "place", "unique", "few", "wish", "quote",
)  # fmt: skip
CHOICES = ("keep", "rephrase", "remove")
NEW_EVENTS = ("identities_ticked",)

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "identity_ticks",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("paragraph", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*MARK_KINDS, name="markkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "choice",
            sa.Enum(*CHOICES, name="tickchoice", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sentence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "choice <> 'keep' OR reason_sealed IS NOT NULL", name=op.f("ck_identity_ticks_keep_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_identity_ticks_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_identity_ticks_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_ticks")),
    )
    op.create_index(op.f("ix_identity_ticks_letter_id"), "identity_ticks", ["letter_id"])
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    op.drop_table("identity_ticks")
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

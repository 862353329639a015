"""Every frozen letter has a number of its own; corrections of writing errors in letters that were sent

Revision: 0012, after: 0011
"""

import re
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

SIGNS = "2345789CDFGHJKMNPRTVWXY"
STATES = ("proposed", "made", "refused", "withdrawn")
NEW_EVENTS = (
    "correction_proposed", "correction_commented", "correction_made", "correction_refused",
    "correction_withdrawn",
)  # fmt: skip
HASHES = ("html_sha256", "docx_sha256")
UNIQUE = "uq_letter_versions_letter_number"

events = sa.table("events", sa.column("kind", sa.String()))
versions = sa.table("letter_versions", sa.column("id", sa.Uuid()), sa.column("letter_number", sa.String()))


def upgrade() -> None:
    op.add_column("letter_versions", sa.Column("letter_number", sa.String(length=20), nullable=True))
    _give_numbers()
    with op.batch_alter_table("letter_versions") as table:
        table.alter_column("letter_number", existing_type=sa.String(length=20), nullable=False)
        table.create_unique_constraint(op.f(UNIQUE), ["letter_number"])
    for column in HASHES:
        op.create_index(op.f(f"ix_letter_versions_{column}"), "letter_versions", [column])
    op.create_table(
        "corrections",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="correctionstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("comment_by_on", sa.Date(), nullable=True),
        sa.Column("comment_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("commented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("commented_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'made' OR decided_by_id <> proposed_by_id", name=op.f("ck_corrections_four_eyes")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_corrections_decided_at_some_time")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_corrections_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "commented_at IS NULL OR (comment_by_on IS NOT NULL AND commented_by_id IS NOT NULL)",
            name=op.f("ck_corrections_comment_was_asked_for"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_corrections_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["users.id"], name=op.f("fk_corrections_proposed_by_id")),
        sa.ForeignKeyConstraint(
            ["commented_by_id"], ["users.id"], name=op.f("fk_corrections_commented_by_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_corrections_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_letter_id"), "corrections", ["letter_id"])
    op.create_table(
        "corrected_words",
        sa.Column("correction_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wrong_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("right_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=False),
        sa.Column("made_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["corrections.id"],
            name=op.f("fk_corrected_words_correction_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["letter_versions.id"],
            name=op.f("fk_corrected_words_replaces_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_id"], ["letter_versions.id"], name=op.f("fk_corrected_words_made_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrected_words")),
        sa.UniqueConstraint(
            "correction_id", "language", name=op.f("uq_corrected_words_correction_id_language")
        ),
    )
    op.create_index(op.f("ix_corrected_words_made_id"), "corrected_words", ["made_id"])
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Corrected letters stay as versions; who proposed and approved the correction goes."""
    for table in ("corrected_words", "corrections"):
        op.drop_table(table)
    for column in HASHES:
        op.drop_index(op.f(f"ix_letter_versions_{column}"), "letter_versions")
    with op.batch_alter_table("letter_versions") as table:
        table.drop_constraint(op.f(UNIQUE), type_="unique")
        table.drop_column("letter_number")
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _give_numbers() -> None:
    """A number for each version from before there were any: it is not printed in it, but it can be looked up."""
    connection = op.get_bind()
    for (id,) in connection.execute(sa.select(versions.c.id)).all():
        connection.execute(versions.update().where(versions.c.id == id).values(letter_number=_number()))


def _number() -> str:
    """By lot, with a last sign that makes the weighted sum divisible by 23."""
    drawn = [secrets.randbelow(len(SIGNS)) for _ in range(9)]
    total = sum(weight * value for weight, value in enumerate(drawn, start=1))
    last = next(value for value in range(len(SIGNS)) if (total + 10 * value) % len(SIGNS) == 0)
    signs = "".join(SIGNS[value] for value in (*drawn, last))
    return f"F-{signs[:5]}-{signs[5:]}"


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

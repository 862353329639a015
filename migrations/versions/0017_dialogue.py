"""What the dialogue needs: facts answered point by point, meetings confirmed by both sides, grounds of outcomes

Revision: 0017, after: 0016
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

TABLES = (
    "spoken_replies",
    "reply_points",
    "meeting_times",
    "agenda_items",
    "meeting_confirmations",
    "outcome_grounds",
)
NEW_EVENTS = (
    "spoken_reply_noted",
    "point_answered",
    "meeting_proposed",
    "meeting_agreed",
    "meeting_time_withdrawn",
    "agenda_changed",
    "note_shared",
    "note_confirmed",
)

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    with op.batch_alter_table("communications") as table:
        table.add_column(sa.Column("draft_version", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("draft_saved_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("draft_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("draft_sealed", sa.LargeBinary(), nullable=True))
        table.create_foreign_key(op.f("fk_communications_draft_by_id"), "users", ["draft_by_id"], ["id"])
    with op.batch_alter_table("dialogue_meetings") as table:
        table.add_column(sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("shared_by_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_dialogue_meetings_shared_by_id"), "users", ["shared_by_id"], ["id"])
        table.create_check_constraint(
            op.f("ck_dialogue_meetings_shared_by_somebody"), "(shared_at IS NULL) = (shared_by_id IS NULL)"
        )
    op.create_table(
        "spoken_replies",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("noted_at >= said_at", name=op.f("ck_spoken_replies_noted_after_it_was_said")),
        sa.CheckConstraint("length(said_by) > 0", name=op.f("ck_spoken_replies_said_by_somebody")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_spoken_replies_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_spoken_replies_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_replies")),
    )
    op.create_index(op.f("ix_spoken_replies_inspection_id"), "spoken_replies", ["inspection_id"])
    op.create_table(
        "reply_points",
        sa.Column("communication_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.Uuid(), nullable=True),
        sa.Column(
            "stance",
            sa.Enum(
                "right", "wrong", name="factstance", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("spoken_id", sa.Uuid(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "partly",
                "not_accepted",
                name="pointverdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("english_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "verdict IS NULL OR why_sealed IS NOT NULL", name=op.f("ck_reply_points_answer_has_a_reason")
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL)", name=op.f("ck_reply_points_answered_at_some_time")
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_reply_points_answered_by_somebody")
        ),
        sa.CheckConstraint(
            "stance = 'wrong' OR verdict IS NULL", name=op.f("ck_reply_points_only_what_is_wrong_is_answered")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_reply_points_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_reply_points_by_id")),
        sa.ForeignKeyConstraint(
            ["communication_id"],
            ["communications.id"],
            name=op.f("fk_reply_points_communication_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["spoken_id"], ["spoken_replies.id"], name=op.f("fk_reply_points_spoken_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_points")),
    )
    op.create_index(op.f("ix_reply_points_communication_id"), "reply_points", ["communication_id"])
    op.create_table(
        "meeting_times",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(agreed_at IS NULL) = (agreed_by_id IS NULL)", name=op.f("ck_meeting_times_agreed_by_somebody")
        ),
        sa.CheckConstraint("length(place) > 0", name=op.f("ck_meeting_times_has_a_place")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["users.id"], name=op.f("fk_meeting_times_agreed_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_meeting_times_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_meeting_times_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_times")),
    )
    op.create_index(op.f("ix_meeting_times_inspection_id"), "meeting_times", ["inspection_id"])
    op.create_table(
        "agenda_items",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_agenda_items_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_agenda_items_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["dialogue_meetings.id"], name=op.f("fk_agenda_items_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    op.create_index(op.f("ix_agenda_items_inspection_id"), "agenda_items", ["inspection_id"])
    op.create_table(
        "meeting_confirmations",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("remark_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "agrees OR remark_sealed IS NOT NULL",
            name=op.f("ck_meeting_confirmations_otherwise_has_a_remark"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_meeting_confirmations_by_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["dialogue_meetings.id"],
            name=op.f("fk_meeting_confirmations_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_confirmations")),
    )
    op.create_index(op.f("ix_meeting_confirmations_meeting_id"), "meeting_confirmations", ["meeting_id"])
    op.create_table(
        "outcome_grounds",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("known_by", sa.JSON(), nullable=False),
        sa.Column(
            "better",
            sa.Enum(
                "better",
                "partly",
                "same",
                "worse",
                name="better",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("weighed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_outcome_grounds_measure_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("measure_id", name=op.f("uq_outcome_grounds_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_grounds")),
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    with op.batch_alter_table("dialogue_meetings") as table:
        table.drop_constraint(op.f("ck_dialogue_meetings_shared_by_somebody"), type_="check")
        table.drop_constraint(op.f("fk_dialogue_meetings_shared_by_id"), type_="foreignkey")
        table.drop_column("shared_by_id")
        table.drop_column("shared_at")
    with op.batch_alter_table("communications") as table:
        table.drop_constraint(op.f("fk_communications_draft_by_id"), type_="foreignkey")
        for name in ("draft_sealed", "draft_by_id", "draft_saved_at", "draft_version"):
            table.drop_column(name)
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

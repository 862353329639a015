"""What waits to be sent, and what a person has been told

Revision: 0018, after: 0017
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

NOTICE_KINDS = (
    "added_to_team",
    "conflict_found",
    "acute_opened",
    "letter_submitted",
    "letter_returned",
    "letter_approved",
    "remark_made",
    "decision_waits",
    "reply_received",
    "answers_sent",
    "correction_proposed",
    "correction_settled",
    "meeting_proposed",
    "meeting_agreed",
    "meeting_noted",
    "letter_came",
    "facts_came",
    "measures_followed_up",
    "self_assessment_asked",
    "self_assessment_sent",
    "documents_asked",
    "documents_came",
    "deadline_soon",
    "deadline_passed",
    "review_waits_long",
)
NEW_EVENTS = ("document_requested", "document_answered", "document_settled", "provider_time_told")
NOT_SENT = sa.text("sent_at IS NULL AND dropped_at IS NULL")
UNREAD = sa.text("read_at IS NULL")


events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "outgoing_mails",
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outgoing_mails_counts_attempts")),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (invitation_id IS NULL)", name=op.f("ck_outgoing_mails_to_one_reader")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_outgoing_mails_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "sent_at IS NULL OR dropped_at IS NULL", name=op.f("ck_outgoing_mails_sent_or_dropped")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_outgoing_mails_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
    )
    op.create_index(
        "ix_outgoing_mails_waiting",
        "outgoing_mails",
        ["due_at"],
        sqlite_where=NOT_SENT,
        postgresql_where=NOT_SENT,
    )
    op.create_index(op.f("ix_outgoing_mails_user_id_made_at"), "outgoing_mails", ["user_id", "made_at"])
    op.create_table(
        "notices",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*NOTICE_KINDS, name="noticekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_notices_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_notices_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["outgoing_mails.id"], name=op.f("fk_notices_mail_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_notices_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_user_id_at"), "notices", ["user_id", "at"])
    op.create_index(op.f("ix_notices_mail_id"), "notices", ["mail_id"])
    op.create_index("ix_notices_unread", "notices", ["user_id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_table(
        "mail_choices",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "at_once",
                "daily",
                "none",
                name="mailway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_mail_choices_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mail_choices")),
    )

    op.create_table(
        "provider_times",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "spent_on",
            sa.Enum(
                "self_assessment",
                "documents",
                "reply",
                "answers",
                name="timefor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_provider_times_is_some_time")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_provider_times_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_provider_times_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_times")),
        sa.UniqueConstraint(
            "inspection_id",
            "user_id",
            "spent_on",
            name=op.f("uq_provider_times_inspection_id_user_id_spent_on"),
        ),
    )
    op.create_index(op.f("ix_provider_times_told_at"), "provider_times", ["told_at"])
    op.create_table(
        "document_requests",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "sent",
                "held",
                "missing",
                name="requestanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_document_requests_answered_some_time")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_document_requests_answered_by_somebody"),
        ),
        sa.CheckConstraint(
            "settled_at IS NULL OR settled_by_id IS NOT NULL",
            name=op.f("ck_document_requests_settled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_document_requests_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_document_requests_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_document_requests_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["users.id"], name=op.f("fk_document_requests_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_requests")),
    )
    op.create_index(op.f("ix_document_requests_inspection_id"), "document_requests", ["inspection_id"])
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """What was told and what waited to be sent goes: the cases themselves still say it."""
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])
    op.drop_table("document_requests")
    op.drop_table("provider_times")
    op.drop_table("mail_choices")
    op.drop_table("notices")
    op.drop_table("outgoing_mails")


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

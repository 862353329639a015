"""Recorded in the field: the log of operations, devices, files in parts

Revision: 0013, after: 0010
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"

TABLES = (
    "devices",
    "field_records",
    "device_alarms",
    "device_holdings",
    "field_ops",
    "missing_numbers",
    "awaited_ops",
    "field_heads",
    "held_ops",
    "quarantined_ops",
    "uploads",
    "upload_parts",
)
NEW_EVENTS = (
    "file_described",
    "file_received",
    "file_read",
    "file_withdrawn",
    "device_enrolled",
    "device_left",
    "device_lost",
    "device_back",
    "device_alarm_raised",
    "device_alarm_seen",
    "case_taken_along",
    "case_dropped",
    "device_synced",
    "field_conflict_resolved",
    "field_op_tried",
    "field_op_set_aside",
    "quarantine_settled",
)

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "key_way",
            sa.Enum("prf", "passphrase", name="keyway", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_seq", sa.BigInteger(), nullable=False),
        sa.Column("acked_seq", sa.BigInteger(), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("sealed_left", sa.Integer(), nullable=False),
        sa.Column("clock_ahead_ms", sa.BigInteger(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost_by_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(lost_at IS NULL) = (lost_by_id IS NULL)", name=op.f("ck_devices_lost_is_said_by_somebody")
        ),
        sa.CheckConstraint("acked_seq >= 0", name=op.f("ck_devices_acknowledges_from_nought")),
        sa.CheckConstraint("announced_seq >= 0", name=op.f("ck_devices_announces_from_nought")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_devices_has_a_name")),
        sa.CheckConstraint(
            "lost_at IS NULL OR reason_sealed IS NOT NULL", name=op.f("ck_devices_lost_has_a_reason")
        ),
        sa.CheckConstraint("told_at IS NULL OR lost_at IS NOT NULL", name=op.f("ck_devices_told_when_lost")),
        sa.CheckConstraint("unsent >= 0 AND sealed_left >= 0", name=op.f("ck_devices_counts_what_is_left")),
        sa.ForeignKeyConstraint(["lost_by_id"], ["users.id"], name=op.f("fk_devices_lost_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_index(op.f("ix_devices_user_id"), "devices", ["user_id"])
    op.create_table(
        "field_records",
        sa.Column("doc_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("doc_kind", sa.String(length=20), nullable=False),
        sa.Column("stamp", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_field_records_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_field_records")),
    )
    op.create_index(op.f("ix_field_records_inspection_id"), "field_records", ["inspection_id"])
    op.create_table(
        "device_alarms",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cloned", "lost_notes", name="alarmkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(seen_at IS NULL) = (seen_by_id IS NULL)", name=op.f("ck_device_alarms_seen_by_somebody")
        ),
        sa.CheckConstraint("notes >= 0", name=op.f("ck_device_alarms_counts_notes")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_device_alarms_device_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seen_by_id"], ["users.id"], name=op.f("fk_device_alarms_seen_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_alarms")),
    )
    op.create_index(op.f("ix_device_alarms_device_id"), "device_alarms", ["device_id"])
    op.create_table(
        "device_holdings",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("sealed_left", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "unsent >= 0 AND sealed_left >= 0", name=op.f("ck_device_holdings_counts_what_is_left")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_device_holdings_device_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_device_holdings_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_holdings")),
        sa.UniqueConstraint(
            "device_id", "inspection_id", name=op.f("uq_device_holdings_device_id_inspection_id")
        ),
    )
    op.create_index(op.f("ix_device_holdings_inspection_id"), "device_holdings", ["inspection_id"])
    op.create_table(
        "field_ops",
        sa.Column("server_seq", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("doc_kind", sa.String(length=20), nullable=False),
        sa.Column("doc_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "set",
                "add",
                "retract",
                "resolve",
                name="opkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(device_id IS NULL) = (seq IS NULL)", name=op.f("ck_field_ops_device_numbers_its_own")
        ),
        sa.CheckConstraint("seq > 0", name=op.f("ck_field_ops_counts_from_one")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_field_ops_author_id")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_field_ops_device_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_field_ops_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_ops")),
        sa.UniqueConstraint("device_id", "seq", name=op.f("uq_field_ops_device_id_seq")),
        sa.UniqueConstraint("server_seq", name=op.f("uq_field_ops_server_seq")),
    )
    op.create_index(op.f("ix_field_ops_doc_id"), "field_ops", ["doc_id"])
    op.create_index(
        op.f("ix_field_ops_inspection_id_server_seq"), "field_ops", ["inspection_id", "server_seq"]
    )
    op.create_table(
        "missing_numbers",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "first_seq > 0 AND last_seq >= first_seq", name=op.f("ck_missing_numbers_is_a_row_of_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_missing_numbers_device_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_numbers")),
    )
    op.create_index(op.f("ix_missing_numbers_device_id"), "missing_numbers", ["device_id"])
    op.create_table(
        "awaited_ops",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["field_ops.id"], name=op.f("fk_awaited_ops_child_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("op_id", "child_id", name=op.f("pk_awaited_ops")),
    )
    op.create_table(
        "field_heads",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("server_seq", sa.BigInteger(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("doc_kind", sa.String(length=20), nullable=False),
        sa.Column("doc_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "set",
                "add",
                "retract",
                "resolve",
                name="opkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_field_heads_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["op_id"], ["field_ops.id"], name=op.f("fk_field_heads_op_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_field_heads")),
    )
    op.create_index(op.f("ix_field_heads_doc_id_field"), "field_heads", ["doc_id", "field"])
    op.create_index(op.f("ix_field_heads_inspection_id"), "field_heads", ["inspection_id"])
    op.create_table(
        "held_ops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "settlement",
            sa.Enum(
                "taken_in",
                "set_aside",
                name="settlement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "settlement <> 'set_aside' OR (settled_by_id IS NOT NULL AND why_sealed IS NOT NULL)",
            name=op.f("ck_held_ops_set_aside_by_somebody"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_held_ops_settled_some_way")
        ),
        sa.ForeignKeyConstraint(["id"], ["field_ops.id"], name=op.f("fk_held_ops_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_held_ops_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name=op.f("fk_held_ops_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_ops")),
    )
    op.create_index(op.f("ix_held_ops_inspection_id"), "held_ops", ["inspection_id"])
    op.create_table(
        "quarantined_ops",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("said_id", sa.String(length=100), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("takes_number", sa.Boolean(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column(
            "refusal",
            sa.Enum(
                "gap",
                "shape",
                "seq",
                "device",
                "author",
                "inspection",
                "document",
                "value",
                "parents",
                "id-reuse",
                "clone",
                "lost",
                "store",
                name="refusal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rival_id", sa.Uuid(), nullable=True),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "settlement",
            sa.Enum(
                "taken_in",
                "set_aside",
                name="settlement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_as_id", sa.Uuid(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(settlement = 'taken_in') = (taken_as_id IS NOT NULL)",
            name=op.f("ck_quarantined_ops_taken_in_as_one"),
        ),
        sa.CheckConstraint(
            "settlement <> 'set_aside' OR why_sealed IS NOT NULL",
            name=op.f("ck_quarantined_ops_set_aside_with_reason"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_quarantined_ops_settled_by_somebody"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_quarantined_ops_settled_some_way")
        ),
        sa.CheckConstraint(
            "NOT takes_number OR seq > 0", name=op.f("ck_quarantined_ops_takes_a_number_it_has")
        ),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_quarantined_ops_device_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_quarantined_ops_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rival_id"], ["field_ops.id"], name=op.f("fk_quarantined_ops_rival_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["users.id"], name=op.f("fk_quarantined_ops_sender_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["users.id"], name=op.f("fk_quarantined_ops_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_as_id"], ["field_ops.id"], name=op.f("fk_quarantined_ops_taken_as_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_ops")),
    )
    op.create_index(op.f("ix_quarantined_ops_device_id_said_id"), "quarantined_ops", ["device_id", "said_id"])
    op.create_index(op.f("ix_quarantined_ops_inspection_id"), "quarantined_ops", ["inspection_id"])
    op.create_index(
        op.f("ix_quarantined_ops_number"),
        "quarantined_ops",
        ["device_id", "seq"],
        unique=True,
        sqlite_where=sa.text("takes_number"),
        postgresql_where=sa.text("takes_number"),
    )
    op.create_table(
        "uploads",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column(
            "media_type",
            sa.Enum(
                "image/jpeg",
                "image/png",
                "image/webp",
                "application/pdf",
                "audio/webm",
                "audio/ogg",
                "audio/mp4",
                name="mediatype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_sha256", sa.String(length=64), nullable=True),
        sa.Column("cleaned", sa.Boolean(), nullable=False),
        sa.Column("interruptions", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(completed_at IS NULL) = (kept_sha256 IS NULL)", name=op.f("ck_uploads_whole_has_kept")
        ),
        sa.CheckConstraint(
            "(evidence_id IS NULL) <> (interview_id IS NULL)", name=op.f("ck_uploads_has_one_source")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_uploads_withdrawn_by_somebody"),
        ),
        sa.CheckConstraint("parts > 0", name=op.f("ck_uploads_has_parts")),
        sa.CheckConstraint("size > 0", name=op.f("ck_uploads_has_bytes")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_uploads_by_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_uploads_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_uploads_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_uploads_interview_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["users.id"], name=op.f("fk_uploads_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_evidence_id"), "uploads", ["evidence_id"])
    op.create_index(op.f("ix_uploads_inspection_id"), "uploads", ["inspection_id"])
    op.create_index(op.f("ix_uploads_interview_id"), "uploads", ["interview_id"])
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_upload_parts_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_upload_parts_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_parts")),
        sa.UniqueConstraint("upload_id", "n", name=op.f("uq_upload_parts_upload_id_n")),
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """What was recorded in the field stays in the records of its case; the log of it goes, and the files."""
    for table in reversed(TABLES):
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

"""Coding by two, answers to divergences, decided positions, investigations; what was sent for reply is kept

Revision: 0003, after: 0002
"""

from uuid import UUID

import sqlalchemy as sa
import uuid6
from alembic import op

revision = "0003"
down_revision = "0002"

#: Kinds of event that this revision brings.
NEW_KINDS = (
    "passage_marked",
    "passage_removed",
    "coded",
    "coding_settled",
    "memo_written",
    "codes_exported",
    "codes_imported",
    "account_investigated",
    "account_resolved",
    "register_answered",
    "override_written",
    "override_countersigned",
    "area_released",
)

#: The kinds of event of revision 0001.
KINDS_BEFORE = """
signed_in
sign_in_failed
signed_out
user_added
user_disabled
provider_registered
provider_changed
home_registered
home_changed
inspection_planned
inspection_changed
inspection_imported
inspection_exported
inspection_read
team_changed
conflict_declared
state_changed
information_given
child_added
child_removed
child_outcome_set
order_overridden
acute_opened
acute_step_recorded
interview_started
interview_changed
interview_ended
statement_recorded
statement_changed
evidence_added
requirement_marked
own_view_written
weighed
area_decided
finding_written
finding_removed
letter_composed
paragraph_changed
remark_made
remark_resolved
letter_submitted
letter_returned
letter_approved
letter_sent
letter_opened
letter_rendered
communication_sent
communication_skipped
reply_received
dialogue_noted
decision_recorded
answer_saved
answers_sent
measure_proposed
measure_followed_up
self_assessment_sent
log_read
"""

REPORTED_TO = "reported_to IN ('social_services', 'police', 'within')"

events = sa.table("events", sa.column("kind", sa.String()))
statements = sa.table(
    "statements",
    sa.column("id", sa.Uuid()),
    sa.column("inspection_id", sa.Uuid()),
    sa.column("theme", sa.String()),
    sa.column("severity", sa.Integer()),
    sa.column("recorded_by_id", sa.Uuid()),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "area_releases",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessment_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_area_releases_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_area_releases_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_releases")),
        sa.UniqueConstraint(
            "inspection_id", "area", "input_hash", name=op.f("uq_area_releases_inspection_id_area_input_hash")
        ),
    )
    op.create_table(
        "divergence_answers",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "agreed",
                "not_agreed",
                "followed_up",
                "outside_remit",
                "withheld",
                name="registeranswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_divergence_answers_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_divergence_answers_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_divergence_answers")),
        sa.UniqueConstraint("inspection_id", "key", name=op.f("uq_divergence_answers_inspection_id_key")),
    )
    op.create_table(
        "overrides",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("computed", sa.Integer(), nullable=True),
        sa.Column("decided", sa.Integer(), nullable=True),
        sa.Column("binding_rule", sa.String(length=10), nullable=False),
        sa.Column(
            "reason_code",
            sa.Enum(
                "context",
                "theme",
                "time",
                "weight",
                "evidence",
                name="overridereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("needs_countersign", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("countersigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("countersign_hash", sa.String(length=64), nullable=False),
        sa.Column("method_version", sa.String(length=20), nullable=False),
        sa.Column("config_hash", sa.String(length=64), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(countersigned_by_id IS NULL) = (countersigned_at IS NULL)",
            name=op.f("ck_overrides_signed_has_a_time"),
        ),
        sa.CheckConstraint(
            "computed IS NULL OR computed BETWEEN 1 AND 4", name=op.f("ck_overrides_computed_1_to_4")
        ),
        sa.CheckConstraint(
            "countersigned_by_id <> by_id", name=op.f("ck_overrides_countersigned_by_another")
        ),
        sa.CheckConstraint(
            "decided IS NULL OR decided BETWEEN 1 AND 4", name=op.f("ck_overrides_decided_1_to_4")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_overrides_by_id")),
        sa.ForeignKeyConstraint(
            ["countersigned_by_id"], ["users.id"], name=op.f("fk_overrides_countersigned_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_overrides_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("uq_overrides_inspection_id_number")),
    )
    op.create_index(op.f("ix_overrides_at"), "overrides", ["at"], unique=False)

    op.create_table(
        "weighed_areas",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("binding_rule", sa.String(length=10), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("action", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(lowest IS NULL) = (highest IS NULL)", name=op.f("ck_weighed_areas_bounds_come_in_pairs")
        ),
        sa.CheckConstraint("own IS NULL OR own BETWEEN 1 AND 4", name=op.f("ck_weighed_areas_own_1_to_4")),
        sa.CheckConstraint(
            "position IS NULL OR position BETWEEN 1 AND 4", name=op.f("ck_weighed_areas_position_1_to_4")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["weighing_runs.id"], name=op.f("fk_weighed_areas_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "area", name=op.f("pk_weighed_areas")),
    )
    op.create_table(
        "passages",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column(
            "resolution",
            sa.Enum(
                "confirmed",
                "not_confirmed",
                "refuted",
                name="resolution",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("foreign_codes", sa.String(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("0 <= begins AND begins < ends", name=op.f("ck_passages_has_a_length")),
        sa.CheckConstraint(
            "resolution IS NULL OR severity >= 3", name=op.f("ck_passages_resolution_of_grave_only")
        ),
        sa.CheckConstraint(
            "severity IS NULL OR severity BETWEEN 0 AND 4", name=op.f("ck_passages_severity_0_to_4")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_passages_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["users.id"], name=op.f("fk_passages_marked_by_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_passages_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
        sa.UniqueConstraint("inspection_id", "label", name=op.f("uq_passages_inspection_id_label")),
    )
    op.create_index(op.f("ix_passages_statement_id"), "passages", ["statement_id"], unique=False)

    op.create_table(
        "codings",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "first",
                "second",
                "settled",
                name="codingpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=True),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_book", sa.String(length=40), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_codings_numbers_start_at_one")),
        sa.CheckConstraint("severity BETWEEN 0 AND 4", name=op.f("ck_codings_severity_0_to_4")),
        sa.ForeignKeyConstraint(["coder_id"], ["users.id"], name=op.f("fk_codings_coder_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_codings_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_codings_passage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_codings_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sa.UniqueConstraint("unit_id", "part", "number", name=op.f("uq_codings_unit_id_part_number")),
    )
    op.create_index(op.f("ix_codings_coded_at"), "codings", ["coded_at"], unique=False)
    op.create_index(op.f("ix_codings_inspection_id"), "codings", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_codings_statement_id"), "codings", ["statement_id"], unique=False)

    op.create_table(
        "investigations",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column(
            "resolution",
            sa.Enum(
                "confirmed",
                "not_confirmed",
                "refuted",
                name="resolution",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_child", sa.Boolean(), nullable=False),
        sa.Column("countersigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attempt_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(countersigned_by_id IS NULL) = (countersigned_at IS NULL)",
            name=op.f("ck_investigations_signed_has_a_time"),
        ),
        sa.CheckConstraint(
            "countersigned_by_id <> by_id", name=op.f("ck_investigations_countersigned_by_another")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_investigations_by_id")),
        sa.ForeignKeyConstraint(
            ["countersigned_by_id"], ["users.id"], name=op.f("fk_investigations_countersigned_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_investigations_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_investigations_passage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
            name=op.f("fk_investigations_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigations")),
    )
    op.create_index(
        op.f("ix_investigations_inspection_id"), "investigations", ["inspection_id"], unique=False
    )

    op.create_table(
        "memos",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=True),
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_memos_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_memos_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_memos_passage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_memos_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
    )
    op.create_index(op.f("ix_memos_inspection_id"), "memos", ["inspection_id"], unique=False)

    _acute_step_has_an_account()
    op.add_column("communications", sa.Column("facts_sealed", sa.LargeBinary(), nullable=True))
    op.add_column(
        "weighing_runs", sa.Column("code_book", sa.String(length=40), nullable=False, server_default="")
    )
    _kinds_of_event(*KINDS_BEFORE.split(), *NEW_KINDS)
    _first_codings()


def downgrade() -> None:
    op.execute(events.delete().where(events.c.kind.in_(NEW_KINDS)))
    _kinds_of_event(*KINDS_BEFORE.split())
    op.drop_column("weighing_runs", "code_book")
    op.drop_column("communications", "facts_sealed")
    _acute_step_has_no_account()
    op.drop_index(op.f("ix_memos_inspection_id"), "memos")

    op.drop_table("memos")
    op.drop_index(op.f("ix_investigations_inspection_id"), "investigations")

    op.drop_table("investigations")
    op.drop_index(op.f("ix_codings_statement_id"), "codings")
    op.drop_index(op.f("ix_codings_inspection_id"), "codings")
    op.drop_index(op.f("ix_codings_coded_at"), "codings")

    op.drop_table("codings")
    op.drop_index(op.f("ix_passages_statement_id"), "passages")

    op.drop_table("passages")
    op.drop_table("weighed_areas")
    op.drop_index(op.f("ix_overrides_at"), "overrides")

    op.drop_table("overrides")
    op.drop_table("divergence_answers")
    op.drop_table("area_releases")


def _acute_step_has_an_account() -> None:
    """SQLite makes the table anew and forgets its check; no other table refers to it."""
    known = op.get_bind().dialect.name != "sqlite"
    with op.batch_alter_table("acute_steps") as table:
        table.add_column(sa.Column("statement_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("told_child_sealed", sa.LargeBinary(), nullable=True))
        table.create_foreign_key(
            op.f("fk_acute_steps_statement_id"), "statements", ["statement_id"], ["id"], ondelete="SET NULL"
        )
        if not known:
            table.create_check_constraint(op.f("ck_acute_steps_reportedto"), REPORTED_TO)


def _acute_step_has_no_account() -> None:
    known = op.get_bind().dialect.name != "sqlite"
    with op.batch_alter_table("acute_steps") as table:
        table.drop_constraint(op.f("fk_acute_steps_statement_id"), type_="foreignkey")
        table.drop_column("told_child_sealed")
        table.drop_column("statement_id")
        if not known:
            table.create_check_constraint(op.f("ck_acute_steps_reportedto"), REPORTED_TO)


def _kinds_of_event(*kinds: str) -> None:
    """Set the closed vocabulary of the log. SQLite makes the table anew; no other table refers to it."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_events_eventkind"), "events", type_="check")
        op.create_check_constraint(op.f("ck_events_eventkind"), "events", f"kind IN ({listed})")
        return
    with op.batch_alter_table("events", recreate="always") as table:
        table.create_check_constraint(op.f("ck_events_eventkind"), f"kind IN ({listed})")


def _first_codings() -> None:
    """Every judged statement has been coded by whoever recorded it: say so, with when."""
    judged = sa.select(statements).where(statements.c.severity.is_not(None), statements.c.theme.is_not(None))
    codings = sa.table(
        "codings",
        *(
            sa.column(name, sa.Uuid())
            for name in ("id", "inspection_id", "statement_id", "unit_id", "coder_id")
        ),
        *(sa.column(name, sa.String()) for name in ("part", "theme", "code_book")),
        *(sa.column(name, sa.Integer()) for name in ("number", "severity")),
        sa.column("coded_at", sa.DateTime(timezone=True)),
    )
    rows = [
        {
            "id": UUID(int=uuid6.uuid7().int),
            "inspection_id": row.inspection_id,
            "statement_id": row.id,
            "unit_id": row.id,
            "coder_id": row.recorded_by_id,
            "part": "first",
            "number": 1,
            "theme": row.theme,
            "severity": row.severity,
            "code_book": "",
            "coded_at": row.changed_at,
        }
        for row in op.get_bind().execute(judged)
    ]
    if rows:
        op.bulk_insert(codings, rows)

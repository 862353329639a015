"""Classes of keeping, holds and disposal: rules, holds, disposals with their cases, packages for the e-archive

Revision: 0032, after: 0031
"""

import re

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0032"
down_revision = "0031"

NEW_EVENTS = (
    "retention_rule_entered",
    "retention_rule_ended",
    "hold_placed",
    "hold_lifted",
    "disposal_proposed",
    "disposal_approved",
    "disposal_withdrawn",
    "case_disposed",
    "disposal_done",
    "package_made",
    "package_taken_over",
)


def upgrade() -> None:
    op.add_column("inspections", sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "archive_packages",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_over_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(taken_over_at IS NULL) = (taken_over_by_id IS NULL)",
            name=op.f("ck_archive_packages_confirmed_by_somebody"),
        ),
        sa.CheckConstraint("files > 0", name=op.f("ck_archive_packages_holds_files")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_archive_packages_inspection_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_archive_packages_made_by_id")),
        sa.ForeignKeyConstraint(
            ["taken_over_by_id"], ["users.id"], name=op.f("fk_archive_packages_taken_over_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_packages")),
    )
    op.create_index(
        op.f("ix_archive_packages_inspection_id_taken_over_at"),
        "archive_packages",
        ["inspection_id", "taken_over_at"],
        unique=False,
    )
    op.create_table(
        "legal_holds",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_legal_holds_lifted_by_somebody")
        ),
        sa.CheckConstraint("lifted_by_id <> placed_by_id", name=op.f("ck_legal_holds_lifted_by_another")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_legal_holds_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["users.id"], name=op.f("fk_legal_holds_lifted_by_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["users.id"], name=op.f("fk_legal_holds_placed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(
        op.f("ix_legal_holds_inspection_id_lifted_at"),
        "legal_holds",
        ["inspection_id", "lifted_at"],
        unique=False,
    )
    op.create_table(
        "retention_rules",
        sa.Column("decision_number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column(
            "record_type",
            sa.Enum("case", name="recordtype", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "counted_from",
            sa.Enum(
                "closed",
                "end_of_year",
                name="countedfrom",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("after_archiving", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_retention_rules_ended_by_somebody")
        ),
        sa.CheckConstraint("length(decision_number) >= 3", name=op.f("ck_retention_rules_has_a_decision")),
        sa.CheckConstraint("years >= 1 AND years <= 200", name=op.f("ck_retention_rules_after_some_years")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_retention_rules_ended_by_id")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_retention_rules_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
        sa.UniqueConstraint(
            "decision_number", "record_type", name=op.f("uq_retention_rules_decision_number_record_type")
        ),
    )
    op.create_table(
        "disposals",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_disposals_approved_by_somebody")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_disposals_withdrawn_by_somebody"),
        ),
        sa.CheckConstraint("approved_by_id <> proposed_by_id", name=op.f("ck_disposals_four_eyes")),
        sa.CheckConstraint(
            "done_at IS NULL OR approved_at IS NOT NULL", name=op.f("ck_disposals_done_when_approved")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR approved_at IS NULL", name=op.f("ck_disposals_withdrawn_or_approved")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_disposals_approved_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["users.id"], name=op.f("fk_disposals_proposed_by_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["retention_rules.id"], name=op.f("fk_disposals_rule_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["users.id"], name=op.f("fk_disposals_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposals")),
    )
    op.create_index(
        op.f("ix_disposals_approved_at_done_at"), "disposals", ["approved_at", "done_at"], unique=False
    )
    op.create_index(op.f("ix_disposals_rule_id"), "disposals", ["rule_id"], unique=False)
    op.create_table(
        "disposal_cases",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "left_because",
            sa.Enum(
                "held",
                "not_closed",
                "measure_open",
                "sanction_open",
                "correction_open",
                "disclosure_open",
                "not_archived",
                "proposed",
                "disposed",
                name="leftbecause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "disposed_at IS NULL OR left_because IS NULL", name=op.f("ck_disposal_cases_disposed_of_or_left")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposals.id"], name=op.f("fk_disposal_cases_disposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_disposal_cases_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_cases")),
        sa.UniqueConstraint(
            "disposal_id", "inspection_id", name=op.f("uq_disposal_cases_disposal_id_inspection_id")
        ),
    )
    op.create_index(
        op.f("ix_disposal_cases_inspection_id"), "disposal_cases", ["inspection_id"], unique=False
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Rules, holds and receipts go, with what the log tells of them; what is left is chained anew."""
    op.drop_index(op.f("ix_disposal_cases_inspection_id"), table_name="disposal_cases")
    op.drop_table("disposal_cases")
    op.drop_index(op.f("ix_disposals_rule_id"), table_name="disposals")
    op.drop_index(op.f("ix_disposals_approved_at_done_at"), table_name="disposals")
    op.drop_table("disposals")
    op.drop_table("retention_rules")
    op.drop_index(op.f("ix_legal_holds_inspection_id_lifted_at"), table_name="legal_holds")
    op.drop_table("legal_holds")
    op.drop_index(op.f("ix_archive_packages_inspection_id_taken_over_at"), table_name="archive_packages")
    op.drop_table("archive_packages")
    forget_events(NEW_EVENTS)
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])
    op.drop_column("inspections", "disposed_at")


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

"""The children's survey without identities, the self-assessment by area, and the lines of enquiry

Revision: 0007, after: 0006
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NEW_KINDS = (
    "survey_opened",
    "survey_codes_made",
    "survey_codes_revoked",
    "survey_closed",
    "enquiry_chosen",
    "enquiry_removed",
)
ENQUIRY_KINDS = ("apart", "children", "manager", "earlier", "promised", "own")

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("codes_made", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_surveys_closes_after_it_opens")),
        sa.CheckConstraint("children > 0", name=op.f("ck_surveys_is_for_somebody")),
        sa.CheckConstraint("codes_made >= 0", name=op.f("ck_surveys_codes_are_counted")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_surveys_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_surveys_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_surveys_inspection_id")),
    )
    op.create_table(
        "survey_codes",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_codes_survey_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_survey_codes_code_hash")),
    )
    op.create_index(op.f("ix_survey_codes_survey_id"), "survey_codes", ["survey_id"])
    op.create_table(
        "survey_results",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("answers >= 0", name=op.f("ck_survey_results_answers_are_counted")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_results_survey_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_results")),
        sa.UniqueConstraint("survey_id", name=op.f("uq_survey_results_survey_id")),
    )
    op.create_table(
        "survey_failures",
        sa.Column("origin_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_failures")),
    )
    op.create_index(op.f("ix_survey_failures_origin_hash"), "survey_failures", ["origin_hash"])
    op.create_index(op.f("ix_survey_failures_failed_on"), "survey_failures", ["failed_on"])
    op.create_table(
        "enquiry_lines",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*ENQUIRY_KINDS, name="enquirykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'own' OR text_sealed IS NOT NULL", name=op.f("ck_enquiry_lines_own_line_has_words")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_enquiry_lines_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_enquiry_lines_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_lines")),
    )
    op.create_index(op.f("ix_enquiry_lines_inspection_id"), "enquiry_lines", ["inspection_id"])
    op.add_column("self_assessments", sa.Column("by_area_sealed", sa.LargeBinary(), nullable=True))
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_KINDS if kind not in known])


def downgrade() -> None:
    op.execute(events.delete().where(events.c.kind.in_(NEW_KINDS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_KINDS])
    op.drop_column("self_assessments", "by_area_sealed")
    for table in ("enquiry_lines", "survey_failures", "survey_results", "survey_codes", "surveys"):
        op.drop_table(table)


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

"""The tables of the whole domain

Revision: 0001, after:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_number", sa.String(length=11), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "private",
                "municipal",
                "state",
                name="providerkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "organisation_number LIKE '______-____'", name=op.f("ck_providers_organisation_number_form")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_providers_has_a_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
        sa.UniqueConstraint("organisation_number", name=op.f("uq_providers_organisation_number")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("account_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("origin_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempts_account_hash_at"), ["account_hash", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempts_origin_hash_at"), ["origin_hash", "at"], unique=False
        )

    op.create_table(
        "homes",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hvb",
                "stodboende",
                "skyddat_boende",
                name="homekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("municipality", sa.String(length=100), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("target_group", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_homes_has_a_name")),
        sa.CheckConstraint("places > 0", name=op.f("ck_homes_has_places")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_homes_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes")),
        sa.UniqueConstraint("provider_id", "name", name=op.f("uq_homes_provider_id_name")),
    )
    op.create_table(
        "inspections",
        sa.Column("dnr", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "prepared",
                "children",
                "other_talks",
                "documents",
                "weighing",
                "review",
                "communication",
                "dialogue",
                "decision",
                "follow_up",
                "closed",
                "archived",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("focus_areas", sa.JSON(), nullable=False),
        sa.Column("risk_note", sa.String(), nullable=False),
        sa.Column("visit_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visit_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("children_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_staff_reason", sa.String(), nullable=False),
        sa.Column("imported_from", sa.String(length=64), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(dnr) > 0", name=op.f("ck_inspections_has_a_dnr")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_inspections_has_a_title")),
        sa.CheckConstraint(
            "visit_ended_at IS NULL OR (visit_started_at IS NOT NULL AND visit_ended_at >= visit_started_at)",
            name=op.f("ck_inspections_visit_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_inspections_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("dnr", name=op.f("uq_inspections_dnr")),
    )
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspections_state"), ["state"], unique=False)

    op.create_table(
        "users",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_in_lower_case")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_users_home_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_users_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "acute_steps",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reported_to",
            sa.Enum(
                "social_services",
                "police",
                "within",
                name="reportedto",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("told_child", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_acute_steps_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_acute_steps_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acute_steps")),
    )
    with op.batch_alter_table("acute_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acute_steps_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "area_assessments",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("own_position", sa.Integer(), nullable=True),
        sa.Column("own_reason", sa.String(), nullable=False),
        sa.Column("own_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("own_by_id", sa.Uuid(), nullable=True),
        sa.Column("reasoning", sa.String(), nullable=False),
        sa.Column("children_weighed", sa.String(), nullable=False),
        sa.Column("reasoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasoned_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(own_reason) > 0", name=op.f("ck_area_assessments_own_view_has_a_reason")),
        sa.CheckConstraint(
            "own_position IS NULL OR own_position BETWEEN 1 AND 4",
            name=op.f("ck_area_assessments_own_position_1_to_4"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_area_assessments_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["own_by_id"], ["users.id"], name=op.f("fk_area_assessments_own_by_id")),
        sa.ForeignKeyConstraint(
            ["reasoned_by_id"], ["users.id"], name=op.f("fk_area_assessments_reasoned_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_assessments")),
        sa.UniqueConstraint("inspection_id", "area", name=op.f("uq_area_assessments_inspection_id_area")),
    )
    op.create_table(
        "checks",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("requirement", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "met",
                "deviation",
                "not_checked",
                "not_applicable",
                name="checkresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consequence", sa.Integer(), nullable=False),
        sa.Column("extent", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("self_reported", sa.Boolean(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "result = 'deviation' OR (consequence = 0 AND extent = 0 AND NOT repeated AND NOT fixed AND NOT self_reported)",
            name=op.f("ck_checks_only_deviations_are_described"),
        ),
        sa.CheckConstraint("consequence BETWEEN 0 AND 4", name=op.f("ck_checks_consequence_0_to_4")),
        sa.CheckConstraint("extent BETWEEN 0 AND 2", name=op.f("ck_checks_extent_0_to_2")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_checks_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["users.id"], name=op.f("fk_checks_marked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("inspection_id", "requirement", name=op.f("uq_checks_inspection_id_requirement")),
    )
    op.create_table(
        "communications",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_by_on", sa.Date(), nullable=True),
        sa.Column(
            "skip_ground",
            sa.Enum(
                "unnecessary",
                "hard_to_carry_out",
                "cannot_wait",
                name="skipground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("skip_reason", sa.String(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(skip_ground IS NULL) = (sent_at IS NOT NULL AND reply_by_on IS NOT NULL)",
            name=op.f("ck_communications_sent_with_a_deadline_or_skipped"),
        ),
        sa.CheckConstraint(
            "skip_ground IS NULL OR length(skip_reason) > 0", name=op.f("ck_communications_skip_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_communications_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_communications_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communications")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_communications_inspection_id")),
    )
    op.create_table(
        "decisions",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "closed",
                "criticism",
                "order",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("decider_id", sa.Uuid(), nullable=False),
        sa.Column("rapporteur_id", sa.Uuid(), nullable=False),
        sa.Column("participants", sa.String(length=500), nullable=False),
        sa.Column("dissent", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "decider_id <> rapporteur_id", name=op.f("ck_decisions_decider_is_not_rapporteur")
        ),
        sa.CheckConstraint("length(content) > 0", name=op.f("ck_decisions_has_a_content")),
        sa.ForeignKeyConstraint(["decider_id"], ["users.id"], name=op.f("fk_decisions_decider_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_decisions_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rapporteur_id"], ["users.id"], name=op.f("fk_decisions_rapporteur_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_decisions_inspection_id")),
    )
    op.create_table(
        "dialogue_meetings",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("present", sa.String(length=500), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_dialogue_meetings_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_dialogue_meetings_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_meetings")),
    )
    op.create_table(
        "events",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "signed_in",
                "sign_in_failed",
                "signed_out",
                "user_added",
                "user_disabled",
                "provider_registered",
                "provider_changed",
                "home_registered",
                "home_changed",
                "inspection_planned",
                "inspection_changed",
                "inspection_imported",
                "inspection_exported",
                "inspection_read",
                "team_changed",
                "conflict_declared",
                "state_changed",
                "information_given",
                "child_added",
                "child_removed",
                "child_outcome_set",
                "order_overridden",
                "acute_opened",
                "acute_step_recorded",
                "interview_started",
                "interview_changed",
                "interview_ended",
                "statement_recorded",
                "statement_changed",
                "evidence_added",
                "requirement_marked",
                "own_view_written",
                "weighed",
                "area_decided",
                "finding_written",
                "finding_removed",
                "letter_composed",
                "paragraph_changed",
                "remark_made",
                "remark_resolved",
                "letter_submitted",
                "letter_returned",
                "letter_approved",
                "letter_sent",
                "letter_opened",
                "letter_rendered",
                "communication_sent",
                "communication_skipped",
                "reply_received",
                "dialogue_noted",
                "decision_recorded",
                "answer_saved",
                "answers_sent",
                "measure_proposed",
                "measure_followed_up",
                "self_assessment_sent",
                "log_read",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_events_actor_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_events_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_actor_id_at"), ["actor_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_inspection_id_at"), ["inspection_id", "at"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "document",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_evidence_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_evidence_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("inspection_id", "person", name=op.f("uq_evidence_inspection_id_person")),
    )
    op.create_table(
        "findings",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "strength",
                "advice",
                "deficiency",
                name="findingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("requirement", sa.String(length=40), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("sanction", sa.Boolean(), nullable=False),
        sa.Column(
            "responsible",
            sa.Enum(
                "provider",
                "committee",
                "both",
                name="responsible",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("saw", sa.String(), nullable=False),
        sa.Column("matters", sa.String(), nullable=False),
        sa.Column("proportion", sa.String(), nullable=False),
        sa.Column("achieve", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'strength' AND level = 0) OR (kind = 'advice' AND level = 1) OR (kind = 'deficiency' AND level >= 2)",
            name=op.f("ck_findings_level_fits_the_kind"),
        ),
        sa.CheckConstraint(
            "kind <> 'deficiency' OR requirement IS NOT NULL",
            name=op.f("ck_findings_deficiency_names_its_rule"),
        ),
        sa.CheckConstraint(
            "kind <> 'deficiency' OR responsible <> 'committee'",
            name=op.f("ck_findings_committee_matter_is_no_deficiency"),
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_findings_level_0_to_5")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_findings_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_findings_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "information_given",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "rights",
                "supervision",
                "contact",
                "talks_without_guardian",
                name="informationitem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_information_given_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_information_given_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_given")),
        sa.UniqueConstraint("inspection_id", "item", name=op.f("uq_information_given_inspection_id_item")),
    )
    op.create_table(
        "letters",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "returned",
                "approved",
                "sent",
                name="letterstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_letters_sent_at_some_time")
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'sent')) = (approved_by_id IS NOT NULL)",
            name=op.f("ck_letters_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> author_id", name=op.f("ck_letters_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["answers_sent_by_id"], ["users.id"], name=op.f("fk_letters_answers_sent_by_id")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_letters_approved_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_letters_author_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_letters_inspection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("inspection_id", "kind", name=op.f("uq_letters_inspection_id_kind")),
    )
    op.create_table(
        "order_overrides",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(reason) >= 20", name=op.f("ck_order_overrides_has_a_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_order_overrides_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_order_overrides_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_overrides")),
    )
    op.create_table(
        "residents",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "talked",
                "declined",
                "offered_later",
                "not_heard_harm",
                name="childoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_at IS NULL)", name=op.f("ck_residents_outcome_has_a_time")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_residents_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["outcome_by_id"], ["users.id"], name=op.f("fk_residents_outcome_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
        sa.UniqueConstraint("inspection_id", "id", name=op.f("uq_residents_inspection_id_id")),
        sa.UniqueConstraint("inspection_id", "person", name=op.f("uq_residents_inspection_id_person")),
    )
    op.create_table(
        "self_assessments",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("strengths", sa.JSON(), nullable=False),
        sa.Column("worries", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_self_assessments_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_self_assessments_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessments")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_self_assessments_inspection_id")),
    )
    op.create_table(
        "sign_in_sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sign_in_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "state_changes",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "planned",
                "prepared",
                "children",
                "other_talks",
                "documents",
                "weighing",
                "review",
                "communication",
                "dialogue",
                "decision",
                "follow_up",
                "closed",
                "archived",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "planned",
                "prepared",
                "children",
                "other_talks",
                "documents",
                "weighing",
                "review",
                "communication",
                "dialogue",
                "decision",
                "follow_up",
                "closed",
                "archived",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_state_changes_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_state_changes_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_changes")),
    )
    with op.batch_alter_table("state_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_changes_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "team_members",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "co_inspector",
                "decision_maker",
                "peer_reviewer",
                "lawyer",
                name="teamrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("conflict_note", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "declared_at IS NOT NULL OR NOT has_conflict", name=op.f("ck_team_members_conflict_is_declared")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_team_members_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_team_members_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_members")),
        sa.UniqueConstraint(
            "inspection_id", "user_id", "role", name=op.f("uq_team_members_inspection_id_user_id_role")
        ),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_members_user_id"), ["user_id"], unique=False)

    op.create_table(
        "user_roles",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "supervisor",
                "peer_reviewer",
                "lawyer",
                "registrar",
                "log_reviewer",
                "administrator",
                "provider",
                "home_manager",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_roles_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_user_roles")),
    )
    op.create_table(
        "weighing_runs",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("method_version", sa.String(length=20), nullable=False),
        sa.Column("config_hash", sa.String(length=64), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("catalogue_version", sa.String(length=40), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_weighing_runs_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_weighing_runs_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighing_runs")),
    )
    with op.batch_alter_table("weighing_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weighing_runs_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "agrees",
                "disagrees",
                "comments",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_answers_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_answers_finding_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_answers_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("letter_id", "finding_id", name=op.f("uq_answers_letter_id_finding_id")),
    )
    op.create_table(
        "interviews",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("resident_id", sa.Uuid(), nullable=True),
        sa.Column(
            "informant",
            sa.Enum(
                "child",
                "staff",
                "manager",
                "other",
                name="informant",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("guide", sa.String(length=60), nullable=False),
        sa.Column("guide_version", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("age_band", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("chose_company", sa.Boolean(), nullable=False),
        sa.Column("own_recording", sa.Boolean(), nullable=False),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("deviation", sa.Boolean(), nullable=False),
        sa.Column("before_children", sa.Boolean(), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("feedback_channel_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(informant = 'child') = (resident_id IS NOT NULL)",
            name=op.f("ck_interviews_child_is_a_resident"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_interviews_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_interviews_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id", "resident_id"],
            ["residents.inspection_id", "residents.id"],
            name=op.f("fk_interviews_inspection_id_resident_id"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_interviews_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interviews_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "letter_versions",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("html_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_letter_versions_by_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_versions_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_versions")),
        sa.UniqueConstraint(
            "letter_id", "language", "number", name=op.f("uq_letter_versions_letter_id_language_number")
        ),
    )
    with op.batch_alter_table("letter_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_versions_pdf_sha256"), ["pdf_sha256"], unique=False)

    op.create_table(
        "measures",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "remedied",
                "partly",
                "remains",
                name="measureoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("children_say_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_up_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (followed_up_at IS NULL)", name=op.f("ck_measures_followed_up_at_some_time")
        ),
        sa.CheckConstraint("length(description) > 0", name=op.f("ck_measures_has_a_description")),
        sa.CheckConstraint(
            "outcome IS NULL OR length(evidence) > 0", name=op.f("ck_measures_outcome_has_evidence")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_measures_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_measures_finding_id")),
        sa.ForeignKeyConstraint(
            ["followed_up_by_id"], ["users.id"], name=op.f("fk_measures_followed_up_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_measures_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measures_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "paragraphs",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("composed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["edited_by_id"], ["users.id"], name=op.f("fk_paragraphs_edited_by_id")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_paragraphs_finding_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_paragraphs_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraphs")),
        sa.UniqueConstraint(
            "letter_id", "language", "key", name=op.f("uq_paragraphs_letter_id_language_key")
        ),
    )
    op.create_table(
        "reviews",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "approved", "returned", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'returned' OR length(reason) > 0", name=op.f("ck_reviews_return_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_reviews_by_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_reviews_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "remarks",
        sa.Column("paragraph_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)", name=op.f("ck_remarks_resolved_by_somebody")
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_remarks_has_a_text")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_remarks_by_id")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraphs.id"], name=op.f("fk_remarks_paragraph_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["users.id"], name=op.f("fk_remarks_resolved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remarks_paragraph_id"), ["paragraph_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=True),
        sa.Column("own_question", sa.String(length=500), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("prompted", sa.Boolean(), nullable=False),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("concrete", sa.Boolean(), nullable=False),
        sa.Column("firsthand", sa.Boolean(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "may_be_told",
                "only_in_general",
                "not_at_all",
                name="wish",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "closed",
                "withdrawn",
                name="statementstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(interview_id IS NULL) <> (evidence_id IS NULL)", name=op.f("ck_statements_has_one_source")
        ),
        sa.CheckConstraint(
            "resolution IS NULL OR severity >= 3", name=op.f("ck_statements_resolution_of_grave_only")
        ),
        sa.CheckConstraint(
            "severity IS NULL OR severity BETWEEN 0 AND 4", name=op.f("ck_statements_severity_0_to_4")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_statements_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_statements_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_statements_interview_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_statements_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("inspection_id", "label", name=op.f("uq_statements_inspection_id_label")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "finding_evidence",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_evidence_finding_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
            name=op.f("fk_finding_evidence_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("finding_id", "statement_id", name=op.f("pk_finding_evidence")),
    )


def downgrade() -> None:
    op.drop_table("finding_evidence")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_interview_id"))
        batch_op.drop_index(batch_op.f("ix_statements_evidence_id"))

    op.drop_table("statements")
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remarks_paragraph_id"))

    op.drop_table("remarks")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_letter_id"))

    op.drop_table("reviews")
    op.drop_table("paragraphs")
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measures_letter_id"))

    op.drop_table("measures")
    with op.batch_alter_table("letter_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_versions_pdf_sha256"))

    op.drop_table("letter_versions")
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interviews_inspection_id"))

    op.drop_table("interviews")
    op.drop_table("answers")
    with op.batch_alter_table("weighing_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weighing_runs_inspection_id"))

    op.drop_table("weighing_runs")
    op.drop_table("user_roles")
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_members_user_id"))

    op.drop_table("team_members")
    with op.batch_alter_table("state_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_changes_inspection_id"))

    op.drop_table("state_changes")
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_user_id"))

    op.drop_table("sign_in_sessions")
    op.drop_table("self_assessments")
    op.drop_table("residents")
    op.drop_table("order_overrides")
    op.drop_table("letters")
    op.drop_table("information_given")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_inspection_id"))

    op.drop_table("findings")
    op.drop_table("evidence")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_inspection_id_at"))
        batch_op.drop_index(batch_op.f("ix_events_at"))
        batch_op.drop_index(batch_op.f("ix_events_actor_id_at"))

    op.drop_table("events")
    op.drop_table("dialogue_meetings")
    op.drop_table("decisions")
    op.drop_table("communications")
    op.drop_table("checks")
    op.drop_table("area_assessments")
    with op.batch_alter_table("acute_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acute_steps_inspection_id"))

    op.drop_table("acute_steps")
    op.drop_table("users")
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspections_state"))

    op.drop_table("inspections")
    op.drop_table("homes")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_origin_hash_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_account_hash_at"))

    op.drop_table("sign_in_attempts")
    op.drop_table("providers")

"""Versions of the interview guides; the version that each answer was asked by; the owner of the method

Revision: 0006, after: 0005
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NEW_ROLE = "method_owner"
NEW_KINDS = (
    "guide_drafted", "guide_draft_removed", "guide_handed_over", "guide_returned", "guide_published",
    "guide_withdrawn",
)  # fmt: skip

CHECK = "ck_statements_answers_have_a_version"
CONDITION = "guide_version = '' OR question IS NOT NULL OR own_question <> ''"

events = sa.table("events", sa.column("kind", sa.String()))
roles = sa.table("user_roles", sa.column("role", sa.String()))

# What is no draft never changes. A state goes on from published to withdrawn, and nowhere else.
FROZEN = (
    "pack", "guide", "version", "content_sha256", "based_on", "valid_from", "published_at", "published_by_id",
)  # fmt: skip
REFUSAL = "a guide version that is no draft never changes"

SQLITE = (
    """
    CREATE TRIGGER guide_versions_never_change BEFORE UPDATE ON guide_versions
    WHEN OLD.state <> 'draft' AND (
        ({changed} OR NEW.content IS NOT OLD.content OR NEW.id IS NOT OLD.id)
        OR NOT (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn'))
        OR (NEW.state = OLD.state AND NEW.withdrawn_at IS NOT OLD.withdrawn_at)
    )
    BEGIN SELECT RAISE(ABORT, '{refusal}'); END
    """,
    """
    CREATE TRIGGER guide_versions_are_kept BEFORE DELETE ON guide_versions
    WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, '{refusal}'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION guide_versions_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER guide_versions_never_change BEFORE UPDATE ON guide_versions FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND (
        ({changed} OR CAST(NEW.content AS text) IS DISTINCT FROM CAST(OLD.content AS text)
            OR NEW.id IS DISTINCT FROM OLD.id)
        OR NOT (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn'))
        OR (NEW.state = OLD.state AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    ))
    EXECUTE FUNCTION guide_versions_never_change()
    """,
    """
    CREATE TRIGGER guide_versions_are_kept BEFORE DELETE ON guide_versions FOR EACH ROW
    WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION guide_versions_never_change()
    """,
)


def upgrade() -> None:
    op.create_table(
        "guide_versions",
        sa.Column("pack", sa.String(length=60), nullable=False),
        sa.Column("guide", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "withdrawn",
                "shipped",
                name="guidestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("based_on", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False, server_default=""),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)",
            name=op.f("ck_guide_versions_published_has_a_time"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by_id IS NULL)",
            name=op.f("ck_guide_versions_published_by_somebody"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR valid_from IS NOT NULL",
            name=op.f("ck_guide_versions_published_is_dated"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_guide_versions_withdrawn_has_a_time"),
        ),
        sa.CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by_id IS NULL)",
            name=op.f("ck_guide_versions_handed_over_by_somebody"),
        ),
        sa.CheckConstraint(
            "published_by_id IS NULL OR handed_over_by_id IS NULL OR published_by_id <> handed_over_by_id",
            name=op.f("ck_guide_versions_four_eyes"),
        ),
        sa.CheckConstraint(
            "length(content_sha256) = 64", name=op.f("ck_guide_versions_content_has_a_digest")
        ),
        sa.ForeignKeyConstraint(
            ["handed_over_by_id"], ["users.id"], name=op.f("fk_guide_versions_handed_over_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_guide_versions_published_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["users.id"], name=op.f("fk_guide_versions_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_versions")),
        sa.UniqueConstraint("pack", "guide", "version", name=op.f("uq_guide_versions_pack_guide_version")),
    )
    different = "IS NOT" if _is_sqlite() else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in FROZEN)
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.execute(statement.format(changed=changed, refusal=REFUSAL))
    if _is_sqlite():
        op.execute(
            "ALTER TABLE statements ADD COLUMN guide_version VARCHAR(20) DEFAULT '' NOT NULL "
            f"CONSTRAINT {CHECK} CHECK ({CONDITION})"
        )
    else:
        op.add_column(
            "statements", sa.Column("guide_version", sa.String(length=20), nullable=False, server_default="")
        )
        op.create_check_constraint(op.f(CHECK), "statements", CONDITION)
    op.execute(
        "UPDATE statements SET guide_version = "
        "(SELECT guide_version FROM interviews WHERE interviews.id = statements.interview_id) "
        "WHERE interview_id IS NOT NULL AND (question IS NOT NULL OR own_question <> '')"
    )
    known = _allowed("events", "ck_events_eventkind")
    _allow("events", "ck_events_eventkind", "kind", [*known, *NEW_KINDS])
    _allow(
        "user_roles", "ck_user_roles_role", "role", [*_allowed("user_roles", "ck_user_roles_role"), NEW_ROLE]
    )


def downgrade() -> None:
    op.execute(roles.delete().where(roles.c.role == NEW_ROLE))
    known = _allowed("user_roles", "ck_user_roles_role")
    _allow("user_roles", "ck_user_roles_role", "role", [role for role in known if role != NEW_ROLE])
    op.execute(events.delete().where(events.c.kind.in_(NEW_KINDS)))
    known = _allowed("events", "ck_events_eventkind")
    _allow("events", "ck_events_eventkind", "kind", [kind for kind in known if kind not in NEW_KINDS])
    if not _is_sqlite():
        op.drop_constraint(op.f(CHECK), "statements", type_="check")
    op.drop_column("statements", "guide_version")
    op.drop_table("guide_versions")
    if not _is_sqlite():
        op.execute("DROP FUNCTION guide_versions_never_change()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _allowed(table: str, name: str) -> list[str]:
    """The words of a closed vocabulary that the database allows as it stands."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    (condition,) = (one["sqltext"] for one in checks if one["name"] == name)
    return re.findall(r"'([a-z_]+)'", condition)


def _allow(table: str, name: str, column: str, words: list[str]) -> None:
    condition = f"{column} IN ({', '.join(repr(word) for word in words)})"
    if not _is_sqlite():
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, condition)
        return
    with op.batch_alter_table(table, recreate="always") as made:  # no other table refers to these
        made.create_check_constraint(op.f(name), condition)

"""The provider's side: standing, invitations, passkeys, files of answers, reports of measures

Revision: 0016, after: 0015
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

NEW_EVENTS = (
    "invitation_made",
    "invitation_revoked",
    "invitation_used",
    "invitation_refused",
    "passkey_added",
    "passkey_removed",
    "password_changed",
    "measure_reported",
    "answer_file_attached",
    "answer_file_removed",
    "answer_file_read",
)
TABLES = ("invitations", "passkeys", "passkey_challenges", "answer_files", "measure_reports")
STANDINGS = ("owner", "manager", "helper")
MEDIA_TYPES = (
    "image/jpeg", "image/png", "image/webp", "application/pdf", "audio/webm", "audio/ogg", "audio/mp4",
)  # fmt: skip
CHECKS = {
    "standing": f"standing IN ({', '.join(repr(one) for one in STANDINGS)})",
    "standing_at_a_provider": "standing IS NULL OR provider_id IS NOT NULL",
    "manager_of_a_home": "standing <> 'manager' OR home_id IS NOT NULL",
}

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    """Whoever had a provider's account before answered for it, and goes on to."""
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("standing", sa.String(length=40), nullable=True))
        for name, condition in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_users_{name}"), condition)
    op.execute(
        "UPDATE users SET standing = 'owner' WHERE provider_id IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM user_roles WHERE user_roles.user_id = users.id AND user_roles.role = 'provider')"
    )
    _ways_in()
    _provider_side()
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def _ways_in() -> None:
    op.create_table(
        "invitations",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("standing", _words("standing", STANDINGS), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_invitations_email_in_lower_case")),
        sa.CheckConstraint(
            "standing <> 'manager' OR home_id IS NOT NULL", name=op.f("ck_invitations_manager_of_a_home")
        ),
        sa.CheckConstraint(
            "(used_at IS NULL) = (used_by_id IS NULL)", name=op.f("ck_invitations_used_by_somebody")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR revoked_at IS NULL", name=op.f("ck_invitations_used_or_taken_back")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_invitations_provider_id")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_invitations_home_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_invitations_made_by_id")),
        sa.ForeignKeyConstraint(["used_by_id"], ["users.id"], name=op.f("fk_invitations_used_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index(op.f("ix_invitations_provider_id"), "invitations", ["provider_id"])
    op.create_table(
        "passkeys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_passkeys_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_user_id"), "passkeys", ["user_id"])
    op.create_table(
        "passkey_challenges",
        sa.Column("challenge", sa.LargeBinary(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey_challenges")),
    )
    op.create_index(op.f("ix_passkey_challenges_at"), "passkey_challenges", ["at"])


def _provider_side() -> None:
    op.create_table(
        "answer_files",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", _words("mediatype", MEDIA_TYPES), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_sha256", sa.String(length=64), nullable=False),
        sa.Column("defused", sa.Boolean(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_answer_files_has_bytes")),
        sa.CheckConstraint(
            "defused = (sha256 <> kept_sha256)", name=op.f("ck_answer_files_defused_is_another")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_answer_files_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_answer_files_finding_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_answer_files_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_answer_files_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_files")),
    )
    op.create_index(op.f("ix_answer_files_letter_id"), "answer_files", ["letter_id"])
    op.create_table(
        "measure_reports",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("progress", _words("progress", ("under_way", "delayed", "done")), nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_measure_reports_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_measure_reports_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_reports")),
    )
    op.create_index(op.f("ix_measure_reports_measure_id"), "measure_reports", ["measure_id"])


def downgrade() -> None:
    """Invitations, passkeys, files and reports go; who signs in with a passkey only needs a password then."""
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("users") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_users_{name}"), type_="check")
        table.drop_column("standing")
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


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

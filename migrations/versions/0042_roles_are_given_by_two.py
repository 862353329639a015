"""A role that opens cases, the log or accounts waits for a second person

Revision: 0042, after: 0041
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0042"
down_revision = "0041"

NEW_EVENTS = ("role_asked", "role_given", "role_stopped")
NEW_NOTICES = ("role_waits",)
ROLES = (
    "inspector", "supervisor", "peer_reviewer", "lawyer", "registrar", "log_reviewer", "administrator",
    "provider", "home_manager", "method_owner",
)  # fmt: skip

notices = sa.table("notices", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.create_table(
        "role_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by_id", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asked_by_id <> user_id", name=op.f("ck_role_requests_asked_by_another")),
        sa.CheckConstraint(
            "confirmed_by_id <> asked_by_id AND confirmed_by_id <> user_id",
            name=op.f("ck_role_requests_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_role_requests_confirmed_by_somebody"),
        ),
        sa.CheckConstraint(
            "(stopped_at IS NULL) = (stopped_by_id IS NULL)",
            name=op.f("ck_role_requests_stopped_by_somebody"),
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR stopped_at IS NULL", name=op.f("ck_role_requests_confirmed_or_stopped")
        ),
        sa.CheckConstraint(_one_of("role", ROLES), name=op.f("ck_role_requests_role")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_role_requests_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_role_requests_confirmed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["stopped_by_id"], ["users.id"], name=op.f("fk_role_requests_stopped_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_role_requests_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_requests")),
    )
    op.create_index(op.f("ix_role_requests_user_id"), "role_requests", ["user_id"])
    _words("notices", "noticekind", lambda known: [*known, *NEW_NOTICES])
    _words("events", "eventkind", lambda known: [*known, *NEW_EVENTS])


def downgrade() -> None:
    """A role that still waits is not given; what the log tells of it goes, and the rest is chained anew."""
    forget_events(NEW_EVENTS)
    _words("events", "eventkind", lambda known: [one for one in known if one not in NEW_EVENTS])
    op.execute(notices.delete().where(notices.c.kind.in_(NEW_NOTICES)))
    _words("notices", "noticekind", lambda known: [one for one in known if one not in NEW_NOTICES])
    op.drop_index(op.f("ix_role_requests_user_id"), table_name="role_requests")
    op.drop_table("role_requests")


def _one_of(column: str, words: Any) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


def _words(table_name: str, name: str, change: Any) -> None:
    """The words that `kind` may hold: those that the database allows as it stands, changed."""
    named = f"ck_{table_name}_{name}"
    checks = sa.inspect(op.get_bind()).get_check_constraints(table_name)
    (condition,) = (one["sqltext"] for one in checks if one["name"] == named)
    words = list(dict.fromkeys(change(re.findall(r"'([a-z0-9_-]+)'", condition))))
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table(table_name, recreate=anew) as table:  # type: ignore[arg-type]
        table.drop_constraint(op.f(named), type_="check")
        table.create_check_constraint(op.f(named), _one_of("kind", words))

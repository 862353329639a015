"""Second factors, ways in and recovery: what a session was opened with, codes, the identity provider, the way back

Revision: 0027, after: 0026
"""

import re
from datetime import UTC as _UTC

import sqlalchemy as sa
from alembic import op

from tillsyn.models.append_only import lift_guard
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.log_chain import link_events

revision = "0027"
down_revision = "0026"

NEW_EVENTS = (
    "proved_again", "second_factor_added", "second_factor_removed", "recovery_codes_made", "sessions_ended",
    "identity_invited", "identity_linked", "identity_removed",
    "recovery_begun", "recovery_confirmed", "recovery_withdrawn", "recovery_refused", "recovery_used",
)  # fmt: skip
WAYS = ("password", "code", "recovery_code", "passkey", "provider")

sessions = sa.table(
    "sign_in_sessions",
    *(sa.column(name) for name in ("created_at", "proved_at", "way", "browser", "system")),
)
events = sa.table(
    "events",
    sa.column("id", sa.Uuid()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("kind", sa.String()),
    sa.column("actor_id", sa.Uuid()),
    sa.column("inspection_id", sa.Uuid()),
    sa.column("details", sa.JSON()),
)
links = sa.table("event_links", sa.column("number", sa.BigInteger()), sa.column("event_id", sa.Uuid()))


def upgrade() -> None:
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])
    _tell_how_sessions_were_opened()
    op.create_table(
        "authenticators",
        _of_user(),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        _moment("made_at", False),
        _moment("confirmed_at"),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        *_id_and_owner("authenticators"),
        sa.UniqueConstraint("user_id", name=op.f("uq_authenticators_user_id")),
    )
    op.create_table(
        "recovery_codes",
        _of_user(),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        _moment("made_at", False),
        _moment("used_at"),
        *_id_and_owner("recovery_codes"),
        sa.UniqueConstraint("user_id", "code_hash", name=op.f("uq_recovery_codes_user_id_code_hash")),
    )
    _make_identity_links()
    _make_recoveries()


def downgrade() -> None:
    """Second factors, links and ways back go, with what the log tells of them; what is left is chained anew."""
    for table in ("recoveries", "identity_links", "recovery_codes", "authenticators"):
        op.drop_table(table)
    with op.batch_alter_table("sign_in_sessions", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_sign_in_sessions_wayin"), type_="check")
        for column in ("proved_at", "way", "browser", "system"):
            table.drop_column(column)
    _take_new_events_out_of_the_log()
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _tell_how_sessions_were_opened() -> None:
    """Those that are open were opened with a password or a passkey: which one was not noted."""
    op.add_column("sign_in_sessions", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in_sessions", sa.Column("way", sa.String(length=40), nullable=True))
    op.add_column("sign_in_sessions", sa.Column("browser", sa.String(length=20), nullable=True))
    op.add_column("sign_in_sessions", sa.Column("system", sa.String(length=20), nullable=True))
    op.execute(
        sessions.update().values(proved_at=sessions.c.created_at, way="password", browser="", system="")
    )
    with op.batch_alter_table("sign_in_sessions", recreate=_anew()) as table:
        table.alter_column("proved_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.alter_column("way", existing_type=sa.String(length=40), nullable=False)
        table.alter_column("browser", existing_type=sa.String(length=20), nullable=False)
        table.alter_column("system", existing_type=sa.String(length=20), nullable=False)
        table.create_check_constraint(
            op.f("ck_sign_in_sessions_wayin"), f"way IN ({', '.join(map(repr, WAYS))})"
        )


def _make_identity_links() -> None:
    op.create_table(
        "identity_links",
        _of_user(),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("claim", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        _moment("invited_at", False),
        _moment("linked_at"),
        *_id_and_owner("identity_links"),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["users.id"], name=op.f("fk_identity_links_invited_by_id")
        ),
        sa.UniqueConstraint("issuer", "user_id", name=op.f("uq_identity_links_issuer_user_id")),
        sa.UniqueConstraint("issuer", "claim", name=op.f("uq_identity_links_issuer_claim")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_links_issuer_subject")),
        sa.CheckConstraint(
            "(subject IS NULL) = (linked_at IS NULL)", name=op.f("ck_identity_links_linked_to_somebody")
        ),
    )
    op.create_index(op.f("ix_identity_links_user_id"), "identity_links", ["user_id"])


def _make_recoveries() -> None:
    def check(condition: str, name: str) -> sa.CheckConstraint:
        return sa.CheckConstraint(condition, name=op.f(f"ck_recoveries_{name}"))

    op.create_table(
        "recoveries",
        _of_user(),
        sa.Column("begun_by_id", sa.Uuid(), nullable=False),
        _moment("begun_at", False),
        sa.Column("first_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        _moment("confirmed_at"),
        sa.Column("second_hash", sa.LargeBinary(length=32), nullable=True),
        _moment("expires_at"),
        _moment("used_at"),
        _moment("withdrawn_at"),
        *_id_and_owner("recoveries"),
        sa.ForeignKeyConstraint(["begun_by_id"], ["users.id"], name=op.f("fk_recoveries_begun_by_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_recoveries_confirmed_by_id")
        ),
        check("confirmed_by_id <> begun_by_id", "confirmed_by_another"),
        check("begun_by_id <> user_id", "begun_by_another"),
        check("confirmed_by_id <> user_id", "not_confirmed_by_oneself"),
        check(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)"
            " AND (confirmed_by_id IS NULL) = (second_hash IS NULL)"
            " AND (confirmed_by_id IS NULL) = (expires_at IS NULL)",
            "confirmed_by_somebody",
        ),
        check("used_at IS NULL OR confirmed_at IS NOT NULL", "used_when_confirmed"),
        check("used_at IS NULL OR withdrawn_at IS NULL", "used_or_withdrawn"),
    )
    op.create_index(op.f("ix_recoveries_user_id"), "recoveries", ["user_id"])


def _of_user() -> sa.Column[object]:
    return sa.Column("user_id", sa.Uuid(), nullable=False)


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id_and_owner(table: str) -> tuple[object, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _take_new_events_out_of_the_log() -> None:
    """The revision before does not know these words. The guard is lifted for it, and stands again after the
    step (migrations/env.py); the chain is made anew over what is left, in its order."""
    connection = op.get_bind()
    if not connection.scalar(sa.select(sa.func.count()).where(events.c.kind.in_(NEW_EVENTS))):
        return
    lift_guard(connection)
    in_order = (
        sa.select(events)
        .join(links, links.c.event_id == events.c.id)
        .where(events.c.kind.not_in(NEW_EVENTS))
        .order_by(links.c.number)
    )
    left = [
        {**row, "kind": EventKind(row["kind"]), "at": row["at"].replace(tzinfo=row["at"].tzinfo or _UTC)}
        for row in connection.execute(in_order).mappings()
    ]
    op.execute(links.delete())
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    if left:
        link_events(connection, left)


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


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"

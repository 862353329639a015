"""Planning: municipalities and committees, permits, what came in about a home, and the weight of reasons

Revision: 0015, after: 0014
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import uuid6
from alembic import op

revision = "0015"
down_revision = "0014"

NEW_EVENTS = (
    "permit_registered", "permit_changed", "municipality_registered", "municipality_changed",
    "committee_registered", "committee_changed", "register_imported", "signal_registered", "signal_read",
    "signal_set_aside", "reasons_weighed",
)  # fmt: skip
PERMITS = ("permit", "notification")
SIGNALS = ("tip", "lex_sarah", "manager_changed")
PARTS = ("provider", "home", "permit", "municipality", "committee")
HOME_COLUMNS = ("municipality_id", "opened_on", "closed_on", "last_visit_on")
UNKNOWN = "1970-01-01"
INLINE = "CONSTRAINT fk_homes_municipality_id REFERENCES municipalities (id)"
TO_MUNICIPALITY = (
    ",\n\tCONSTRAINT fk_homes_municipality_id FOREIGN KEY(municipality_id) REFERENCES municipalities (id)\n)"
)
"""SQLite takes a new column's reference beside it only, and nobody finds the name there: it is moved to the end."""
CLOSES = "CONSTRAINT ck_homes_closes_after_it_opens CHECK (closed_on IS NULL OR closed_on >= opened_on)"
SWEDEN = ZoneInfo("Europe/Stockholm")

events = sa.table("events", sa.column("kind", sa.String()))
homes = sa.table(
    "homes", sa.column("id", sa.Uuid()), sa.column("municipality", sa.String()),
    sa.column("municipality_id", sa.Uuid()), sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("opened_on", sa.Date()), sa.column("last_visit_on", sa.Date()),
)  # fmt: skip
inspections = sa.table(
    "inspections", sa.column("home_id", sa.Uuid()),
    sa.column("visit_started_at", sa.DateTime(timezone=True)),
)  # fmt: skip
municipalities = sa.table(
    "municipalities", sa.column("id", sa.Uuid()), sa.column("name", sa.String()),
    sa.column("region", sa.String()), sa.column("address", sa.String()), sa.column("email", sa.String()),
    sa.column("created_at", sa.DateTime(timezone=True)),
)  # fmt: skip


def upgrade() -> None:
    """Homes are tied to their municipality by its name; what they were called stays as it was."""
    _make_municipalities()
    _widen_homes()
    _make_permits()
    _make_history()
    _make_planning()
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    for table in ("register_changes", "register_imports", "permits", "signals", "reason_weightings"):
        op.drop_table(table)
    op.drop_index(op.f("ix_inspections_home_id_visit_started_at"), "inspections")
    _narrow_homes()
    op.drop_table("committees")
    op.drop_table("municipalities")
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _make_municipalities() -> None:
    op.create_table(
        "municipalities",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        _moment("created_at"),
        _id(),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_municipalities_has_a_name")),
        sa.CheckConstraint("code LIKE '____'", name=op.f("ck_municipalities_code_has_four_digits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("name", name=op.f("uq_municipalities_name")),
        sa.UniqueConstraint("code", name=op.f("uq_municipalities_code")),
    )
    op.create_table(
        "committees",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        _moment("created_at"),
        _id(),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_committees_has_a_name")),
        _to("committees", "municipality_id", "municipalities"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committees")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_committees_municipality_id_name")),
    )


def _widen_homes() -> None:
    """Column by column: to make the table anew in SQLite would take with it what belongs to a home."""
    key = "CHAR(32)" if op.get_bind().dialect.name == "sqlite" else "UUID"
    for column in (
        f"municipality_id {key} {INLINE}",
        f"opened_on DATE DEFAULT '{UNKNOWN}' NOT NULL",
        f"closed_on DATE {CLOSES}",
        "last_visit_on DATE",
    ):
        op.execute(f"ALTER TABLE homes ADD COLUMN {column}")
    if op.get_bind().dialect.name == "sqlite":
        _write_in_sqlite(
            lambda written: (
                written.replace(f" {INLINE}", "").rstrip().removesuffix(")").rstrip() + TO_MUNICIPALITY
            )
        )
    _fill_homes()
    for name in ("municipality_id", "name", "last_visit_on"):
        op.create_index(op.f(f"ix_homes_{name}"), "homes", [name])
    op.create_index(
        op.f("ix_inspections_home_id_visit_started_at"), "inspections", ["home_id", "visit_started_at"]
    )


def _narrow_homes() -> None:
    for name in ("municipality_id", "name", "last_visit_on"):
        op.drop_index(op.f(f"ix_homes_{name}"), "homes")
    if op.get_bind().dialect.name == "sqlite":
        _write_in_sqlite(lambda written: written.replace(TO_MUNICIPALITY, "\n)"))
    for column in reversed(HOME_COLUMNS):
        op.execute(f"ALTER TABLE homes DROP COLUMN {column}")


def _write_in_sqlite(change: Callable[[str], str]) -> None:
    """SQLite names and drops no reference of a column; see 0008 for this way of changing a table."""
    connection = op.get_bind()
    written = str(
        connection.scalar(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'homes'"))
    )
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'homes'"),
        {"sql": change(written)},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version or 0) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))


def _fill_homes() -> None:
    db = op.get_bind()
    visits: dict[UUID, date] = {
        home: _day(moment)
        for home, moment in db.execute(
            sa.select(inspections.c.home_id, sa.func.max(inspections.c.visit_started_at)).group_by(
                inspections.c.home_id
            )
        )
        if moment is not None
    }
    tied: dict[str, UUID] = {}
    now = datetime.now(UTC)
    for home in db.execute(sa.select(homes.c.id, homes.c.municipality, homes.c.created_at)).all():
        name = home.municipality.strip()
        if name and name not in tied:
            tied[name] = UUID(int=uuid6.uuid7().int)
            db.execute(
                municipalities.insert().values(
                    id=tied[name], name=name, region="", address="", email="", created_at=now
                )
            )
        db.execute(
            homes.update()
            .where(homes.c.id == home.id)
            .values(
                municipality_id=tied.get(name),
                opened_on=_day(home.created_at),
                last_visit_on=visits.get(home.id),
            )
        )


def _day(moment: Any) -> date:
    """The day in Sweden of a stored time; SQLite gives an aggregate of times as text, in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(SWEDEN).date()


def _make_permits() -> None:
    op.create_table(
        "permits",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("permitkind", PERMITS), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("target_group", sa.String(length=500), nullable=False),
        sa.Column("youngest", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Integer(), nullable=True),
        sa.Column("terms", sa.String(), nullable=False),
        _moment("registered_at"),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        _id(),
        sa.CheckConstraint("places > 0", name=op.f("ck_permits_has_places")),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_permits_ends_after_it_begins")),
        sa.CheckConstraint("youngest BETWEEN 0 AND 120", name=op.f("ck_permits_youngest_is_an_age")),
        sa.CheckConstraint("oldest BETWEEN 0 AND 120", name=op.f("ck_permits_oldest_is_an_age")),
        sa.CheckConstraint(
            "youngest IS NULL OR oldest IS NULL OR oldest >= youngest",
            name=op.f("ck_permits_ages_in_order"),
        ),
        _to("permits", "home_id", "homes"),
        _to("permits", "by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permits")),
        sa.UniqueConstraint("home_id", "from_on", name=op.f("uq_permits_home_id_from_on")),
    )


def _make_history() -> None:
    op.create_table(
        "register_imports",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        _moment("received_at"),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        _id(),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (content_sealed IS NOT NULL)",
            name=op.f("ck_register_imports_kept_until_applied"),
        ),
        _to("register_imports", "by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_imports")),
    )
    op.create_index(op.f("ix_register_imports_by_id"), "register_imports", ["by_id"])
    op.create_table(
        "register_changes",
        sa.Column("part", _words("registerpart", PARTS), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        _moment("at"),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        _id(),
        _to("register_changes", "by_id", "users"),
        _to("register_changes", "import_id", "register_imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_changes")),
    )
    op.create_index(op.f("ix_register_changes_about_id"), "register_changes", ["about_id"])


def _make_planning() -> None:
    op.create_table(
        "signals",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("signalkind", SIGNALS), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("dnr", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        _moment("registered_at"),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_by_id", sa.Uuid(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        _id(),
        sa.CheckConstraint("length(subject) > 0", name=op.f("ck_signals_has_a_subject")),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_by_id IS NULL)",
            name=op.f("ck_signals_set_aside_by_somebody"),
        ),
        sa.CheckConstraint(
            "set_aside_at IS NULL OR reason_sealed IS NOT NULL",
            name=op.f("ck_signals_set_aside_with_a_reason"),
        ),
        _to("signals", "home_id", "homes"),
        _to("signals", "by_id", "users"),
        _to("signals", "set_aside_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
    )
    op.create_index(op.f("ix_signals_home_id_kind"), "signals", ["home_id", "kind"])
    op.create_table(
        "reason_weightings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=2000), nullable=False),
        _moment("at"),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        _id(),
        sa.CheckConstraint("number > 0", name=op.f("ck_reason_weightings_numbers_begin_at_one")),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_reason_weightings_has_a_reason")),
        _to("reason_weightings", "by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_weightings")),
        sa.UniqueConstraint("number", name=op.f("uq_reason_weightings_number")),
    )


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


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
